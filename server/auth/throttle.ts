/** Wrong tries that cost nothing: people mistype. */
const freeTries = 5;
const firstPauseMs = 1_000;
const longestPauseMs = 60_000;
/** After this long without a try, all is forgotten. */
const forgetAfterMs = 15 * 60_000;
/** (name, address) pairs that are remembered; the oldest goes first. */
const maxRemembered = 5_000;

interface Tries {
  count: number;
  lastMs: number;
}

/** Slows down guessing for one name from one address. Others, and the same person from elsewhere, never notice. */
export interface Throttle {
  /** How long this pair has to wait, ms; 0 = not at all. */
  waitMs(name: string, address: string): number;
  failed(name: string, address: string): void;
  succeeded(name: string, address: string): void;
  readonly size: number;
}

const pauseAfter = (count: number): number =>
  count < freeTries ? 0 : Math.min(longestPauseMs, firstPauseMs * 2 ** (count - freeTries));

export function createThrottle(nowMs: () => number): Throttle {
  const remembered = new Map<string, Tries>();
  const keyOf = (name: string, address: string): string => JSON.stringify([name.slice(0, 80), address]);
  const current = (key: string): Tries | undefined => {
    const tries = remembered.get(key);
    if (tries && nowMs() - tries.lastMs < forgetAfterMs) return tries;
    remembered.delete(key);
    return undefined;
  };
  return {
    waitMs: (name, address) => {
      if (remembered.size === 0) return 0;
      const tries = current(keyOf(name, address));
      return tries ? Math.max(0, tries.lastMs + pauseAfter(tries.count) - nowMs()) : 0;
    },
    failed: (name, address) => {
      const key = keyOf(name, address);
      const count = (current(key)?.count ?? 0) + 1;
      remembered.delete(key);
      remembered.set(key, { count, lastMs: nowMs() });
      const [oldest] = remembered.keys();
      if (remembered.size > maxRemembered && oldest !== undefined) remembered.delete(oldest);
    },
    succeeded: (name, address) => void remembered.delete(keyOf(name, address)),
    get size() {
      return remembered.size;
    },
  };
}
