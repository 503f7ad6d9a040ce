import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Store } from '../store/store.ts';
import type { AuthCore, KnownLogin } from './auth.ts';
import { writeLoginCookie, readLoginCookie } from './cookie.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; absent only on routes with `config: { isPublic: true }`. */
    known: KnownLogin | undefined;
  }
  interface FastifyContextConfig {
    /** Open without a login. Everything else under /api is closed. */
    readonly isPublic?: boolean;
  }
}

/** Every address under /api needs a login unless its route says otherwise. */
export function createGuard({ people, loginOf }: AuthCore) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    // The route, not the address: `/%61pi/house` leads to it too.
    if (!request.routeOptions.url?.startsWith('/api/')) return undefined;
    request.known = loginOf(request.raw);
    if (request.known || request.routeOptions.config.isPublic) return undefined;
    return people.count() === 0
      ? reply.problem({ code: 'setup-required', message: 'This house is not set up yet.' })
      : reply.problem({ code: 'login-required', message: 'Log in first.' });
  };
}

/** Notes a visit now and then, and so prolongs a login that stays. */
export function createVisitor({ logins }: AuthCore, store: Store, nowMs: () => number) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { known, server } = request;
    if (!known || !logins.isDue(known.login, nowMs())) return;
    store.relaxed(() => logins.touch(known.login, server.http.addressOf(request.raw), nowMs()));
    const scheme = server.http.schemeOf(request.raw);
    const secret = readLoginCookie(request.raw, (header) => server.parseCookie(header), scheme);
    if (known.login.isStaying && secret !== undefined) writeLoginCookie(reply, secret, true);
  };
}
