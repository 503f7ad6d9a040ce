import type { FastifyReply } from 'fastify';
import type { IncomingMessage } from 'node:http';
import type { Problem } from '../../shared/api/problem.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Action, Authentication, ConnectRequest, Origin, Principal } from '../broker/engine/engine.ts';
import type { Http } from '../http/plugin.ts';
import type { Store } from '../store/store.ts';
import { createAccounts, checkPassword, type NewPassword } from './accounts.ts';
import { readLoginCookie, writeLoginCookie } from './cookie.ts';
import { createDeviceAccounts, type DeviceAccounts } from './devices.ts';
import { createLogins, type Login } from './logins.ts';
import { authorizeMqtt, createMqttAuth } from './mqtt.ts';
import { createPasswordHasher } from './password.ts';
import { createPeople, type Person } from './people.ts';
import { newPassword, sealGenerated } from './secret.ts';
import { createSetup, tooManyTries } from './setup.ts';
import { createThrottle } from './throttle.ts';

/** Who a request or a socket belongs to. */
export interface KnownLogin {
  readonly login: Login;
  readonly person: Person;
}

/** A login, or all logins of a person, have ended: their sockets are to be cut. */
export type Ended = { readonly loginId: string } | { readonly personId: string };

export interface SetupInput {
  readonly code: string;
  readonly name: string;
  readonly password: string;
  readonly address: string;
}

/** Accounts of people and devices. */
export interface Auth {
  authenticateMqtt(request: ConnectRequest): Authentication | Promise<Authentication>;
  authorizeMqtt(principal: Principal, action: Action, topic: string): boolean;
  /** The one-time code for the start-up output; absent once somebody owns the house. */
  setupCode(): string | undefined;
  /** Makes the owner. */
  setUp(input: SetupInput): Promise<Result<Person, Problem>>;
  /** Starts a login and gives its cookie to the reply. */
  begin(reply: FastifyReply, person: Person, isStaying: boolean): Result<void, Problem>;
  addUser(name: string, password?: string): Promise<Result<NewPassword, Problem>>;
  resetUser(name: string, password?: string): Promise<Result<NewPassword, Problem>>;
  /** Whom a WebSocket upgrade belongs to by its cookie, which only counts on a page of ours. */
  originOf(request: IncomingMessage): Pick<Origin, 'principal' | 'loginId'>;
  onEnded(listener: (ended: Ended) => void): () => void;
  readonly devices: DeviceAccounts;
  /** Seals the chosen password of a device, or makes one. */
  deviceSecret(chosen?: string): Promise<Result<{ readonly password: string; readonly secret: string }, Problem>>;
}

export interface AuthParts {
  readonly store: Store;
  readonly http: Pick<Http, 'schemeOf' | 'addressOf' | 'isSameOrigin'>;
  readonly parseCookie: (header: string) => Record<string, string | undefined>;
  readonly nowMs: () => number;
  readonly allowAnonymous: boolean;
}

const busyMs = 1_000;
const ownAddress = 'here';

/** Everything about accounts without Fastify's part; `plugin.ts` adds the routes. */
export function createAuth({ store, http, parseCookie, nowMs, allowAnonymous }: AuthParts) {
  const listeners = new Set<(ended: Ended) => void>();
  const tell = (ended: Ended): void => listeners.forEach((listener) => listener(ended));
  const throttle = createThrottle(nowMs);
  const hasher = createPasswordHasher();
  const people = createPeople(store.db);
  const logins = createLogins(store.db);
  const devices = createDeviceAccounts(store.db);
  const setup = createSetup(() => people.count() === 0, throttle);
  const onAllLoginsEnded = (personId: string): void => tell({ personId });
  const accounts = createAccounts({ store, people, logins, hasher, throttle, nowMs, onAllLoginsEnded });
  const isLoginLive = (id: string): boolean => logins.isLive(id, nowMs());

  const loginOf = (request: IncomingMessage): KnownLogin | undefined => {
    const secret = readLoginCookie(request, parseCookie, http.schemeOf(request));
    const login = secret === undefined ? undefined : logins.find(secret, nowMs());
    const person = login && people.byId(login.personId);
    return login && person && { login, person };
  };

  const auth: Auth = {
    authenticateMqtt: createMqttAuth({ devices, hasher, throttle, nowMs, allowAnonymous, isLoginLive }),
    authorizeMqtt,
    setupCode: () => setup.code(),
    setUp: async ({ code, name, password, address }) => {
      const refusal = setup.check(code, address) ?? checkPassword(password);
      return refusal ? fail(refusal) : accounts.add(name, password, { address, isFirst: true });
    },
    begin: (reply, person, isStaying) => {
      const { raw } = reply.request;
      const visit = { userAgent: raw.headers['user-agent'] ?? '', address: http.addressOf(raw) };
      const started = accounts.startLogin(person, isStaying, visit);
      if (started.ok) writeLoginCookie(reply, started.value, isStaying);
      return started.ok ? ok(undefined) : started;
    },
    addUser: accounts.addUser,
    resetUser: accounts.resetUser,
    originOf: (request) => {
      const known = http.isSameOrigin(request) ? loginOf(request) : undefined;
      if (!known) return {};
      const { id, name } = known.person;
      return { principal: { kind: 'person', id, name }, loginId: known.login.id };
    },
    onEnded: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    devices,
    deviceSecret: async (chosen) => {
      if (chosen === undefined) {
        const password = newPassword();
        return ok({ password, secret: sealGenerated(password) });
      }
      const refusal = checkPassword(chosen);
      if (refusal) return fail(refusal);
      const hashed = await hasher.hash(chosen, ownAddress);
      return hashed.ok ? ok({ password: chosen, secret: hashed.value }) : fail(tooManyTries(busyMs));
    },
  };
  return { auth, accounts, logins, people, loginOf, tell };
}
export type AuthCore = ReturnType<typeof createAuth>;
