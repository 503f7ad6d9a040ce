import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { mayManage } from '../../shared/acl/view.ts';
import type { LoginInfo } from '../../shared/api/contract.ts';
import type { PersonLogins } from '../../shared/api/people.ts';
import type { ValibotTypes } from '../http/validation.ts';
import { knownOf, notAllowed, personNotFound } from './known.ts';

const id = v.pipe(v.string(), v.maxLength(64));
const idParams = v.object({ id });
const loginParams = v.object({ id, loginId: id });

/** `GET /api/people/logins` · `GET|DELETE /api/people/:id/logins` · `DELETE …/logins/:loginId`: one's own, owners those of all */
export async function loginRoutes(parent: FastifyInstance): Promise<void> {
  const app = parent.withTypeProvider<ValibotTypes>();
  const { auth, deeds } = app;

  app.get('/api/people/logins', { config: { needs: 'owner' } }, async (request): Promise<PersonLogins[]> => {
    const all = auth.logins.listAll(knownOf(request).login.id, auth.nowMs());
    return auth.people.all().flatMap(({ id: personId, name, role }) => {
      const logins = all.get(personId);
      return logins ? [{ personId, name, role, logins }] : [];
    });
  });

  app.get(
    '/api/people/:id/logins',
    { schema: { params: idParams }, config: { needs: 'login' } },
    async (request, reply) => {
      const { login, person } = knownOf(request);
      if (request.params.id !== person.id && !mayManage(person.role)) return reply.problem(notAllowed);
      if (!auth.people.byId(request.params.id)) return reply.problem(personNotFound);
      return auth.logins.list(request.params.id, login.id, auth.nowMs()) satisfies LoginInfo[];
    },
  );

  app.delete(
    '/api/people/:id/logins',
    { schema: { params: idParams }, config: { needs: 'login' } },
    async (request, reply) => {
      const { login, person } = knownOf(request);
      if (request.params.id !== person.id && !mayManage(person.role)) return reply.problem(notAllowed);
      const whose = auth.people.byId(request.params.id);
      if (!whose) return reply.problem(personNotFound);
      const ended = auth.endLogins(whose.id, login.id);
      if (!ended.ok) return reply.problem(ended.error);
      deeds.note({ what: 'logins-ended', name: whose.name }, request);
      return reply.code(204).send();
    },
  );

  app.delete(
    '/api/people/:id/logins/:loginId',
    { schema: { params: loginParams }, config: { needs: 'login' } },
    async (request, reply) => {
      const { person } = knownOf(request);
      if (request.params.id !== person.id && !mayManage(person.role)) return reply.problem(notAllowed);
      const ended = auth.endLogin(request.params.id, request.params.loginId);
      return ended.ok ? reply.code(204).send() : reply.problem(ended.error);
    },
  );
}
