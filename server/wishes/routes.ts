import type { FastifyInstance } from 'fastify';
import { mayManage } from '../../shared/acl/view.ts';
import { wishAnswerBody, wishBody, type WishesReply, type WishTarget } from '../../shared/api/wishes.ts';
import type { ValibotTypes } from '../http/validation.ts';

const loginRequired = { code: 'login-required', message: 'Log in first.' } as const;

/** `GET|POST /api/wishes` · `POST /api/wishes/answer` */
export async function wishRoutes(parent: FastifyInstance): Promise<void> {
  const app = parent.withTypeProvider<ValibotTypes>();
  const { auth, deeds, house, wishes } = app;
  const nameOf = ({ kind, id }: WishTarget): string => {
    const { rooms, tiles } = house.current().house;
    return kind === 'room'
      ? (rooms.find((one) => one.id === id)?.name ?? '')
      : (tiles.find((one) => one.id === id)?.title ?? '');
  };

  app.get('/api/wishes', { config: { needs: 'login' } }, async ({ known }, reply) => {
    if (!known) return reply.problem(loginRequired);
    const { id, role } = known.person;
    return { own: wishes.own(id), open: mayManage(role) ? wishes.open() : [] } satisfies WishesReply;
  });

  app.post(
    '/api/wishes',
    { schema: { body: wishBody }, config: { needs: 'login' } },
    async ({ known, body }, reply) => {
      if (!known) return reply.problem(loginRequired);
      const asked = wishes.ask(known.person, body.target);
      return asked.ok ? reply.code(204).send() : reply.problem(asked.error);
    },
  );

  app.post(
    '/api/wishes/answer',
    { schema: { body: wishAnswerBody }, config: { needs: 'owner' } },
    async (request, reply) => {
      const { personId, target, level } = request.body;
      const answered = wishes.answer(request.body);
      if (!answered.ok) return reply.problem(answered.error);
      const about = { name: auth.people.byId(personId)?.name ?? '', target: nameOf(target) };
      deeds.note(
        level === 'no' ? { what: 'access-refused', ...about } : { what: 'access-given', ...about, level },
        request,
      );
      return reply.code(204).send();
    },
  );
}
