import { fillNames } from '../../../shared/acl/filters.ts';
import { topicLevels } from '../../../shared/mqtt/topic.ts';
import type { PeopleKey } from '../../text/people.ts';

/** What a rule's filter means, where the filter alone does not say it. */
export function ruleWords(filter: string): PeopleKey | undefined {
  const levels = topicLevels(filter);
  if (filter === '#') return 'rule.all';
  if (levels.includes('%c')) return levels.includes('%u') ? 'rule.userAndClient' : 'rule.client';
  if (!levels.includes('%u')) return undefined;
  if (levels[0] === '%u') return 'rule.userFirst';
  return levels[0] === '+' && levels[1] === '%u' ? 'rule.userSecond' : 'rule.user';
}

/** The filter as it reads for one MQTT user; client ids differ from connection to connection. */
export const filterFor = (filter: string, userName: string | undefined): string =>
  userName === undefined ? filter : (fillNames(filter, { userName, clientId: '%c' }) ?? filter);
