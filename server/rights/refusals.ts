import type { AskStep } from '../../shared/api/people.ts';
import { createOnceAMinute } from '../once-a-minute.ts';
import type { EngineEvent, Principal } from '../broker/engine/engine.ts';

export type RefusedEvent = Extract<EngineEvent, { type: 'refused' }>;

/** Longer names are legal; what is told and remembered of them is their beginning. */
const maxToldLength = 512;

const told = (topic: string): string =>
  topic.length > maxToldLength ? `${topic.slice(0, maxToldLength - 1)}…` : topic;

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

/** Lets each different refusal through once a minute, however often a client tries. */
export function createRefusals(explain: (event: RefusedEvent) => AskStep | undefined) {
  const isDue = createOnceAMinute();
  const listeners = new Set<(refused: Refused) => void>();
  let count = 0;
  return {
    note: (event: RefusedEvent): void => {
      count += 1;
      const { principal, clientId, action, atMs } = event;
      const topic = told(event.topic);
      if (!isDue(JSON.stringify([principal.kind, principal.id, action, topic]), atMs)) return;
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
