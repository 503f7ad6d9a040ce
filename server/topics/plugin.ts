import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import * as v from 'valibot';
import type { TopicsReply } from '../../shared/api/contract.ts';
import type { Clock } from '../broker/engine/clock.ts';
import type { ValibotTypes } from '../http/validation.ts';
import { createTopicIndex, maxTopicHits, maxTopics, type TopicIndex } from './topic-index.ts';

declare module 'fastify' {
  interface FastifyInstance {
    topics: TopicIndex;
  }
}

const topicsQuery = v.object({
  search: v.optional(v.pipe(v.string(), v.maxLength(200)), ''),
  limit: v.optional(v.pipe(v.string(), v.toNumber(), v.integer(), v.minValue(1), v.maxValue(maxTopicHits))),
});

const settleEveryMs = 1_000;

/** `GET /api/topics` */
const plugin = async (parent: FastifyInstance, { clock }: { readonly clock: Clock }): Promise<void> => {
  const nowMs = (): number => clock.now();
  const app = parent.withTypeProvider<ValibotTypes>();
  const index = createTopicIndex();
  app.decorate('topics', index);
  // What was retained before this start was not heard by anybody; its age counts from now, as in history.
  for (const message of app.broker.retainedMatching('#', maxTopics)) index.note({ message, atMs: nowMs() });
  const stop = app.broker.observe('#', (delivery) => index.note(delivery));
  const stopSettling = clock.every(settleEveryMs, () => index.settle());
  app.addHook('onClose', async () => {
    stop();
    stopSettling();
  });
  app.get(
    '/api/topics',
    { schema: { querystring: topicsQuery }, config: { needs: 'login' } },
    async ({ known, query }): Promise<TopicsReply> => {
      const { search, limit } = query;
      const mayRead = (topic: string): boolean => known !== undefined && app.seeing.mayRead(known.person.id, topic);
      return index.search({ search, mayRead, nowMs: nowMs(), ...(limit === undefined ? {} : { limit }) });
    },
  );
};

export const topics = fp(plugin, { name: 'topics', dependencies: ['http', 'auth', 'rights', 'broker'] });
