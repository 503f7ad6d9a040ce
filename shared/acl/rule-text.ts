import { accesses, type TopicRule } from '../api/people.ts';
import { isRuleFilter } from './filters.ts';

/** Reads `readwrite a/#`: an access, then a filter, which may hold blanks. Undefined when it is no rule. */
export function parseRule(text: string): TopicRule | undefined {
  const [, word = '', filter = ''] = /^\s*(\S+)\s+(.*?)\s*$/s.exec(text) ?? [];
  const access = accesses.find((one) => one === word.toLowerCase());
  return access && isRuleFilter(filter) ? { access, filter } : undefined;
}

export const formatRule = ({ access, filter }: TopicRule): string => `${access} ${filter}`;
