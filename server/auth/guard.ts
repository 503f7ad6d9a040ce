import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import type { Problem } from '../../shared/api/problem.ts';
import type { Role } from '../../shared/api/people.ts';
import { mayArrange, mayManage } from '../../shared/acl/view.ts';
import type { Store } from '../store/store.ts';
import { accountEnded } from './accounts.ts';
import type { KnownLogin } from './auth.ts';
import { readLoginCookie, writeLoginCookie } from './cookie.ts';
import type { AuthCore } from './create-auth.ts';
import { bearerOf, type Watcher } from './watcher.ts';

/**
 * Who may use a route. `nobody` in particular: open without a login. `login`: everybody who is in. `arrange`: owners and members.
 * `owner`: owners. `figures`: owners, and programs with the token for figures.
 */
export type Needs = 'nobody' | 'login' | 'arrange' | 'owner' | 'figures';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; absent only on routes that need nobody. */
    known: KnownLogin | undefined;
  }
  interface FastifyContextConfig {
    /** Every route under /api says so, else the server does not start. */
    readonly needs?: Needs;
  }
}

const isOurs = (path: string): boolean => path === '/api' || path.startsWith('/api/');

/** A route and who may use it. */
export interface RouteNeeds {
  readonly method: string;
  readonly url: string;
  readonly needs: Needs;
}

/** Keeps the list of routes, and refuses one that forgot to say who may use it: no address is open by mistake. */
export function createRouteList(): {
  readonly add: (route: RouteOptions) => void;
  readonly all: () => readonly RouteNeeds[];
} {
  const routes: RouteNeeds[] = [];
  return {
    add: ({ method, url, config }) => {
      const needs = config?.needs;
      if (needs === undefined && !isOurs(url)) return;
      if (needs === undefined)
        throw new Error(`${String(method)} ${url} does not say who may use it: give it a config with needs`);
      routes.push(...[method].flat().map((one) => ({ method: one, url, needs })));
    },
    all: () => routes,
  };
}

const fulfils: Readonly<Record<Exclude<Needs, 'nobody'>, (role: Role) => boolean>> = {
  login: () => true,
  arrange: mayArrange,
  owner: mayManage,
  figures: mayManage,
};

const notAtHome: Problem = { code: 'not-at-home', message: 'This account works only in the home network.' };
const notAllowed: Problem = { code: 'not-allowed', message: 'You are not allowed to do that.' };

/** The one place where HTTP rights are checked; what somebody may see of an answer is up to its route. */
export function createGuard({ people, living, atHome, loginOf }: AuthCore, watcher: Watcher) {
  const isAway = ({ server, raw }: FastifyRequest, { person }: KnownLogin): boolean =>
    atHome.isAway(person, server.http.addressOf(raw));
  const refusalOf = (
    request: FastifyRequest,
    needs: Exclude<Needs, 'nobody'>,
    known: KnownLogin | undefined,
  ): Problem | undefined => {
    if (!known) {
      return people.count() === 0
        ? { code: 'setup-required', message: 'This house is not set up yet.' }
        : { code: 'login-required', message: 'Log in first.' };
    }
    if (!living.isOpen(known.person)) return accountEnded(known.person, people.all());
    if (isAway(request, known)) return notAtHome;
    return fulfils[needs](known.person.role) ? undefined : notAllowed;
  };
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    // By the route, not the address: `/%61pi/house` leads to it too.
    const { needs } = request.routeOptions.config;
    if (needs === undefined) return undefined;
    const token = needs === 'figures' ? bearerOf(request.headers.authorization) : undefined;
    if (token !== undefined) {
      const refusal = watcher.refusalOf(token, request.server.http.addressOf(request.raw));
      return refusal && reply.problem(refusal);
    }
    const known = loginOf(request.raw);
    const refusal = needs === 'nobody' ? undefined : refusalOf(request, needs, known);
    // Known also to the log, when it is refused.
    request.known = known && living.isOpen(known.person) && !isAway(request, known) ? known : undefined;
    return refusal && reply.problem(refusal);
  };
}

/** Notes a visit now and then, and so prolongs a login that stays; and which logins come unencrypted from elsewhere. */
export function createVisitor({ logins, plainLogins, nowMs }: AuthCore, store: Store) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { known, server } = request;
    if (!known) return;
    if (server.http.isReadableOnTheWay(request.raw)) plainLogins.note(known.login, nowMs());
    if (!logins.isDue(known.login, nowMs())) return;
    store.relaxed(() => logins.touch(known.login, server.http.addressOf(request.raw), nowMs()));
    const scheme = server.http.schemeOf(request.raw);
    const secret = readLoginCookie(request.raw, (header) => server.parseCookie(header), scheme);
    if (known.login.isStaying && secret !== undefined) writeLoginCookie(reply, secret, true);
  };
}
