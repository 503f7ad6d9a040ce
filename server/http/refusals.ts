import type { FastifyRequest } from 'fastify';
import type { ProblemCode } from '../../shared/api/problem.ts';
import { createOnceAMinute } from '../once-a-minute.ts';
import { addressOf } from './request-origin.ts';

/** Answers that somebody gets who tries what he may not; all others are mistakes. */
const suspicious = [
  'wrong-login',
  'wrong-password',
  'wrong-setup-code',
  'wrong-invite',
  'too-many-tries',
  'account-ended',
  'not-allowed',
  'foreign-origin',
  'foreign-host',
] as const satisfies readonly ProblemCode[];
type Suspicious = (typeof suspicious)[number];

const isSuspicious = (code: ProblemCode): code is Suspicious => suspicious.some((one) => one === code);

/** Refused requests: counted, and told in the log once a minute per reason and address. */
export interface Refusals {
  note(code: ProblemCode, request: FastifyRequest): void;
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
      if (!isDue(`${code} ${address}`, nowMs())) return;
      const { method, routeOptions, known } = request;
      const by = known?.person.name;
      request.log.warn({ code, address, method, route: routeOptions.url, by, count }, 'A request was refused.');
    },
    counts: () => counts,
  };
}
