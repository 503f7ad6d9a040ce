import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { inviteAcceptBody, inviteBody, inviteLookBody, type InviteLook } from '../../shared/api/people.ts';
import type { ValibotTypes } from '../http/validation.ts';
import { knownOf } from './known.ts';

const idParams = v.object({ id: v.pipe(v.string(), v.maxLength(64)) });

/** `POST /api/invites` · `DELETE /api/invites/:id` · open to who has the code: `POST /api/invite/look`, `POST /api/invite/accept` */
export async function inviteRoutes(parent: FastifyInstance): Promise<void> {
  const app = parent.withTypeProvider<ValibotTypes>();
  const { auth, deeds, house, http } = app;
  const { inviting } = auth;

  app.post('/api/invites', { schema: { body: inviteBody }, config: { needs: 'owner' } }, async (request, reply) => {
    const made = inviting.create(request.body, knownOf(request).person);
    if (!made.ok) return reply.problem(made.error);
    const { name, role } = made.value;
    deeds.note({ what: 'invited', name, role }, request);
    return reply.code(201).send(made.value);
  });

  app.delete(
    '/api/invites/:id',
    { schema: { params: idParams }, config: { needs: 'owner' } },
    async (request, reply) => {
      const name = inviting.listInfo().find(({ id }) => id === request.params.id)?.name ?? '';
      const removed = inviting.remove(request.params.id);
      if (!removed.ok) return reply.problem(removed.error);
      deeds.note({ what: 'invite-withdrawn', name }, request);
      return reply.code(204).send();
    },
  );

  app.post(
    '/api/invite/look',
    { schema: { body: inviteLookBody }, config: { needs: 'nobody' } },
    async (request, reply) => {
      const looked = inviting.look(request.body.code, http.addressOf(request.raw));
      if (!looked.ok) return reply.problem(looked.error);
      return { ...looked.value, home: house.current().house.name } satisfies InviteLook;
    },
  );

  // The browser that accepts is logged in: guests and wall panels have no other way.
  app.post(
    '/api/invite/accept',
    { schema: { body: inviteAcceptBody }, config: { needs: 'nobody' } },
    async (request, reply) => {
      const { code, name, password } = request.body;
      const address = http.addressOf(request.raw);
      const made = await inviting.accept({ code, name, address, ...(password === undefined ? {} : { password }) });
      if (!made.ok) return reply.problem(made.error);
      // Whoever was signed in here before has no part in it.
      deeds.note({ what: 'joined', name: made.value.name, role: made.value.role }, undefined);
      const begun = auth.begin(reply, made.value, true);
      return begun.ok ? reply.code(204).send() : reply.problem(begun.error);
    },
  );
}
