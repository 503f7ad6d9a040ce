import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { mayManage } from '../../shared/acl/view.ts';
import type { LoginInfo } from '../../shared/api/contract.ts';
import { personChangeBody, type PeopleReply } from '../../shared/api/people.ts';
import type { ValibotTypes } from '../http/validation.ts';
import { toPersonInfo } from './person-info.ts';
import { knownOf, notAllowed, personNotFound } from './known.ts';

const id = v.pipe(v.string(), v.maxLength(64));
const idParams = v.object({ id });
const loginParams = v.object({ id, loginId: id });

/** `GET /api/people` · `PATCH|DELETE /api/people/:id` · `POST …/end` · `GET …/logins` · `DELETE …/logins/:loginId` */
export async function peopleRoutes(parent: FastifyInstance): Promise<void> {
  const app = parent.withTypeProvider<ValibotTypes>();
  const { auth, rights, rightsStore, broker } = app;

  app.get('/api/people', { config: { needs: 'login' } }, async (request): Promise<PeopleReply> => {
    const { person } = knownOf(request);
    const clients = broker.clients();
    const isOwner = mayManage(person.role);
    return {
      serverNowMs: auth.nowMs(),
      timeZone: rights.timeZone(),
      people: (isOwner ? auth.people.all() : [person]).map((one) => toPersonInfo(one, auth, clients)),
      invites: isOwner ? auth.inviting.listInfo() : [],
      groups: isOwner ? rightsStore.groups() : [],
    };
  });

  app.patch(
    '/api/people/:id',
    { schema: { params: idParams, body: personChangeBody }, config: { needs: 'owner' } },
    async (request, reply) => {
      const changed = auth.members.change(request.params.id, request.body);
      return changed.ok ? toPersonInfo(changed.value, auth, broker.clients()) : reply.problem(changed.error);
    },
  );

  app.delete(
    '/api/people/:id',
    { schema: { params: idParams }, config: { needs: 'owner' } },
    async (request, reply) => {
      const removed = auth.members.remove(request.params.id);
      return removed.ok ? reply.code(204).send() : reply.problem(removed.error);
    },
  );

  app.post(
    '/api/people/:id/end',
    { schema: { params: idParams }, config: { needs: 'owner' } },
    async (request, reply) => {
      const ended = auth.members.end(request.params.id);
      return ended.ok ? reply.code(204).send() : reply.problem(ended.error);
    },
  );

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
