import { stepsBeforeAllowances } from '../../../shared/api/allowances.ts';
import type { AskInput, AskReply } from '../../../shared/api/people.ts';
import { isTopicName } from '../../../shared/mqtt/topic.ts';
import { decisiveOf } from './step-text.ts';

/** Whether something can be allowed for a while, or such a while can be ended. Never whole branches, and only now. */
export function allowanceFor({ topic, atMs }: AskInput, reply: AskReply): 'allow' | 'disallow' | undefined {
  const step = decisiveOf(reply);
  if (!step || atMs !== undefined || !isTopicName(topic)) return undefined;
  if (step.kind === 'allowance') return 'disallow';
  return reply.isAllowed || stepsBeforeAllowances.includes(step.kind) ? undefined : 'allow';
}
