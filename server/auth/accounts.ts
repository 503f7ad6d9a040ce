import { minPasswordLength } from '../../shared/api/contract.ts';
import type { Problem } from '../../shared/api/problem.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Store } from '../store/store.ts';
import type { Logins, Visit } from './logins.ts';
import type { PasswordHasher } from './password.ts';
import type { People, Person } from './people.ts';
import { nameKey } from './people.ts';
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

/** Makes an account. `isFirst`: only when there is none, whatever happens at the same time. */
function createAdd({ store, people, hasher, nowMs }: AccountParts) {
  return async (
    typedName: string,
    password: string,
    { address = ownAddress, isFirst = false } = {},
  ): Promise<Result<Person, Problem>> => {
    const name = typedName.trim();
    const refusal = isName(name) ? checkPassword(password) : badName;
    if (refusal) return fail(refusal);
    const hashed = await hasher.hash(password, address);
    if (!hashed.ok) return fail(tooManyTries(busyMs));
    const person = { id: newId(), name, passwordHash: hashed.value };
    const inserted = store.durable((): Problem | undefined => {
      const count = people.count();
      if (isFirst && count > 0) return { code: 'setup-done', message: 'This house already has an owner.' };
      if (count >= maxPeople)
        return { code: 'limit-reached', message: `There may be ${maxPeople} people.`, params: { max: maxPeople } };
      if (people.byName(name)) {
        return { code: 'name-taken', message: `There is already somebody called ${name}.`, params: { name } };
      }
      people.insert(person, nowMs());
      return undefined;
    });
    if (!inserted.ok) return inserted;
    return inserted.value ? fail(inserted.value) : ok(person);
  };
}

/** Sets a password and ends every login of the person. */
function createSetPassword({ store, people, logins, hasher, onAllLoginsEnded }: AccountParts) {
  return async (person: Person, password: string, address: string): Promise<Result<void, Problem>> => {
    const refusal = checkPassword(password);
    if (refusal) return fail(refusal);
    const hashed = await hasher.hash(password, address);
    if (!hashed.ok) return fail(tooManyTries(busyMs));
    const written = store.durable(() => {
      people.setPassword(person.id, hashed.value);
      logins.endAll(person.id);
    });
    if (written.ok) onAllLoginsEnded(person.id);
    return written;
  };
}

/** Whether name and password belong together; wrong tries slow down this name from this address. */
function createVerify({ people, hasher, throttle }: AccountParts) {
  return async (typedName: string, password: string, address: string): Promise<Result<Person, Problem>> => {
    const name = nameKey(typedName);
    const waitMs = throttle.waitMs(name, address);
    if (waitMs > 0) return fail(tooManyTries(waitMs));
    const person = people.byName(name);
    const verified = await hasher.verify(person?.passwordHash ?? nobodysHash, password, address);
    if (!verified.ok) return fail(tooManyTries(busyMs));
    if (!person || !verified.value) {
      throttle.failed(name, address);
      return fail(wrongLogin);
    }
    throttle.succeeded(name, address);
    return ok(person);
  };
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
    /** For sub-commands; without a password one is made and returned. */
    addUser: async (name: string, password = newPassword()): Promise<Result<NewPassword, Problem>> => {
      const added = await add(name, password);
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
