import type { FastifyReply } from 'fastify';
import type { IncomingMessage } from 'node:http';
import type { Problem } from '../../shared/api/problem.ts';
import type { Result } from '../../shared/result.ts';
import type { Authentication, ConnectRequest, Origin, Principal } from '../broker/engine/engine.ts';
import type { NewPassword } from './accounts.ts';
import type { AppAccess } from './app-access.ts';
import type { AppPasswords } from './app-passwords.ts';
import type { DeviceAccounts } from './devices.ts';
import type { RouteNeeds } from './guard.ts';
import type { Inviting } from './inviting.ts';
import type { Login, Logins } from './logins.ts';
import type { Members } from './members.ts';
import type { PlainLogins } from './plain-logins.ts';
import type { People, Person } from './people.ts';
import type { WeakPasswords } from './weak-passwords.ts';
import type { PinKeeper } from './pin-keeper.ts';

/** Who a request or a socket belongs to. */
export interface KnownLogin {
  readonly login: Login;
  readonly person: Person;
  /** The owner whose login it is, who looks with this person's eyes. */
  readonly seenBy?: Person;
}

/** A login, all logins of a person, a whole account with its app passwords, or one of these has ended: their sockets are to be cut. */
export type Ended =
  | { readonly loginId: string }
  | { readonly personId: string; readonly isAccount?: boolean }
  | { readonly appId: string };

/** `rights`: what somebody is or may do has changed. `list`: somebody came, or only what lists show of accounts. */
export type AccountChange = 'rights' | 'list';

export interface SetupInput {
  readonly code: string;
  readonly name: string;
  readonly password: string;
  readonly address: string;
}

/** Accounts of people and devices. */
export interface Auth {
  authenticateMqtt(request: ConnectRequest): Authentication | Promise<Authentication>;
  /** The one-time code for the start-up output; absent once somebody owns the house. */
  setupCode(): string | undefined;
  /** Makes the owner. */
  setUp(input: SetupInput): Promise<Result<Person, Problem>>;
  /** Starts a login and gives its cookie to the reply. */
  begin(reply: FastifyReply, person: Person, isStaying: boolean): Result<void, Problem>;
  addUser(name: string, password?: string): Promise<Result<NewPassword, Problem>>;
  resetUser(name: string, password?: string): Promise<Result<NewPassword, Problem>>;
  /** Whom a WebSocket upgrade belongs to by its cookie, which only counts on a page of ours; with `?as=` whose eyes an owner looks with. */
  originOf(request: IncomingMessage): Pick<Origin, 'principal' | 'loginId'>;
  readonly onEnded: (listener: (ended: Ended) => void) => () => void;
  /** Whether what has ended stands behind a connection. */
  readonly isBehind: (ended: Ended, client: { readonly principal: Principal; readonly origin: Origin }) => boolean;
  /** Whether there is (still) an open account behind a connection. */
  readonly isThere: (principal: Principal) => boolean;
  /** Whether somebody may come in only at home, and is somewhere else. */
  readonly isAway: (principal: Principal, address: string) => boolean;
  readonly onChanged: (listener: (what: AccountChange) => void) => () => void;
  /** Somebody's end was reached. */
  readonly onRanOut: (listener: (person: Person) => void) => () => void;
  /** Time for ends: never before the last time that was written down. */
  nowMs(): number;
  readonly people: Pick<People, 'all' | 'byId' | 'byName'>;
  readonly members: Members;
  /** Name of the owner whom a person asks for more. */
  ownerFor(personId: string): string | undefined;
  hasEnded(person: Person): boolean;
  readonly inviting: Inviting;
  readonly logins: Pick<Logins, 'list' | 'listAll' | 'summary'>;
  /** Ends one login of a person. */
  endLogin(personId: string, loginId: string): Result<void, Problem>;
  /** Ends every login of a person but, when told, the one that asks. */
  endLogins(personId: string, keptId?: string): Result<void, Problem>;
  readonly apps: Pick<AppPasswords, 'all' | 'of' | 'byId' | 'byUsername' | 'seen'>;
  readonly appAccess: AppAccess;
  readonly pin: PinKeeper;
  readonly devices: DeviceAccounts;
  /** For the self-check. */
  readonly weakPasswords: WeakPasswords;
  readonly plainLogins: Pick<PlainLogins, 'list' | 'sinceMs'>;
  /** Every address under /api and who may use it. */
  readonly routes: () => readonly RouteNeeds[];
  /** A user name made of a name, which neither a device nor an app password has. */
  freeUsername(name: string): string;
  /** Seals the chosen password of a device, or makes one. */
  deviceSecret(chosen?: string): Promise<Result<{ readonly password: string; readonly secret: string }, Problem>>;
}
