import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as v from 'valibot';
import { loginBody, passwordBody, type LoginInfo } from '../../shared/api/contract.ts';
import { ownPinBody } from '../../shared/api/pin.ts';
import type { ValibotTypes } from '../http/validation.ts';
import type { Store } from '../store/store.ts';
import type { KnownLogin } from './auth.ts';
import { clearLoginCookie } from './cookie.ts';
import type { AuthCore } from './create-auth.ts';

const idParams = v.object({ id: v.pipe(v.string(), v.maxLength(64)) });
const wrongPassword = { code: 'wrong-password', message: 'This is not your current password.' } as const;

/** The guard has let the request in, so it is known. */
function knownOf({ known }: FastifyRequest): KnownLogin {
  if (!known) throw new Error('a closed route was reached without a login');
  return known;
}

/** `POST /api/login`, `/api/logout`, `/api/password` · `PUT /api/pin` · `GET /api/logins` · `DELETE /api/logins/:id` */
export async function authRoutes(
  parent: FastifyInstance,
  { core, store }: { core: AuthCore; store: Store },
): Promise<void> {
  const app = parent.withTypeProvider<ValibotTypes>();
  const { auth, accounts, logins, loginOf, ended, changes, nowMs } = core;
  const addressOf = (request: FastifyRequest): string => app.http.addressOf(request.raw);

  app.post('/api/login', { schema: { body: loginBody }, config: { needs: 'nobody' } }, async (request, reply) => {
    const { name, password, stay } = request.body;
    const verified = await accounts.verify(name, password, addressOf(request));
    if (!verified.ok) return reply.problem(verified.error);
    const begun = auth.begin(reply, verified.value, stay);
    return begun.ok ? reply.code(204).send() : reply.problem(begun.error);
  });

  app.post('/api/logout', { config: { needs: 'nobody' } }, async (request, reply) => {
    // Also of somebody who may not come in from here: whoever logs out is logged out.
    const known = loginOf(request.raw);
    clearLoginCookie(reply);
    if (!known) return reply.code(204).send();
    const written = store.durable(() => logins.end(known.login.id, known.person.id));
    ended.tell({ loginId: known.login.id });
    changes.tell('list');
    return written.ok ? reply.code(204).send() : reply.problem(written.error);
  });

  app.get('/api/logins', { config: { needs: 'login' } }, async (request): Promise<LoginInfo[]> => {
    const { login, person } = knownOf(request);
    return logins.list(person.id, login.id, nowMs());
  });

  app.delete(
    '/api/logins/:id',
    { schema: { params: idParams }, config: { needs: 'login' } },
    async (request, reply) => {
      const { login, person } = knownOf(request);
      const { id } = request.params;
      const done = auth.endLogin(person.id, id);
      if (!done.ok) return reply.problem(done.error);
      if (id === login.id) clearLoginCookie(reply);
      return reply.code(204).send();
    },
  );

  // Everything of this person ends; the browser that did it goes on with a new login.
  app.post('/api/password', { schema: { body: passwordBody }, config: { needs: 'login' } }, async (request, reply) => {
    const { login, person } = knownOf(request);
    const { current, next } = request.body;
    const verified = await accounts.verify(person.name, current, addressOf(request));
    if (!verified.ok) return reply.problem(verified.error.code === 'wrong-login' ? wrongPassword : verified.error);
    const set = await accounts.setPassword(person, next, addressOf(request));
    if (!set.ok) return reply.problem(set.error);
    const begun = auth.begin(reply, person, login.isStaying);
    return begun.ok ? reply.code(204).send() : reply.problem(begun.error);
  });

  app.put('/api/pin', { schema: { body: ownPinBody }, config: { needs: 'login' } }, async (request, reply) => {
    const { person } = knownOf(request);
    const { password, pin } = request.body;
    const verified = await accounts.verify(person.name, password, addressOf(request));
    if (!verified.ok) return reply.problem(verified.error.code === 'wrong-login' ? wrongPassword : verified.error);
    const set = await auth.pin.set(person.id, pin, addressOf(request));
    return set.ok ? reply.code(204).send() : reply.problem(set.error);
  });
}
