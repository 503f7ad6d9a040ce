import type { Database } from 'better-sqlite3';
import { maxSnapshotPayloadBytes, type TopicValue } from '../../shared/api/contract.ts';
import type { Delivery } from '../broker/engine/engine.ts';
import { cutPayload, toPayloadJson } from '../payload-json.ts';
import type { LastMessage } from '../topics/topic-index.ts';

/** Payloads are kept up to what a snapshot can carry; live pages get the whole message by MQTT. */
export const maxKeptPayloadBytes = maxSnapshotPayloadBytes;
/** The usual interval is the median of so many last ones … */
const maxIntervals = 9;
/** … once there are at least three (four messages). */
const minIntervals = 3;

interface Kept extends LastMessage {
  readonly intervalsMs: readonly number[];
}

interface Row {
  readonly topic: string;
  readonly payload: Buffer;
  readonly size_bytes: number;
  readonly at_ms: number;
  readonly published_by: string | null;
  readonly is_retained: number;
  readonly intervals: string;
}

const toKept = (row: Row): Kept => ({
  payload: row.payload,
  sizeBytes: row.size_bytes,
  atMs: row.at_ms,
  isRetained: row.is_retained === 1,
  intervalsMs: row.intervals === '' ? [] : row.intervals.split(',').map(Number),
  ...(row.published_by === null ? {} : { by: row.published_by }),
});

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

const toValue = (topic: string, kept: Kept): TopicValue => ({
  topic,
  ...toPayloadJson(kept.payload, kept.sizeBytes),
  atMs: kept.atMs,
  retained: kept.isRetained,
  ...(kept.by === undefined ? {} : { by: kept.by }),
  ...(kept.intervalsMs.length < minIntervals ? {} : { usualIntervalMs: median(kept.intervalsMs) }),
});

/** The last message of every bound topic: answered from memory, written down now and then. */
export interface LastValues {
  note(delivery: Delivery): void;
  /** Keeps exactly these topics from now on; `find` knows what a new one said before. */
  keepOnly(topics: ReadonlySet<string>, find: (topic: string) => LastMessage | undefined): void;
  /** Known ones of these topics, or all. */
  list(topics?: readonly string[]): TopicValue[];
  readonly isDirty: boolean;
  /** Writes what changed; call inside a transaction, then `written`. */
  write(): void;
  written(): void;
}

export function createLastValues(db: Database): LastValues {
  const select = db.prepare<[], Row>('SELECT * FROM last_value');
  const upsert = db.prepare('INSERT OR REPLACE INTO last_value VALUES (?, ?, ?, ?, ?, ?, ?)');
  const remove = db.prepare('DELETE FROM last_value WHERE topic = ?');
  const kept = new Map<string, Kept>(select.all().map((row) => [row.topic, toKept(row)]));
  /** Topics to write, or to delete when nothing is kept any more. */
  let dirty = new Set<string>();
  const set = (topic: string, value: Kept): void => {
    kept.set(topic, value);
    dirty.add(topic);
  };
  const save = (topic: string): void => {
    const value = kept.get(topic);
    if (!value) return void remove.run(topic);
    const { payload, sizeBytes, atMs, by = null, isRetained, intervalsMs } = value;
    upsert.run(topic, payload, sizeBytes, atMs, by, Number(isRetained), intervalsMs.join(','));
  };
  return {
    note: ({ message, publisher, atMs }) => {
      const before = kept.get(message.topic);
      const intervals = before ? [...before.intervalsMs, Math.max(0, atMs - before.atMs)] : [];
      set(message.topic, {
        payload: cutPayload(message.payload, maxKeptPayloadBytes),
        sizeBytes: message.payload.length,
        atMs,
        isRetained: message.retain,
        intervalsMs: intervals.slice(-maxIntervals),
        ...(publisher ? { by: publisher.principal.name } : {}),
      });
    },
    keepOnly: (topics, find) => {
      for (const topic of kept.keys()) {
        if (topics.has(topic)) continue;
        kept.delete(topic);
        dirty.add(topic);
      }
      for (const topic of topics) {
        const last = kept.has(topic) ? undefined : find(topic);
        if (last) set(topic, { ...last, intervalsMs: [] });
      }
    },
    list: (topics = [...kept.keys()]) =>
      topics.flatMap((topic) => {
        const value = kept.get(topic);
        return value ? [toValue(topic, value)] : [];
      }),
    get isDirty() {
      return dirty.size > 0;
    },
    write: () => dirty.forEach(save),
    written: () => {
      dirty = new Set();
    },
  };
}
