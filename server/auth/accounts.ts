import { minPasswordLength } from '../../shared/api/contract.ts';
import type { Grants, Role } from '../../shared/api/people.ts';
import type { Problem } from '../../shared/api/problem.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Store } from '../store/store.ts';
import type { Logins, Visit } from './logins.ts';
import type { PasswordHasher } from './password.ts';
import type { People, Person } from './people.ts';
import { everything, hasEnded, nameKey, ownerFor } from './people.ts';
import { newId, newPassword } from './secret.ts';
import { tooManyTries } from './setup.ts';
import type { Throttle } from './throttle.ts';

export const maxPeople = 100;
const maxNameLength = 80;
/** A full queue of hashes is worked off in about a second. */
const busyMs = 1_000;
/** Sub-commands and start-up count as one address. */
const ownAddress = 'here';
/** A hash that no password opens: unknown names take as long as known ones. */
const nobodysHash = '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

export interface AccountParts {
  readonly store: Store;
  readonly people: People;
  readonly logins: Logins;
  readonly hasher: PasswordHasher;
  readonly throttle: Throttle;
  readonly nowMs: () => number;
  readonly onAdded: () => void;
  /** Somebody's rights ended: all of this person's sockets are to be cut. */
  readonly onAllLoginsEnded: (personId: string) => void;
}

export const checkPassword = (password: string): Problem | undefined =>
  password.length >= minPasswordLength
    ? undefined
    : {
        code: 'weak-password',
        message: `The password needs at least ${minPasswordLength} characters.`,
        params: { min: minPasswordLength },
      };

const isName = (name: string): boolean =>
  name.length > 0 && name.length <= maxNameLength && !/[\p{Cc}\p{Cs}]/u.test(name);
const badName: Problem = { code: 'bad-name', message: 'A name needs 1 to 80 characters.' };
const wrongLogin: Problem = { code: 'wrong-login', message: 'Name or password is wrong.' };

/** What an account begins with. */
export interface NewAccount {
  readonly name: string;
  /** Absent: it has only the login that is begun with it. */
  readonly password?: string;
  readonly role: Role;
  readonly grants: Grants;
  readonly endsAtMs?: number;
  readonly usesLeft?: number;
  readonly invitedBy?: string;
}

export interface AddOptions {
  readonly address?: string;
  /** Runs in the same transaction, before; a problem stops it. */
  readonly onlyIf?: () => Problem | undefined;
}

export const nameTaken = (name: string): Problem => ({
  code: 'name-taken',
  message: `There is already somebody called ${name}.`,
  params: { name },
});

/** What speaks against one more account of this name, whatever happens at the same time. */
const checkRoom = (people: People, name: string): Problem | undefined => {
  if (people.count() >= maxPeople)
    return { code: 'limit-reached', message: `There may be ${maxPeople} people.`, params: { max: maxPeople } };
  return people.byName(name) && nameTaken(name);
};

export const checkName = (name: string): Problem | undefined => (isName(name) ? undefined : badName);

/** Makes an account. */
function createAdd({ store, people, hasher, nowMs, onAdded }: AccountParts) {
  return async (account: NewAccount, options: AddOptions = {}): Promise<Result<Person, Problem>> => {
    const { password, ...rest } = account;
    const name = account.name.trim();
    const refusal = checkName(name) ?? (password === undefined ? undefined : checkPassword(password));
    if (refusal) return fail(refusal);
    const hashed =
      password === undefined
        ? ok('')
        : await hasher.hash(password, { line: 'person', address: options.address ?? ownAddress });
    if (!hashed.ok) return fail(tooManyTries(busyMs));
    const person: Person = { ...rest, id: newId(), name, passwordHash: hashed.value, createdAtMs: nowMs(), rules: [] };
    const inserted = store.durable((): Problem | undefined => {
      const problem = checkRoom(people, name) ?? options.onlyIf?.();
      if (!problem) people.put(person);
      return problem;
    });
    if (!inserted.ok) return inserted;
    if (inserted.value) return fail(inserted.value);
    onAdded();
    return ok(person);
  };
}

/** Sets a password and ends every login of the person. */
function createSetPassword({ store, people, logins, hasher, onAllLoginsEnded }: AccountParts) {
  return async ({ id }: Person, password: string, address: string): Promise<Result<void, Problem>> => {
    const refusal = checkPassword(password);
    if (refusal) return fail(refusal);
    const hashed = await hasher.hash(password, { line: 'person', address });
    if (!hashed.ok) return fail(tooManyTries(busyMs));
    const written = store.durable(() => {
      // Read again: it may have changed while the hash was computed.
      const person = people.byId(id);
      if (person) people.put({ ...person, passwordHash: hashed.value });
      logins.endAll(id);
    });
    if (written.ok) onAllLoginsEnded(id);
    return written;
  };
}

/** Whether name and password belong together; wrong tries slow down this name from this address. */
function createVerify({ people, hasher, throttle, nowMs }: AccountParts) {
  return async (typedName: string, password: string, address: string): Promise<Result<Person, Problem>> => {
    const name = nameKey(typedName);
    const waitMs = throttle.waitMs(name, address);
    if (waitMs > 0) return fail(tooManyTries(waitMs));
    const person = people.byName(name);
    const verified = await hasher.verify(person?.passwordHash || nobodysHash, password, { line: 'person', address });
    if (!verified.ok) return fail(tooManyTries(busyMs));
    if (!person || !verified.value) {
      throttle.failed(name, address);
      return fail(wrongLogin);
    }
    throttle.succeeded(name, address);
    return hasEnded(person, nowMs()) ? fail(accountEnded(person, people.all())) : ok(person);
  };
}

/** Told only to who has the right password or cookie. */
export function accountEnded(person: Person, everybody: readonly Person[]): Problem {
  const by = ownerFor(person, everybody);
  return { code: 'account-ended', message: 'This account has ended.', ...(by === undefined ? {} : { params: { by } }) };
}

/** People: who they are, and their passwords. */
export function createAccounts(parts: AccountParts) {
  const { store, people, logins, nowMs } = parts;
  const add = createAdd(parts);
  const setPassword = createSetPassword(parts);

  return {
    add,
    verify: createVerify(parts),
    setPassword,
    /** Starts a login; returns what its cookie carries. */
    startLogin: (person: Person, isStaying: boolean, visit: Visit): Result<string, Problem> =>
      store.durable(() => logins.start(person.id, isStaying, { ...visit, nowMs: nowMs() })),
    /** For sub-commands; without a password one is made and returned. The first person is the owner, others are members. */
    addUser: async (name: string, password = newPassword()): Promise<Result<NewPassword, Problem>> => {
      const role = people.count() === 0 ? 'owner' : 'member';
      const added = await add({ name, password, role, grants: everything });
      return added.ok ? ok({ name: added.value.name, password }) : added;
    },
    resetUser: async (name: string, password = newPassword()): Promise<Result<NewPassword, Problem>> => {
      const person = people.byName(name);
      if (!person) return fail({ code: 'not-found', message: `There is nobody called ${name}.`, params: { name } });
      const set = await setPassword(person, password, ownAddress);
      return set.ok ? ok({ name: person.name, password }) : set;
    },
  };
}
export type Accounts = ReturnType<typeof createAccounts>;

export interface NewPassword {
  readonly name: string;
  readonly password: string;
}
