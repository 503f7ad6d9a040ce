import { maxTopicRules, type TopicRule, type UsedTopic } from '../api/people.ts';
import { hasWildcard, isServerTopic, topicLevels } from '../mqtt/topic.ts';
import { covers } from './filters.ts';

/** So many topics side by side are taken together, if there are at least so many levels above them. */
const minSiblings = 3;
const minPrefixLevels = 2;
/** A first level of its own (`zigbee2mqtt/…`) needs more evidence. */
const minUnderRoot = 8;

type Need = UsedTopic['access'];

/** Letters and digits alone, so that `Plug 1`, `plug-1` and `plug_1` are one name. */
const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** The prefix up to the level that carries the device's own name: everything below it is its own. */
function ownPrefix(levels: readonly string[], names: ReadonlySet<string>): readonly string[] | undefined {
  const index = levels.findIndex((level) => names.has(plain(level)));
  return index < 0 ? undefined : levels.slice(0, index + 1);
}

/** `a/b/#` for a topic among many below `a/b`. */
function sharedPrefix(levels: readonly string[], counts: ReadonlyMap<string, number>): readonly string[] | undefined {
  for (let length = minPrefixLevels; length < levels.length; length++) {
    const prefix = levels.slice(0, length);
    if ((counts.get(prefix.join('/')) ?? 0) >= minSiblings) return prefix;
  }
  const root = levels.slice(0, 1);
  return levels.length > 1 && (counts.get(root.join('/')) ?? 0) >= minUnderRoot ? root : undefined;
}

/** How many of the topics lie below each prefix. */
function countPrefixes(topics: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const topic of topics) {
    const levels = topicLevels(topic);
    for (let length = 1; length < levels.length; length++) {
      const prefix = levels.slice(0, length).join('/');
      counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
    }
  }
  return counts;
}

/** A filter that begins with a wildcard reaches over the whole house: nobody is advised to allow that. */
const isTooWide = (filter: string): boolean => /^[+#]/.test(filter) || filter === '' || isServerTopic(filter);

function narrow(filter: string, names: ReadonlySet<string>, counts: ReadonlyMap<string, number>): string {
  if (hasWildcard(filter)) return filter;
  const levels = topicLevels(filter);
  const prefix = ownPrefix(levels, names) ?? sharedPrefix(levels, counts);
  return prefix ? `${prefix.join('/')}/#` : filter;
}

/** Those that no other covers, each once. */
const withoutCovered = (filters: readonly string[]): readonly string[] => {
  const once = [...new Set(filters)];
  return once.filter((filter) => !once.some((other) => other !== filter && covers(other, filter)));
};

function filtersFor(need: Need, used: readonly UsedTopic[], names: ReadonlySet<string>): readonly string[] {
  const wanted = used.filter(({ access, filter }) => access === need && !isTooWide(filter)).map(({ filter }) => filter);
  const counts = countPrefixes(wanted);
  return withoutCovered(wanted.map((filter) => narrow(filter, names, counts)));
}

/**
 * Narrow rules that allow what a device used: below its own name where the topic has one, else below a common prefix, else the
 * single topics. What reaches over everything (`#`) is left out. `names`: user name, device name, client ids.
 */
export function proposeRules(used: readonly UsedTopic[], names: readonly string[]): readonly TopicRule[] {
  const known = new Set(names.map(plain).filter((name) => name.length > 1));
  const writes = filtersFor('write', used, known);
  const reads = filtersFor('read', used, known);
  const both = writes.filter((filter) => reads.includes(filter));
  const rules: readonly TopicRule[] = [
    ...both.map((filter) => ({ access: 'readwrite', filter }) as const),
    ...writes.filter((one) => !both.includes(one)).map((filter) => ({ access: 'write', filter }) as const),
    ...reads.filter((one) => !both.includes(one)).map((filter) => ({ access: 'read', filter }) as const),
  ];
  return rules.slice(0, maxTopicRules);
}
