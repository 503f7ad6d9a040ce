import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { mayManage } from '../../shared/acl/view.ts';
import { askBody, type Subject, type WhoReply } from '../../shared/api/people.ts';
import { allowanceBody, maxAllowances, stepsBeforeAllowances, type AllowReply } from '../../shared/api/allowances.ts';
import type { Person } from '../auth/people.ts';
import type { ValibotTypes } from '../http/validation.ts';
import { knownOf, notAllowed } from './known.ts';

const whoQuery = v.object({ action: v.picklist(['send', 'read']), topic: v.pipe(v.string(), v.maxLength(512)) });
const notFound = { code: 'not-found', message: 'Nobody and nothing of that kind is here.' } as const;

const noHelp = {
  code: 'bad-request',
  message: 'Something else than rules closes this: allowing it changes nothing.',
} as const;
const tooMany = {
  code: 'limit-reached',
  message: `There may be ${maxAllowances} allowances at a time.`,
  params: { max: maxAllowances },
} as const;

/** `POST /api/rights/ask` · `GET /api/rights/who` · `POST /api/rights/allow` and `…/disallow`, for a short while */
export async function askRoutes(parent: FastifyInstance): Promise<void> {
  const app = parent.withTypeProvider<ValibotTypes>();
  const { asking, auth, deeds, rights } = app;

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

  app.post(
    '/api/rights/allow',
    { schema: { body: allowanceBody }, config: { needs: 'owner' } },
    async (request, reply) => {
      const { subject, ...question } = request.body;
      if (!asking.exists(subject)) return reply.problem(notFound);
      const before = asking.ask(subject, question);
      if (!before.ok) return reply.problem(before.error);
      const decisive = before.value.steps.find(({ outcome }) => outcome === 'decides');
      if (decisive && stepsBeforeAllowances.includes(decisive.kind)) return reply.problem(noHelp);
      const untilMs = rights.allow(request.body);
      if (untilMs === undefined) return reply.problem(tooMany);
      deeds.note({ what: 'allowed', name: asking.nameOf(subject), target: question.topic }, request);
      return { untilMs } satisfies AllowReply;
    },
  );

  app.post(
    '/api/rights/disallow',
    { schema: { body: allowanceBody }, config: { needs: 'owner' } },
    async (request, reply) => {
      const { subject, topic } = request.body;
      if (rights.disallow(request.body))
        deeds.note({ what: 'disallowed', name: asking.nameOf(subject), target: topic }, request);
      return reply.code(204).send();
    },
  );
}
