import type { Logins } from './logins.ts';

/** Logins that are remembered; the one that was seen longest ago goes first. */
const maxRemembered = 1_000;
/** After this long without a plain visit somebody is thought to have found the way to HTTPS. */
const forgetAfterMs = 7 * 86_400_000;

interface PlainVisit {
  readonly personId: string;
  readonly atMs: number;
}

/** Which logins came over HTTP without encryption, from another machine than this one. */
export interface PlainLogins {
  note(login: { readonly id: string; readonly personId: string }, atMs: number): void;
  /** Live logins that came plainly in the last week, newest first. */
  list(): readonly PlainVisit[];
  readonly sinceMs: number;
}

/** In memory: it tells of what happened since the start. */
export function createPlainLogins(logins: Pick<Logins, 'personOf'>, nowMs: () => number): PlainLogins {
  const visits = new Map<string, PlainVisit>();
  const isOpen = ([id, { atMs }]: [string, PlainVisit]): boolean =>
    nowMs() - atMs < forgetAfterMs && logins.personOf(id, nowMs()) !== undefined;
  return {
    note: ({ id, personId }, atMs) => {
      visits.delete(id);
      visits.set(id, { personId, atMs });
      const [oldest] = visits.keys();
      if (visits.size > maxRemembered && oldest !== undefined) visits.delete(oldest);
    },
    list: () =>
      [...visits]
        .filter(isOpen)
        .map(([, visit]) => visit)
        .reverse(),
    sinceMs: nowMs(),
  };
}
