import type { FastifyInstance } from 'fastify';
import { roleRulesBody, timeZoneBody } from '../../shared/api/people.ts';
import type { ValibotTypes } from '../http/validation.ts';

const noZone = { code: 'bad-request', message: 'timeZone: this machine does not know it.', path: '/timeZone' } as const;

/** `GET|PUT /api/roles` · `PUT /api/settings/time-zone` */
export async function settingsRoutes(
  parent: FastifyInstance,
  { isTimeZone }: { readonly isTimeZone: (name: string) => boolean },
): Promise<void> {
  const app = parent.withTypeProvider<ValibotTypes>();
  const { deeds, rights, rightsStore, store } = app;

  app.get('/api/roles', { config: { needs: 'owner' } }, async () => rightsStore.roleRules());

  app.put('/api/roles', { schema: { body: roleRulesBody }, config: { needs: 'owner' } }, async (request, reply) => {
    const written = store.durable(() => rightsStore.setRoleRules(request.body));
    if (!written.ok) return reply.problem(written.error);
    rights.changed('rules');
    deeds.note({ what: 'roles-changed' }, request);
    return request.body;
  });

  app.put(
    '/api/settings/time-zone',
    { schema: { body: timeZoneBody }, config: { needs: 'owner' } },
    async (request, reply) => {
      if (!isTimeZone(request.body.timeZone)) return reply.problem(noZone);
      const written = store.durable(() => rightsStore.setTimeZone(request.body.timeZone));
      if (!written.ok) return reply.problem(written.error);
      rights.changed('rules');
      return reply.code(204).send();
    },
  );
}
