import type { FastifyInstance } from 'fastify';
import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { groupBody, type GroupInfo } from '../../shared/api/people.ts';
import type { ValibotTypes } from '../http/validation.ts';

export const maxGroups = 100;
const idParams = v.object({ id: v.pipe(v.string(), v.maxLength(64)) });
const notFound = { code: 'not-found', message: 'This group is not there any more.' } as const;
const tooMany = {
  code: 'limit-reached',
  message: `There may be ${maxGroups} groups.`,
  params: { max: maxGroups },
} as const;

/** `POST /api/groups` · `PUT|DELETE /api/groups/:id` */
export async function groupRoutes(parent: FastifyInstance): Promise<void> {
  const app = parent.withTypeProvider<ValibotTypes>();
  const { deeds, rights, rightsStore, store } = app;

  app.post('/api/groups', { schema: { body: groupBody }, config: { needs: 'owner' } }, async (request, reply) => {
    const group: GroupInfo = { id: randomUUID(), ...request.body };
    const written = store.durable((): boolean => {
      const isFull = rightsStore.groups().length >= maxGroups;
      if (!isFull) rightsStore.putGroup(group);
      return !isFull;
    });
    if (!written.ok || !written.value) return reply.problem(written.ok ? tooMany : written.error);
    rights.changed('rules');
    deeds.note({ what: 'group-added', name: group.name }, request);
    return reply.code(201).send(group);
  });

  app.put(
    '/api/groups/:id',
    { schema: { params: idParams, body: groupBody }, config: { needs: 'owner' } },
    async (request, reply) => {
      const group: GroupInfo = { id: request.params.id, ...request.body };
      const written = store.durable((): GroupInfo | undefined => {
        const before = rightsStore.groups().find(({ id }) => id === group.id);
        if (before) rightsStore.putGroup(group);
        return before;
      });
      if (!written.ok || !written.value) return reply.problem(written.ok ? notFound : written.error);
      rights.changed('rules');
      deeds.noteChange('group-changed', written.value, group, request);
      return group;
    },
  );

  app.delete(
    '/api/groups/:id',
    { schema: { params: idParams }, config: { needs: 'owner' } },
    async (request, reply) => {
      const name = rightsStore.groups().find(({ id }) => id === request.params.id)?.name ?? '';
      const removed = store.durable(() => rightsStore.removeGroup(request.params.id));
      if (!removed.ok || !removed.value) return reply.problem(removed.ok ? notFound : removed.error);
      rights.changed('rules');
      deeds.note({ what: 'group-removed', name }, request);
      return reply.code(204).send();
    },
  );
}
