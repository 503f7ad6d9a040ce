import type { Database } from 'better-sqlite3';
import type { LogEntry, LogKind } from '../../shared/api/logbook.ts';

const dayMs = 86_400_000;
/** Older entries go. */
export const maxAgeMs = 90 * dayMs;
/** More entries than this are not kept, however young. */
export const maxRows = 100_000;
const refusedSpanMs = dayMs;

export interface LogFilter {
  readonly kind?: LogKind;
  readonly tileId?: string;
  readonly roomId?: string;
  readonly actorId?: string;
  /** `person`, `device` …: who did it. */
  readonly actorKinds?: readonly string[];
  /** Part of a name, topic or payload, whatever the case. */
  readonly search?: string;
  /** Only entries older than this one. */
  readonly beforeId?: number;
  /** Only entries of these tiles; absent = all, also those without a tile. */
  readonly visibleTiles?: readonly string[];
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&');
/** As it stands inside the JSON of an entry. */
const insideJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/** A filter as the query takes it. */
const parametersOf = (filter: LogFilter): Record<string, string | number | null> => ({
  beforeId: filter.beforeId ?? null,
  kind: filter.kind ?? null,
  tileId: filter.tileId ?? null,
  roomId: filter.roomId ?? null,
  actorId: filter.actorId ?? null,
  actorKinds: filter.actorKinds ? JSON.stringify(filter.actorKinds) : null,
  visible: filter.visibleTiles ? JSON.stringify(filter.visibleTiles) : null,
  search: filter.search === undefined ? null : `%${escapeLike(insideJson(filter.search))}%`,
});

/** Entries as they lie in the database. Writes belong into a transaction of the store. */
export function createLogbookStore(db: Database) {
  const put = db.prepare(
    `INSERT OR REPLACE INTO logbook (id, at_ms, kind, actor_kind, actor_id, tile_id, room_id, entry)
     VALUES (:id, :atMs, :kind, :actorKind, :actorId, :tileId, :roomId, :entry)`,
  );
  const lastId = db.prepare<[], number | null>('SELECT max(id) FROM logbook').pluck();
  const dropOld = db.prepare('DELETE FROM logbook WHERE at_ms < ?');
  const dropMany = db.prepare(`DELETE FROM logbook WHERE id <= (SELECT max(id) FROM logbook) - ${maxRows}`);
  const refused = db
    .prepare<[{ fromMs: number; visible: string | null }], number>(
      `SELECT count(*) FROM logbook WHERE kind = 'refused' AND at_ms >= :fromMs
         AND (:visible IS NULL OR tile_id IN (SELECT value FROM json_each(:visible)))`,
    )
    .pluck();
  const select = db
    .prepare<[Record<string, string | number | null>], string>(
      `SELECT entry FROM logbook
       WHERE (:beforeId IS NULL OR id < :beforeId)
         AND (:kind IS NULL OR kind = :kind)
         AND (:tileId IS NULL OR tile_id = :tileId)
         AND (:roomId IS NULL OR room_id = :roomId)
         AND (:actorId IS NULL OR actor_id = :actorId)
         AND (:actorKinds IS NULL OR actor_kind IN (SELECT value FROM json_each(:actorKinds)))
         AND (:visible IS NULL OR tile_id IN (SELECT value FROM json_each(:visible)))
         AND (:search IS NULL OR entry LIKE :search ESCAPE '\\')
       ORDER BY id DESC LIMIT :limit`,
    )
    .pluck();

  return {
    put: (entry: LogEntry) =>
      void put.run({
        id: entry.id,
        atMs: entry.atMs,
        kind: entry.kind,
        actorKind: entry.actor?.kind ?? null,
        actorId: entry.actor?.id ?? null,
        tileId: entry.tile?.id ?? null,
        roomId: entry.tile?.roomId ?? null,
        entry: JSON.stringify(entry),
      }),
    lastId: (): number => lastId.get() ?? 0,
    /** Newest first. */
    list: (filter: LogFilter, limit: number): LogEntry[] =>
      select
        .all({
          ...parametersOf(filter),
          limit,
        })
        .map((text) => JSON.parse(text) as LogEntry),
    refusedToday: (nowMs: number, tiles?: readonly string[]): number =>
      refused.get({ fromMs: nowMs - refusedSpanMs, visible: tiles ? JSON.stringify(tiles) : null }) ?? 0,
    prune: (nowMs: number): void => {
      dropOld.run(nowMs - maxAgeMs);
      dropMany.run();
    },
  };
}
export type LogbookStore = ReturnType<typeof createLogbookStore>;
