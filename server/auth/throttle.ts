import { placeOf } from '../place-of.ts';

/** Wrong tries that cost nothing: people mistype. */
const freeTries = 5;
/** The same for one name from all addresses together; only those that never got in with this name wait then. */
const freeTriesPerName = 100;
const firstPauseMs = 1_000;
const longestPauseMs = 60_000;
/** After this long without a try, all is forgotten. */
const forgetAfterMs = 15 * 60_000;
/** (name, address) pairs, and names, that are remembered; the oldest goes first. */
const maxRemembered = 5_000;

interface Tries {
  count: number;
  lastMs: number;
}

/**
 * Slows down guessing for one name: from one address soon, from many addresses together later. Others, and the same person from
 * where he got in before, never notice.
 */
export interface Throttle {
  /** How long this pair has to wait, ms; 0 = not at all. */
  waitMs(name: string, address: string): number;
  failed(name: string, address: string): void;
  succeeded(name: string, address: string): void;
  readonly size: number;
}

/** Codes have so many bits that nobody guesses them from anywhere; their tries have names that no account can have. */
const isCode = (name: string): boolean => name.startsWith('\0');

const pauseAfter = (count: number, free: number): number =>
  count < free ? 0 : Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(count - free, 10));

/** Counts tries by a key; forgets the oldest when it is full. */
function createTries(nowMs: () => number) {
  const remembered = new Map<string, Tries>();
  const current = (key: string): Tries | undefined => {
    const tries = remembered.get(key);
    if (tries && nowMs() - tries.lastMs < forgetAfterMs) return tries;
    remembered.delete(key);
    return undefined;
  };
  return {
    waitMs: (key: string, free: number): number => {
      const tries = current(key);
      return tries ? Math.max(0, tries.lastMs + pauseAfter(tries.count, free) - nowMs()) : 0;
    },
    add: (key: string): void => {
      const count = (current(key)?.count ?? 0) + 1;
      remembered.delete(key);
      remembered.set(key, { count, lastMs: nowMs() });
      const [oldest] = remembered.keys();
      if (remembered.size > maxRemembered && oldest !== undefined) remembered.delete(oldest);
    },
    delete: (key: string): void => void remembered.delete(key),
    get size() {
      return remembered.size;
    },
  };
}

export function createThrottle(nowMs: () => number): Throttle {
  const pairs = createTries(nowMs);
  const names = createTries(nowMs);
  /** Pairs that got in; the oldest goes first. */
  const welcome = new Set<string>();
  const nameOf = (name: string): string => name.slice(0, 80);
  const pairOf = (name: string, address: string): string => `${placeOf(address)} ${nameOf(name)}`; // addresses have no spaces
  let latest = '';
  return {
    waitMs: (name, address) => {
      if (pairs.size === 0 && names.size === 0) return 0;
      const pair = pairOf(name, address);
      const byAll = welcome.has(pair) ? 0 : names.waitMs(nameOf(name), freeTriesPerName);
      return Math.max(byAll, pairs.waitMs(pair, freeTries));
    },
    failed: (name, address) => {
      pairs.add(pairOf(name, address));
      if (!isCode(name)) names.add(nameOf(name));
    },
    succeeded: (name, address) => {
      const pair = pairOf(name, address);
      pairs.delete(pair);
      if (pair === latest) return;
      latest = pair;
      welcome.delete(pair);
      welcome.add(pair);
      const [oldest] = welcome;
      if (welcome.size > maxRemembered && oldest !== undefined) welcome.delete(oldest);
    },
    get size() {
      return pairs.size;
    },
  };
}
