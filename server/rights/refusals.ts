import type { AskStep } from '../../shared/api/people.ts';
import type { EngineEvent, Principal } from '../broker/engine/engine.ts';

export type RefusedEvent = Extract<EngineEvent, { type: 'refused' }>;

/** A right said no, with the rule that decided. */
export interface Refused {
  readonly principal: Principal;
  readonly clientId: string;
  readonly action: 'publish' | 'subscribe';
  readonly topic: string;
  /** Absent for clients without an account. */
  readonly step?: AskStep;
  readonly atMs: number;
}

/** A client that tries again and again is told of once in so long … */
const tellEveryMs = 60_000;
/** … for so many different tries; the one that was told longest ago goes first. */
const maxRemembered = 1_000;

/** Lets each different refusal through once a minute, however often a client tries. */
export function createRefusals(explain: (event: RefusedEvent) => AskStep | undefined) {
  const toldAtMs = new Map<string, number>();
  const listeners = new Set<(refused: Refused) => void>();
  let count = 0;
  return {
    note: (event: RefusedEvent): void => {
      count += 1;
      const { principal, clientId, action, topic, atMs } = event;
      const key = JSON.stringify([principal.kind, principal.id, action, topic]);
      if (atMs - (toldAtMs.get(key) ?? -Infinity) < tellEveryMs) return;
      toldAtMs.delete(key);
      toldAtMs.set(key, atMs);
      const [oldest] = toldAtMs.keys();
      if (toldAtMs.size > maxRemembered && oldest !== undefined) toldAtMs.delete(oldest);
      const step = explain(event);
      const refused: Refused = { principal, clientId, action, topic, atMs, ...(step ? { step } : {}) };
      listeners.forEach((listener) => listener(refused));
    },
    on: (listener: (refused: Refused) => void): (() => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    count: (): number => count,
  };
}
