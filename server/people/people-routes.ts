import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { mayManage } from '../../shared/acl/view.ts';
import { personChangeBody, type PeopleReply } from '../../shared/api/people.ts';
import type { ValibotTypes } from '../http/validation.ts';
import { toPersonInfo } from './person-info.ts';
import { knownOf } from './known.ts';

const id = v.pipe(v.string(), v.maxLength(64));
const idParams = v.object({ id });

/** `GET /api/people` · `PATCH|DELETE /api/people/:id` · `POST …/end` */
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
}
