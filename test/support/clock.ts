import type { Clock } from '../../server/broker/engine/clock.ts';

export interface TestClock extends Clock {
  /** Moves time on and runs the timers that fall due. */
  advance(ms: number): void;
}

interface Timer {
  readonly intervalMs: number;
  dueMs: number;
  readonly run: () => void;
}

/** A clock that stands still until it is told to move. */
export const testClock = (startMs = 1_700_000_000_000): TestClock => {
  let nowMs = startMs;
  const timers = new Set<Timer>();
  return {
    now: () => nowMs,
    every: (intervalMs, run) => {
      const timer = { intervalMs, dueMs: nowMs + intervalMs, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    endOfTurn: (run) => void setImmediate(run),
    advance: (ms) => {
      const endMs = nowMs + ms;
      for (;;) {
        let next: Timer | undefined;
        for (const timer of timers) {
          if (timer.dueMs <= endMs && (!next || timer.dueMs < next.dueMs)) next = timer;
        }
        if (!next) break;
        nowMs = next.dueMs;
        next.dueMs += next.intervalMs;
        next.run();
      }
      nowMs = endMs;
    },
  };
};
