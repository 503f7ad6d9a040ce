import type { LogEntry } from '../../shared/api/logbook.ts';
import type { Clock } from '../broker/engine/clock.ts';
import type { Store } from '../store/store.ts';
import type { LogSink, NewEntry } from './commands.ts';
import { createLogbookStore, type LogFilter } from './logbook-store.ts';

/** A kill -9 may cost so much, and no more. */
const flushEveryMs = 5_000;
const pruneEveryMs = 60 * 60_000;
/** Entries in a minute; a device gone mad must not wash everything else out of the log. What is beyond is counted. */
export const maxEntriesPerMinute = 300;
const minuteMs = 60_000;
/** Entries that wait for a disk that is full or broken; the oldest is given up first. */
const maxUnwritten = 2_000;

/** Who did what, when. */
export interface Logbook extends LogSink {
  list(filter: LogFilter, limit: number): LogEntry[];
  /** In the last 24 hours; only those about these tiles, when given. */
  refusedToday(tiles?: readonly string[]): number;
  /** Entries that were lost to `maxEntriesPerMinute` since the start. */
  readonly lost: number;
  dispose(): void;
}

/** Number of an entry that was not taken. */
const notTaken = 0;

/** Lets through so many a minute. */
function createMeter(clock: Clock): () => boolean {
  let sinceMs = -Infinity;
  let count = 0;
  return () => {
    const nowMs = clock.now();
    if (nowMs - sinceMs >= minuteMs || nowMs < sinceMs) {
      sinceMs = nowMs;
      count = 0;
    }
    count += 1;
    return count <= maxEntriesPerMinute;
  };
}

function putBounded(entries: Map<number, LogEntry>, entry: LogEntry, max: number): void {
  entries.set(entry.id, entry);
  const [oldest] = entries.keys();
  if (entries.size > max && oldest !== undefined) entries.delete(oldest);
}

/** Gathers entries in memory and writes them together: SD cards wear out. */
export function createLogbook(store: Store, clock: Clock, warn: (message: string) => void = () => undefined): Logbook {
  const rows = createLogbookStore(store.db);
  /** Not written yet, or changed since. */
  const open = new Map<number, LogEntry>();
  /** The newest entries, which may still be amended after they were written. */
  const recent = new Map<number, LogEntry>();
  const isWithinLimit = createMeter(clock);
  /** Of their own, so that no device hides who changed rights. */
  const areDeedsWithinLimit = createMeter(clock);
  let lastId = rows.lastId();
  let lost = 0;
  let prunedMs = -Infinity;

  const flush = (): void => {
    const nowMs = clock.now();
    const isPruneDue = nowMs - prunedMs >= pruneEveryMs;
    if (open.size === 0 && !isPruneDue) return;
    const written = store.relaxed(() => {
      open.forEach((entry) => rows.put(entry));
      if (isPruneDue) rows.prune(nowMs);
    });
    if (!written.ok) return; // Kept in memory, tried again next time; the health of the store tells it.
    open.clear();
    if (isPruneDue) prunedMs = nowMs;
  };
  const remember = (entry: LogEntry): void => {
    putBounded(open, entry, maxUnwritten);
    putBounded(recent, entry, maxEntriesPerMinute);
  };
  const stop = clock.every(flushEveryMs, flush);

  return {
    add: (entry: NewEntry): number => {
      if (!(entry.kind === 'access' ? areDeedsWithinLimit() : isWithinLimit())) {
        if (lost++ === 0) warn('Too much happens at once: some entries are missing in the log of who switched what.');
        return notTaken;
      }
      lastId += 1;
      remember({ id: lastId, ...entry });
      return lastId;
    },
    amend: (id, change) => {
      const entry = recent.get(id);
      if (entry) remember({ ...entry, ...change });
    },
    list: (filter, limit) => {
      flush();
      return rows.list(filter, limit);
    },
    refusedToday: (tiles) => {
      flush();
      return rows.refusedToday(clock.now(), tiles);
    },
    get lost() {
      return lost;
    },
    dispose: () => {
      stop();
      flush();
    },
  };
}
