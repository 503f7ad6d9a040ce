import type { FastifyInstance } from 'fastify';
import type { Problem } from '../../shared/api/problem.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Question } from '../rights/asking.ts';

/** May this person, device or app password, and why? Times are told in the time zone of the house. */
export function answerOne(
  { asking, rights }: FastifyInstance,
  who: string,
  question: Question,
): Result<unknown, Problem> {
  const found = asking.find(who);
  if (!found) return fail({ code: 'not-found', message: `There is nobody called ${who}.`, params: { name: who } });
  const answered = asking.ask(found.subject, question);
  if (!answered.ok) return answered;
  const { isAllowed, nextYesAtMs, needsPin, steps } = answered.value;
  const format = { dateStyle: 'short', timeStyle: 'short', timeZone: rights.timeZone() } as const;
  return ok({
    name: found.name,
    isAllowed,
    step: steps.find(({ outcome }) => outcome === 'decides'),
    ...(needsPin ? { needsPin: true } : {}),
    ...(nextYesAtMs === undefined ? {} : { nextYes: new Intl.DateTimeFormat('sv', format).format(nextYesAtMs) }),
  });
}

/** Everybody and everything with the rule that decides. */
export function answerAll({ asking }: FastifyInstance, question: Question): Result<unknown, Problem> {
  const answered = asking.who(question);
  if (!answered.ok) return answered;
  return ok(answered.value.map(({ name, isAllowed, decidedBy }) => ({ name, isAllowed, step: decidedBy })));
}
