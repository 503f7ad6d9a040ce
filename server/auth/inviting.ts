import { minPasswordLength } from '../../shared/api/contract.ts';
import {
  maxInviteMs,
  type InviteInfo,
  type InviteInput,
  type InviteLook,
  type NewInvite,
} from '../../shared/api/people.ts';
import type { Problem } from '../../shared/api/problem.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Store } from '../store/store.ts';
import type { Accounts } from './accounts.ts';
import { maxInvites, type Invite, type Invites } from './invites.ts';
import type { People, Person } from './people.ts';
import { newId, newInviteCode } from './secret.ts';
import { tooManyTries } from './setup.ts';
import type { Throttle } from './throttle.ts';

/** One name for all tries, so that only the address counts. */
const throttleName = '\0invite';

const wrongInvite: Problem = {
  code: 'wrong-invite',
  message: 'This invitation has been used, has ended or never was one.',
};
const notOpen: Problem = { code: 'not-found', message: 'This invitation is not open any more.' };
const tooManyInvites: Problem = {
  code: 'limit-reached',
  message: `There may be ${maxInvites} open invitations.`,
  params: { max: maxInvites },
};
const weakPassword: Problem = {
  code: 'weak-password',
  message: `The password needs at least ${minPasswordLength} characters.`,
  params: { min: minPasswordLength },
};

export interface AcceptInput {
  readonly code: string;
  readonly name: string;
  readonly password?: string;
  readonly address: string;
}

/** Invitations: made by owners, looked at and accepted by whoever has the code. */
export interface Inviting {
  listInfo(): InviteInfo[];
  create(input: InviteInput, by: Person): Result<NewInvite, Problem>;
  remove(id: string): Result<void, Problem>;
  look(code: string, address: string): Result<Omit<InviteLook, 'home'>, Problem>;
  /** Makes the account; the invite is used up in the same transaction. */
  accept(input: AcceptInput): Promise<Result<Person, Problem>>;
}

export interface InvitingParts {
  readonly store: Store;
  readonly invites: Invites;
  readonly people: People;
  readonly accounts: Accounts;
  readonly throttle: Throttle;
  readonly nowMs: () => number;
  readonly onChanged: () => void;
}

/** Who has no password of his own logs in by invite only, and is called what the owner called him. */
const hasPassword = ({ role }: Pick<Invite, 'role'>): boolean => role === 'owner' || role === 'member';

function checkInput({ validUntilMs, endsAtMs }: InviteInput, nowMs: number): Problem | undefined {
  const isValid = validUntilMs > nowMs && validUntilMs <= nowMs + maxInviteMs;
  if (!isValid)
    return { code: 'bad-request', message: 'validUntilMs: at most 30 days from now.', path: '/validUntilMs' };
  if (endsAtMs !== undefined && endsAtMs <= nowMs)
    return { code: 'bad-request', message: 'endsAtMs: it lies in the past.', path: '/endsAtMs' };
  return undefined;
}

/** A free name close to the wanted one: a guest cannot be asked for another. */
function freeName(wanted: string, people: People): string {
  let name = wanted;
  for (let number = 2; people.byName(name); number += 1) name = `${wanted} ${number}`;
  return name;
}

/** The invite that a code opens; wrong codes slow their address down. */
function createFind({ invites, throttle, nowMs }: InvitingParts) {
  return (code: string, address: string): Result<Invite, Problem> => {
    const waitMs = throttle.waitMs(throttleName, address);
    if (waitMs > 0) return fail(tooManyTries(waitMs));
    const invite = invites.byCode(code, nowMs());
    const isOpen = invite && (invite.endsAtMs === undefined || invite.endsAtMs > nowMs());
    if (isOpen) return ok(invite);
    throttle.failed(throttleName, address);
    return fail(wrongInvite);
  };
}

function createInvite({ store, invites, nowMs, onChanged }: InvitingParts): Inviting['create'] {
  return (input, by) => {
    const problem = checkInput(input, nowMs());
    if (problem) return fail(problem);
    const code = newInviteCode();
    const { endsAtMs, uses, ...rest } = input;
    const ends = { ...(endsAtMs === undefined ? {} : { endsAtMs }), ...(uses === undefined ? {} : { uses }) };
    const invite: Invite = { ...rest, id: newId(), invitedBy: by.id, ...ends };
    const written = store.durable((): boolean => {
      invites.clean(nowMs());
      if (invites.open(nowMs()).length >= maxInvites) return false;
      invites.insert(invite, code);
      return true;
    });
    if (!written.ok) return written;
    if (!written.value) return fail(tooManyInvites);
    onChanged();
    return ok({ ...toInviteInfo(invite), code });
  };
}

function createAccept(parts: InvitingParts, find: ReturnType<typeof createFind>): Inviting['accept'] {
  const { invites, people, accounts } = parts;
  return async ({ code, name, password, address }) => {
    const found = find(code, address);
    if (!found.ok) return found;
    const { id, role, grants, endsAtMs, uses, invitedBy } = found.value;
    const isOwn = hasPassword(found.value);
    if (isOwn && password === undefined) return fail(weakPassword);
    const account = {
      name: isOwn ? name : freeName(found.value.name, people),
      role,
      grants,
      invitedBy,
      ...(isOwn && password !== undefined ? { password } : {}),
      ...(endsAtMs === undefined ? {} : { endsAtMs }),
      ...(uses === undefined ? {} : { usesLeft: uses }),
    };
    return accounts.add(account, { address, onlyIf: () => (invites.remove(id) ? undefined : wrongInvite) });
  };
}

export function createInviting(parts: InvitingParts): Inviting {
  const { store, invites, people, nowMs, onChanged } = parts;
  const find = createFind(parts);
  return {
    listInfo: () => invites.open(nowMs()).map(toInviteInfo),
    create: createInvite(parts),
    remove: (id) => {
      const removed = store.durable(() => invites.remove(id));
      if (!removed.ok) return removed;
      onChanged();
      return removed.value ? ok(undefined) : fail(notOpen);
    },
    look: (code, address) => {
      const found = find(code, address);
      if (!found.ok) return found;
      const { id: _id, validUntilMs: _validity, ...told } = toInviteInfo(found.value);
      return ok({ by: people.byId(found.value.invitedBy)?.name ?? '', ...told });
    },
    accept: createAccept(parts, find),
  };
}

/** What the list of open invites tells; never who may do what with it. */
export const toInviteInfo = ({ id, role, name, validUntilMs, endsAtMs, uses }: Invite) => ({
  id,
  role,
  name,
  validUntilMs,
  ...(endsAtMs === undefined ? {} : { endsAtMs }),
  ...(uses === undefined ? {} : { uses }),
});
