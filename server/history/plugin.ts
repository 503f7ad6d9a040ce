import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import * as v from 'valibot';
import type { HistoryReply, ValuesReply } from '../../shared/api/contract.ts';
import { maxHistoryTiles } from '../../shared/api/names.ts';
import { keptCoarseMs } from '../../shared/history/series.ts';
import type { Clock } from '../broker/engine/clock.ts';
import type { ValibotTypes } from '../http/validation.ts';
import { createHistory, type History } from './history.ts';

declare module 'fastify' {
  interface FastifyInstance {
    history: History;
  }
}

const maxAskedTopics = 100;
const maxHours = keptCoarseMs / 3_600_000;
const defaultHours = 6;

/** `?topic=a&topic=b`: one comes as text, several as a list. */
const oneOrMore = v.pipe(
  v.union([v.string(), v.array(v.string())]),
  v.transform((value) => (typeof value === 'string' ? [value] : value)),
  v.maxLength(maxAskedTopics),
);
const valuesQuery = v.object({ topic: v.optional(oneOrMore, []) });
const historyQuery = v.object({
  tiles: v.pipe(
    v.string(),
    v.transform((text) => text.split(',').filter(Boolean)),
    v.maxLength(maxHistoryTiles),
  ),
  hours: v.optional(v.pipe(v.string(), v.toNumber(), v.minValue(0), v.maxValue(maxHours)), `${defaultHours}`),
});

/** `GET /api/values` · `GET /api/history` */
const plugin = async (parent: FastifyInstance, { clock }: { readonly clock: Clock }): Promise<void> => {
  const app = parent.withTypeProvider<ValibotTypes>();
  const { store, broker: engine, house, seeing, topics } = app;
  const kept = createHistory({ store, engine, clock, findLast: (topic) => topics.last(topic) });
  app.decorate('history', kept);
  kept.follow(house.current().house);
  const stop = house.onSaved((saved) => kept.follow(saved.house));
  // The broker says its last words (wills) before it closes; onClose runs after that.
  app.addHook('onClose', async () => {
    stop();
    kept.dispose();
  });

  app.get(
    '/api/values',
    { schema: { querystring: valuesQuery }, config: { needs: 'login' } },
    async ({ known, query }): Promise<ValuesReply> => {
      const mayRead = (topic: string): boolean => known !== undefined && seeing.mayRead(known.person.id, topic);
      return { serverNowMs: clock.now(), values: kept.values(query.topic.filter(mayRead)) };
    },
  );
  app.get(
    '/api/history',
    { schema: { querystring: historyQuery }, config: { needs: 'login' } },
    async ({ known, query }): Promise<HistoryReply> => {
      if (!known) return {};
      return kept.series(seeing.readable(known.person.id, house.current().house), query.tiles, query.hours);
    },
  );
};

export const history = fp(plugin, {
  name: 'history',
  dependencies: ['http', 'store', 'auth', 'rights', 'broker', 'house', 'topics'],
});
