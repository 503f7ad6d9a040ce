import type { Clock } from '../broker/engine/clock.ts';
import type { Store } from '../store/store.ts';

/** The highest time is written down at most this often, gentle to SD cards. */
const writeEveryMs = 5 * 60_000;
const key = 'clock-mark';

/** Time for ends of accounts, logins and invites: never before the last time that was written down. */
export interface WallClock {
  now(): number;
  /** True while the machine's clock lies behind. */
  readonly isBehind: () => boolean;
  /** Writes the time down; inside a transaction of the store. */
  mark(): void;
  dispose(): void;
}

/** A clock that starts in the past (no battery, no network) revives nothing that has ended. */
export function createWallClock(store: Store, clock: Clock): WallClock {
  const { db } = store;
  const read = db.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck();
  const put = db.prepare('INSERT OR REPLACE INTO setting VALUES (?, ?)');
  let markMs = Number(read.get(key) ?? 0);
  const mark = (): void => {
    markMs = Math.max(markMs, clock.now());
    put.run(key, String(markMs));
  };
  const write = (): void => void store.relaxed(mark);
  const stop = clock.every(writeEveryMs, write);
  return {
    now: () => Math.max(clock.now(), markMs),
    isBehind: () => clock.now() < markMs,
    mark,
    dispose: () => {
      stop();
      write();
    },
  };
}
