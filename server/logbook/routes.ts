import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as v from 'valibot';
import { mayManage } from '../../shared/acl/view.ts';
import { logCsvName, logKinds, maxLogPage, type LogReply } from '../../shared/api/logbook.ts';
import type { ValibotTypes } from '../http/validation.ts';
import { toCsv } from './csv.ts';
import type { LogFilter } from './logbook-store.ts';

const defaultLimit = 50;
/** About 2 MB of text. */
export const maxCsvRows = 10_000;

const id = v.optional(v.pipe(v.string(), v.maxLength(64)));
const number = (max: number) => v.pipe(v.string(), v.toNumber(), v.integer(), v.minValue(1), v.maxValue(max));
const actorGroups = { people: ['person', 'app'], devices: ['device', 'anonymous'] } as const;

const query = v.object({
  kind: v.optional(v.picklist(logKinds)),
  by: v.optional(v.picklist(['people', 'devices'])),
  tile: id,
  room: id,
  actor: id,
  search: v.optional(v.pipe(v.string(), v.maxLength(100))),
  before: v.optional(number(Number.MAX_SAFE_INTEGER)),
  limit: v.optional(number(maxLogPage)),
});
type Query = v.InferOutput<typeof query>;

const filterOf = ({ kind, by, tile, room, actor, search, before }: Query): LogFilter => ({
  ...(kind === undefined ? {} : { kind }),
  ...(by === undefined ? {} : { actorKinds: actorGroups[by] }),
  ...(tile === undefined ? {} : { tileId: tile }),
  ...(room === undefined ? {} : { roomId: room }),
  ...(actor === undefined ? {} : { actorId: actor }),
  ...(search === undefined || search === '' ? {} : { search }),
  ...(before === undefined ? {} : { beforeId: before }),
});

/** `GET /api/log` · `GET /api/log.csv` */
export async function logbookRoutes(
  parent: FastifyInstance,
  { nowMs }: { readonly nowMs: () => number },
): Promise<void> {
  const app = parent.withTypeProvider<ValibotTypes>();
  const { logbook, rights, seeing, house } = app;
  /** Owners see all; others what concerns the tiles they see. */
  const visibleTo = ({ known }: FastifyRequest): Pick<LogFilter, 'visibleTiles'> => {
    if (!known) return { visibleTiles: [] };
    if (mayManage(known.person.role)) return {};
    return { visibleTiles: seeing.view(known.person.id, house.current().house).tiles.map(({ id }) => id) };
  };

  app.get(
    '/api/log',
    { schema: { querystring: query }, config: { needs: 'login' } },
    async (request): Promise<LogReply> => {
      const { limit = defaultLimit } = request.query;
      const filter = { ...filterOf(request.query), ...visibleTo(request) };
      const entries = logbook.list(filter, limit + 1);
      return {
        serverNowMs: nowMs(),
        timeZone: rights.timeZone(),
        entries: entries.slice(0, limit),
        hasMore: entries.length > limit,
        refusedToday: logbook.refusedToday(filter.visibleTiles),
      };
    },
  );

  app.get('/api/log.csv', { schema: { querystring: query }, config: { needs: 'login' } }, async (request, reply) => {
    reply.header('content-type', 'text/csv; charset=utf-8');
    reply.header('content-disposition', `attachment; filename="${logCsvName}"`);
    return toCsv(logbook.list({ ...filterOf(request.query), ...visibleTo(request) }, maxCsvRows));
  });
}
