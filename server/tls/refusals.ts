import type { Clock } from '../broker/engine/clock.ts';

/** The same address is logged once in this time, however often it knocks. */
const quietMs = 10 * 60_000;
/** Addresses that are remembered; the one that was noted first goes first. */
const maxAddresses = 500;

/** Lets through the first of many equal lines. */
export function createQuietLog(clock: Clock, write: (line: string) => void): (key: string, line: string) => void {
  const notedMs = new Map<string, number>();
  return (key, line) => {
    const nowMs = clock.now();
    if (nowMs - (notedMs.get(key) ?? -Infinity) < quietMs) return;
    notedMs.delete(key);
    notedMs.set(key, nowMs);
    const [oldest] = notedMs.keys();
    if (notedMs.size > maxAddresses && oldest !== undefined) notedMs.delete(oldest);
    write(line);
  };
}

/** OpenSSL's own word for what went wrong (`unsupported protocol`), without where in its source. */
export const reasonOf = (error: Error): string =>
  'reason' in error && typeof error.reason === 'string' ? error.reason : error.message;
