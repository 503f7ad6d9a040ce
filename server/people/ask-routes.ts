import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { mayManage } from '../../shared/acl/view.ts';
import { askBody, type Subject, type WhoReply } from '../../shared/api/people.ts';
import type { Person } from '../auth/people.ts';
import type { ValibotTypes } from '../http/validation.ts';
import { knownOf, notAllowed } from './known.ts';

const whoQuery = v.object({ action: v.picklist(['send', 'read']), topic: v.pipe(v.string(), v.maxLength(512)) });
const notFound = { code: 'not-found', message: 'Nobody and nothing of that kind is here.' } as const;

/** `POST /api/rights/ask` · `GET /api/rights/who` */
export async function askRoutes(parent: FastifyInstance): Promise<void> {
  const app = parent.withTypeProvider<ValibotTypes>();
  const { asking, auth } = app;

  const isOwn = ({ kind, id }: Subject, person: Person): boolean =>
    kind === 'person' ? id === person.id : kind === 'app' && auth.apps.byId(id)?.personId === person.id;

  app.post('/api/rights/ask', { schema: { body: askBody }, config: { needs: 'login' } }, async (request, reply) => {
    const { person } = knownOf(request);
    const { subject, ...question } = request.body;
    if (!mayManage(person.role) && !isOwn(subject, person)) return reply.problem(notAllowed);
    if (!asking.exists(subject)) return reply.problem(notFound);
    const answered = asking.ask(subject, question);
    return answered.ok ? answered.value : reply.problem(answered.error);
  });

  app.get(
    '/api/rights/who',
    { schema: { querystring: whoQuery }, config: { needs: 'owner' } },
    async (request, reply) => {
      const answered = asking.who(request.query);
      return answered.ok ? ({ who: answered.value } satisfies WhoReply) : reply.problem(answered.error);
    },
  );
}
