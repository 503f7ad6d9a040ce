import { hasWildcard, topicMatches } from '../mqtt/topic.ts';
import { covers, fillNames, intersection, type Names } from './filters.ts';
import { allows, needOf, type ListedRule, type Question, type RuleList, type Standing } from './standing.ts';
import type { Finding } from './finding.ts';

interface Filled {
  readonly listed: ListedRule;
  readonly filter: string;
}

const isDenial = ({ listed }: Filled): boolean => listed.access === 'deny';

/** The list's rules with this subject's names in them. */
function fill({ rules }: RuleList, names: Names, atMs: number): readonly Filled[] {
  return rules.flatMap((listed) => {
    if (listed.untilMs !== undefined && listed.untilMs <= atMs) return [];
    const filter = fillNames(listed.filter, names, listed.access === 'deny' ? '+' : undefined);
    return filter === undefined ? [] : [{ listed, filter }];
  });
}

/** What every list of explicit rules says to a question, in order; one finding per list that has rules. */
export function ruleFindings(standing: Standing, question: Question): readonly Finding[] {
  const names = { userName: standing.userName, clientId: question.clientId };
  const denials: string[] = [];
  return standing.lists
    .filter(({ rules }) => rules.length > 0)
    .map((list) => {
      const filled = fill(list, names, question.atMs);
      denials.push(...filled.filter(isDenial).map(({ filter }) => filter));
      const fits = fitterFor(standing, question, denials);
      const decisive = filled.find((rule) => isDenial(rule) && fits(rule)) ?? filled.find(fits);
      return findingOf(list, decisive);
    });
}

/** Whether a rule has an answer to the question. */
function fitterFor(standing: Standing, { action, topic }: Question, denials: readonly string[]) {
  const isPattern = action === 'subscribe' && hasWildcard(topic);
  const mayReachOver = standing.kind !== 'person';
  return (rule: Filled): boolean => {
    const { listed, filter } = rule;
    if (!isDenial(rule) && !allows(listed.access, needOf(action))) return false;
    if (!isPattern) return topicMatches(filter, topic);
    if (covers(filter, topic)) return true;
    if (isDenial(rule) || !mayReachOver) return false;
    const common = intersection(filter, topic);
    return common !== undefined && !denials.some((denial) => covers(denial, common));
  };
}

function findingOf({ kind }: RuleList, decisive: Filled | undefined): Finding {
  if (!decisive) return { step: { kind } };
  const { access, filter, name, untilMs } = decisive.listed;
  return {
    step: { kind, rule: { access, filter }, name: name ?? filter, ...(untilMs === undefined ? {} : { untilMs }) },
    says: access !== 'deny',
  };
}
