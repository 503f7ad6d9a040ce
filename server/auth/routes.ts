import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as v from 'valibot';
import { loginBody, passwordBody, type LoginInfo } from '../../shared/api/contract.ts';
import type { ValibotTypes } from '../http/validation.ts';
import type { Store } from '../store/store.ts';
import type { AuthCore, KnownLogin } from './auth.ts';
import { clearLoginCookie } from './cookie.ts';

const idParams = v.object({ id: v.pipe(v.string(), v.maxLength(64)) });
const wrongPassword = { code: 'wrong-password', message: 'This is not your current password.' } as const;

/** The guard has let the request in, so it is known. */
function knownOf({ known }: FastifyRequest): KnownLogin {
  if (!known) throw new Error('a closed route was reached without a login');
  return known;
}

/** `POST /api/login`, `/api/logout`, `/api/password` · `GET /api/logins` · `DELETE /api/logins/:id` */
export async function authRoutes(
  parent: FastifyInstance,
  { core, store, nowMs }: { core: AuthCore; store: Store; nowMs: () => number },
): Promise<void> {
  const app = parent.withTypeProvider<ValibotTypes>();
  const { auth, accounts, logins, tell } = core;
  const addressOf = (request: FastifyRequest): string => app.http.addressOf(request.raw);

  app.post('/api/login', { schema: { body: loginBody }, config: { isPublic: true } }, async (request, reply) => {
    const { name, password, stay } = request.body;
    const verified = await accounts.verify(name, password, addressOf(request));
    if (!verified.ok) return reply.problem(verified.error);
    const begun = auth.begin(reply, verified.value, stay);
    return begun.ok ? reply.code(204).send() : reply.problem(begun.error);
  });

  app.post('/api/logout', { config: { isPublic: true } }, async (request, reply) => {
    const { known } = request;
    clearLoginCookie(reply);
    if (!known) return reply.code(204).send();
    const ended = store.durable(() => logins.end(known.login.id, known.person.id));
    tell({ loginId: known.login.id });
    return ended.ok ? reply.code(204).send() : reply.problem(ended.error);
  });

  app.get('/api/logins', async (request): Promise<LoginInfo[]> => {
    const { login, person } = knownOf(request);
    return logins.list(person.id, login.id, nowMs());
  });

  app.delete('/api/logins/:id', { schema: { params: idParams } }, async (request, reply) => {
    const { login, person } = knownOf(request);
    const { id } = request.params;
    const ended = store.durable(() => logins.end(id, person.id));
    if (!ended.ok) return reply.problem(ended.error);
    if (!ended.value) return reply.problem({ code: 'not-found', message: 'This login has ended already.' });
    tell({ loginId: id });
    if (id === login.id) clearLoginCookie(reply);
    return reply.code(204).send();
  });

  // Everything of this person ends; the browser that did it goes on with a new login.
  app.post('/api/password', { schema: { body: passwordBody } }, async (request, reply) => {
    const { login, person } = knownOf(request);
    const { current, next } = request.body;
    const verified = await accounts.verify(person.name, current, addressOf(request));
    if (!verified.ok) return reply.problem(verified.error.code === 'wrong-login' ? wrongPassword : verified.error);
    const set = await accounts.setPassword(person, next, addressOf(request));
    if (!set.ok) return reply.problem(set.error);
    const begun = auth.begin(reply, person, login.isStaying);
    return begun.ok ? reply.code(204).send() : reply.problem(begun.error);
  });
}
