import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { seenAsHeader } from '../../shared/api/names.ts';
import type { Problem } from '../../shared/api/problem.ts';
import type { Role } from '../../shared/api/people.ts';
import { mayArrange, mayManage } from '../../shared/acl/view.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { createOnceAMinute } from '../once-a-minute.ts';
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

const onlyLooking: Problem = {
  code: 'only-looking',
  message: 'Who looks with the eyes of somebody else changes nothing.',
};
const notTheirEyes: Problem = { code: 'not-allowed', message: 'Only owners look with the eyes of others.' };
const personGone: Problem = { code: 'not-found', message: 'This person is not here any more.' };

/** Swaps who asks: an owner who says so gets what somebody else gets, with that person's rights, and changes nothing. */
function createEyes({ people, living, nowMs }: Pick<AuthCore, 'people' | 'living' | 'nowMs'>) {
  const isDue = createOnceAMinute();
  return (request: FastifyRequest, known: KnownLogin): Result<KnownLogin, Problem> => {
    const as = request.headers[seenAsHeader];
    if (typeof as !== 'string') return ok(known);
    if (!mayManage(known.person.role)) return fail(notTheirEyes);
    if (request.method !== 'GET') return fail(onlyLooking);
    const person = people.byId(as);
    if (!person || !living.isOpen(person)) return fail(personGone);
    const told = { by: known.person.name, as: person.name };
    if (isDue(JSON.stringify(told), nowMs())) request.log.info(told, 'An owner looks with the eyes of somebody else.');
    return ok({ login: known.login, person, seenBy: known.person });
  };
}

/** The one place where HTTP rights are checked; what somebody may see of an answer is up to its route. */
export function createGuard(core: AuthCore, watcher: Watcher) {
  const { people, living, atHome, loginOf } = core;
  const eyes = createEyes(core);
  const isAway = ({ server, raw }: FastifyRequest, { person }: KnownLogin): boolean =>
    atHome.isAway(person, server.http.addressOf(raw));
  /** Why nobody of this login comes in, whatever is asked for. */
  const closedTo = (request: FastifyRequest, known: KnownLogin | undefined): Problem | undefined => {
    if (!known) {
      return people.count() === 0
        ? { code: 'setup-required', message: 'This house is not set up yet.' }
        : { code: 'login-required', message: 'Log in first.' };
    }
    if (!living.isOpen(known.person)) return accountEnded(known.person, people.all());
    return isAway(request, known) ? notAtHome : undefined;
  };
  /** Who asks, as far as somebody is in; and why not, if the wish to look with other eyes fails. */
  const askerOf = (request: FastifyRequest): { readonly known?: KnownLogin; readonly refusal?: Problem } => {
    const login = loginOf(request.raw);
    const refusal = closedTo(request, login);
    if (!login || refusal) return refusal ? { refusal } : {};
    const seen = eyes(request, login);
    return seen.ok ? { known: seen.value } : { known: login, refusal: seen.error };
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
    const { known, refusal } = askerOf(request);
    // Known also to the log, when it is refused.
    request.known = known;
    if (needs === 'nobody') return undefined;
    if (refusal) return reply.problem(refusal);
    return known && fulfils[needs](known.person.role) ? undefined : reply.problem(notAllowed);
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
