import * as v from 'valibot';
import { isTopicName } from '../mqtt/topic.ts';
import { subjectSchema, type StepKind } from './people.ts';

/** Something that is refused, allowed for a short while: one subject, one action, one topic. */
export const allowanceBody = v.strictObject({
  subject: subjectSchema,
  action: v.picklist(['send', 'read']),
  /** Never a filter: a while is no reason to open whole branches. */
  topic: v.pipe(v.string(), v.maxLength(512), v.check(isTopicName, 'Not a topic')),
});
export type Allowance = v.InferOutput<typeof allowanceBody>;

/** POST /api/rights/allow (owner) · POST /api/rights/disallow ends it early. Both are written into the log. */
export interface AllowReply {
  readonly untilMs: number;
}

/** What is asked before every allowance: where one of these says no, none helps. */
export const stepsBeforeAllowances: readonly StepKind[] = ['account', 'system', 'app'];

export const allowanceMs = 15 * 60_000;
/** At a time, in the whole house. */
export const maxAllowances = 100;
