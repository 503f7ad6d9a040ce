import type { Database } from 'better-sqlite3';
import type { SeriesPoint } from '../../shared/api/contract.ts';
import { addSample, bucketStart, coarseMs, keptCoarseMs, keptMs, sampleOf } from '../../shared/history/series.ts';
import type { Delivery } from '../broker/engine/engine.ts';
import type { Recorder } from './bound.ts';

/** Minute buckets of every recorded series: the newest in memory until they are written, the rest in the database. */
export interface Minutes {
  note(delivery: Delivery, recorders: readonly Recorder[]): void;
  /** Points of a series since a moment, oldest first. */
  since(key: string, fromMs: number): SeriesPoint[];
  readonly isDirty: boolean;
  /** Writes what is new; call inside a transaction, then `written`. */
  write(): void;
  written(): void;
  /** Joins what is older than a day to coarse buckets, deletes what is older than a week; call inside a transaction. */
  prune(nowMs: number): void;
}

interface Span {
  readonly id: number;
  readonly fromMs: number;
  readonly toMs: number;
}

interface Row {
  readonly start_ms: number;
  readonly min: number;
  readonly max: number;
}

function statements(db: Database) {
  return {
    addSeries: db.prepare('INSERT OR IGNORE INTO series (key) VALUES (?)'),
    seriesId: db.prepare<[string], number>('SELECT id FROM series WHERE key = ?').pluck(),
    upsert: db.prepare(`INSERT INTO bucket VALUES (?, ?, ?, ?) ON CONFLICT (series_id, start_ms)
      DO UPDATE SET min = min(min, excluded.min), max = max(max, excluded.max)`),
    read: db.prepare<[string, number], Row>(`SELECT start_ms, min, max FROM bucket
      WHERE series_id = (SELECT id FROM series WHERE key = ?) AND start_ms >= ? ORDER BY start_ms`),
    allSeries: db.prepare<[], number>('SELECT id FROM series').pluck(),
    join: db.prepare<Span>(`INSERT INTO bucket
      SELECT series_id, start_ms - start_ms % ${coarseMs}, min(min), max(max) FROM bucket
      WHERE series_id = @id AND start_ms >= @fromMs AND start_ms < @toMs AND start_ms % ${coarseMs} <> 0
      GROUP BY series_id, start_ms - start_ms % ${coarseMs}
      ON CONFLICT (series_id, start_ms) DO UPDATE SET min = min(min, excluded.min), max = max(max, excluded.max)`),
    pruneJoined: db.prepare<Span>(`DELETE FROM bucket
      WHERE series_id = @id AND start_ms >= @fromMs AND start_ms < @toMs AND start_ms % ${coarseMs} <> 0`),
    pruneOld: db.prepare<[number, number]>('DELETE FROM bucket WHERE series_id = ? AND start_ms < ?'),
    pruneSeries: db.prepare('DELETE FROM series WHERE id NOT IN (SELECT DISTINCT series_id FROM bucket)'),
  };
}

/** Lays unwritten points over written ones; both may have the same last minute. */
function join(written: readonly SeriesPoint[], fresh: readonly SeriesPoint[]): SeriesPoint[] {
  const joined = new Map(written.map((point) => [point[0], point]));
  for (const [startMs, min, max] of fresh) {
    const old = joined.get(startMs);
    joined.set(startMs, old ? [startMs, Math.min(old[1], min), Math.max(old[2], max)] : [startMs, min, max]);
  }
  return [...joined.values()].sort((a, b) => a[0] - b[0]);
}

export function createMinutes(db: Database): Minutes {
  const sql = statements(db);
  let fresh = new Map<string, SeriesPoint[]>();
  /** Everything before is joined already. */
  let joinedToMs = 0;
  return {
    note: ({ message, atMs }, recorders) => {
      for (const { key, binding } of recorders) {
        const value = sampleOf(binding, message.payload);
        if (value !== undefined) fresh.set(key, addSample(fresh.get(key) ?? [], atMs, value));
      }
    },
    since: (key, fromMs) => {
      const written = sql.read.all(key, fromMs).map((row): SeriesPoint => [row.start_ms, row.min, row.max]);
      const unwritten = (fresh.get(key) ?? []).filter(([startMs]) => startMs >= fromMs);
      return unwritten.length === 0 ? written : join(written, unwritten);
    },
    get isDirty() {
      return fresh.size > 0;
    },
    write: () => {
      for (const [key, points] of fresh) {
        sql.addSeries.run(key);
        const id = sql.seriesId.get(key);
        for (const [startMs, min, max] of points) sql.upsert.run(id, startMs, min, max);
      }
    },
    written: () => {
      fresh = new Map();
    },
    prune: (nowMs) => {
      const toMs = bucketStart(nowMs - keptMs, coarseMs);
      for (const id of sql.allSeries.all()) {
        const span = { id, fromMs: joinedToMs, toMs };
        sql.join.run(span);
        sql.pruneJoined.run(span);
        sql.pruneOld.run(id, nowMs - keptCoarseMs);
      }
      joinedToMs = toMs;
      sql.pruneSeries.run();
    },
  };
}
