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
  const { auth, deeds, rights, rightsStore, broker } = app;

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
      const before = auth.people.byId(request.params.id);
      const changed = auth.members.change(request.params.id, request.body);
      if (!changed.ok) return reply.problem(changed.error);
      if (before) deeds.noteChange('person-changed', before, changed.value, request);
      return toPersonInfo(changed.value, auth, broker.clients());
    },
  );

  app.delete(
    '/api/people/:id',
    { schema: { params: idParams }, config: { needs: 'owner' } },
    async (request, reply) => {
      const name = auth.people.byId(request.params.id)?.name ?? '';
      const removed = auth.members.remove(request.params.id);
      if (!removed.ok) return reply.problem(removed.error);
      deeds.note({ what: 'person-removed', name }, request);
      return reply.code(204).send();
    },
  );

  app.post(
    '/api/people/:id/end',
    { schema: { params: idParams }, config: { needs: 'owner' } },
    async (request, reply) => {
      const name = auth.people.byId(request.params.id)?.name ?? '';
      const ended = auth.members.end(request.params.id);
      if (!ended.ok) return reply.problem(ended.error);
      deeds.note({ what: 'person-ended', name }, request);
      return reply.code(204).send();
    },
  );
}
