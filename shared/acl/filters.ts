import { isCleanText, isServerTopic, isSharedFilter, isTopicFilter, topicLevels } from '../mqtt/topic.ts';

/** `+/#` says the same as `#`. */
const levelsOf = (filter: string): readonly string[] => (filter === '+/#' ? ['#'] : topicLevels(filter));

const startsWild = ([first]: readonly string[]): boolean => first === '+' || first === '#';

/** Whether every topic that matches `inner` matches `outer` too. */
export function covers(outer: string, inner: string): boolean {
  const [wanted, levels] = [levelsOf(outer), levelsOf(inner)];
  if (isServerTopic(inner) && startsWild(wanted)) return false; // [MQTT-4.7.2-1]
  for (const [index, level] of wanted.entries()) {
    if (level === '#') return true;
    const other = levels[index];
    if (other === undefined || other === '#') return false;
    if (level !== '+' && level !== other) return false;
  }
  return levels.length === wanted.length;
}

/** The filter of all topics that match both; undefined when there is none. */
export function intersection(first: string, second: string): string | undefined {
  const [ones, others] = [levelsOf(first), levelsOf(second)];
  const isApart = (isServerTopic(first) && startsWild(others)) || (isServerTopic(second) && startsWild(ones)); // [MQTT-4.7.2-1]
  return isApart ? undefined : meet(ones, others)?.join('/');
}

function meet(ones: readonly string[], others: readonly string[]): readonly string[] | undefined {
  const common: string[] = [];
  for (let index = 0; index <= Math.max(ones.length, others.length); index++) {
    const [one, other] = [ones[index], others[index]];
    if (one === '#') return [...common, ...others.slice(index)];
    if (other === '#') return [...common, ...ones.slice(index)];
    if (one === undefined || other === undefined) return one === other ? common : undefined;
    if (one !== other && one !== '+' && other !== '+') return undefined;
    common.push(one === '+' ? other : one);
  }
  return common;
}

/** What stands for `%u` and `%c` in a rule. */
export interface Names {
  readonly userName: string;
  readonly clientId: string;
}

const placeholders = { '%u': 'userName', '%c': 'clientId' } as const satisfies Record<string, keyof Names>;
const isPlaceholder = (level: string): level is keyof typeof placeholders => level in placeholders;

export const hasClientId = (filter: string): boolean => topicLevels(filter).includes('%c');

/** A name that cannot change the shape of a filter. */
const isPlainLevel = (name: string): boolean => name !== '' && !/[/+#]/.test(name) && isCleanText(name);

/** A filter that may stand in a rule: `%u` and `%c` only as whole levels, no shared subscription. */
export const isRuleFilter = (filter: string): boolean =>
  isTopicFilter(filter) &&
  !isSharedFilter(filter) &&
  topicLevels(filter).every((level) => isPlaceholder(level) || !/%[uc]/.test(level));

/**
 * The rule's filter with the names filled in. A name that would change the filter's shape (`a/#`) gives undefined, so that an
 * allowance fits nothing; a denial (`unfit` = `+`) then fits every name.
 */
export function fillNames(filter: string, names: Names, unfit?: '+'): string | undefined {
  if (!filter.includes('%')) return filter;
  const levels = topicLevels(filter).map((level) => {
    if (!isPlaceholder(level)) return level;
    const name = names[placeholders[level]];
    return isPlainLevel(name) ? name : unfit;
  });
  return levels.includes(undefined) ? undefined : levels.join('/');
}
