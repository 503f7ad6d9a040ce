import { maxCommandBytes } from '../../shared/acl/written.ts';
import { maxLogPayloadLength } from '../../shared/api/logbook.ts';
import type { AskStep } from '../../shared/api/people.ts';
import { decodeUtf8, shorten } from '../../shared/payload/text.ts';
import { createOnceAMinute } from '../once-a-minute.ts';
import type { EngineEvent, Principal } from '../broker/engine/engine.ts';

export type RefusedEvent = Extract<EngineEvent, { type: 'refused' }>;

/** Longer names are legal; what is told and remembered of them is their beginning. */
const maxToldLength = 512;

const told = (topic: string): string =>
  topic.length > maxToldLength ? `${topic.slice(0, maxToldLength - 1)}…` : topic;

const toldPayload = (payload: Uint8Array): string | undefined => {
  const text = payload.length <= maxCommandBytes ? decodeUtf8(payload) : undefined;
  return text === undefined ? undefined : shorten(text, maxLogPayloadLength);
};

/** A right said no, with the rule that decided. */
export interface Refused {
  readonly principal: Principal;
  readonly clientId: string;
  readonly action: 'publish' | 'subscribe';
  readonly topic: string;
  /** What was refused for what it says, shortened; absent when it is no text. */
  readonly payload?: string;
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
      const payload = event.payload && toldPayload(event.payload);
      const refused: Refused = {
        principal,
        clientId,
        action,
        topic,
        atMs,
        ...(step ? { step } : {}),
        ...(payload === undefined ? {} : { payload }),
      };
      listeners.forEach((listener) => listener(refused));
    },
    on: (listener: (refused: Refused) => void): (() => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    count: (): number => count,
  };
}
