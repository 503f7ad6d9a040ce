import type { FastifyBaseLogger } from 'fastify';
import type { IncomingMessage } from 'node:http';
import type { ProblemCode } from '../../shared/api/problem.ts';
import { createOnceAMinute } from '../once-a-minute.ts';
import { placeOf } from '../place-of.ts';
import { addressOf } from './request-origin.ts';

/** Answers that somebody gets who tries what he may not; all others are mistakes. */
const suspicious = [
  'wrong-login',
  'wrong-password',
  'wrong-pin',
  'pin-locked',
  'wrong-setup-code',
  'wrong-invite',
  'too-many-tries',
  'account-ended',
  'not-at-home',
  'not-allowed',
  'foreign-origin',
  'foreign-host',
] as const satisfies readonly ProblemCode[];
type Suspicious = (typeof suspicious)[number];

const isSuspicious = (code: ProblemCode): code is Suspicious => suspicious.some((one) => one === code);

/** What is told of a request: Fastify's own fits, and an upgrade has no more. */
export interface Refusable {
  readonly raw: IncomingMessage;
  readonly log: FastifyBaseLogger;
  readonly routeOptions?: { readonly url?: string | undefined };
  readonly known?: { readonly person: { readonly name: string } } | undefined;
}

/** Refused requests: counted, and told in the log once a minute per reason and place. */
export interface Refusals {
  note(code: ProblemCode, request: Refusable): void;
  /** Since the start. */
  counts(): Readonly<Partial<Record<Suspicious, number>>>;
}

export function createRefusals(nowMs: () => number): Refusals {
  const counts: Partial<Record<Suspicious, number>> = {};
  const isDue = createOnceAMinute();
  return {
    note: (code, request) => {
      if (!isSuspicious(code)) return;
      const count = (counts[code] ?? 0) + 1;
      counts[code] = count;
      const address = addressOf(request.raw);
      if (!isDue(`${code} ${placeOf(address)}`, nowMs())) return;
      const by = request.known?.person.name;
      const told = { code, address, method: request.raw.method, route: request.routeOptions?.url, by, count };
      request.log.warn(told, 'A request was refused.');
    },
    counts: () => counts,
  };
}
