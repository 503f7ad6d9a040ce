import { FilterTree } from '../mqtt/filter-tree.ts';
import { TopicAnswers } from '../mqtt/topic-answers.ts';
import { hasWildcard, isServerTopic } from '../mqtt/topic.ts';
import { appSays, systemSays } from './evaluate.ts';
import { fillNames, type Names } from './filters.ts';
import { hasLimits, limitsOf, type TopicLimits } from './limits.ts';
import { pinSays } from './pin.ts';
import { allows, isOwner, needOf, type Action, type Question, type RuleList, type Standing } from './standing.ts';
import { tileFindings } from './tiles.ts';
import type { Uses } from './uses.ts';

/** Topics whose limits are remembered per subject. */
const maxKnownLimits = 1_000;
/** Topics whose answers are remembered per subject and action, in characters. */
const maxKnownCharacters = 100_000;

/** Answers about single topics, for one subject, one client id and one moment of the house's hours; remembered. */
export interface Decider {
  decide(action: Exclude<Action, 'subscribe'>, topic: string): boolean;
  /** What limits sending to a topic to which `decide` says yes; undefined: nothing. */
  limits(topic: string): TopicLimits | undefined;
}

type Access = RuleList['rules'][number]['access'];

/** What one list says about a topic: a denial wins, then an allowance. */
function compileList({ rules }: RuleList, names: Names) {
  const exact = new Map<string, Access[]>();
  const patterns = new FilterTree<{ readonly access: Access }>();
  /** What `#` says. */
  const everywhere: Access[] = [];
  for (const { access, filter: written } of rules) {
    const filter = fillNames(written, names, access === 'deny' ? '+' : undefined);
    if (filter === undefined) continue;
    if (filter === '#') everywhere.push(access);
    else if (hasWildcard(filter)) patterns.add(filter, { access });
    else exact.set(filter, [...(exact.get(filter) ?? []), access]);
  }
  const says = (action: Action, topic: string): boolean | undefined => {
    const need = needOf(action);
    let isAllowed = false;
    const note = (access: Access): boolean => {
      isAllowed ||= allows(access, need);
      return access === 'deny';
    };
    if (everywhere.length > 0 && !isServerTopic(topic) && everywhere.some(note)) return false;
    if (exact.get(topic)?.some(note)) return false;
    if (patterns.size > 0 && patterns.match(topic).some(({ access }) => note(access))) return false;
    return isAllowed ? true : undefined;
  };
  return { says, isAboutEverything: exact.size === 0 && patterns.size === 0 };
}

type List = ReturnType<typeof compileList>;

const anyTopic = 'any';

/**
 * The answer that every topic but the server's own gets, if lists without other rules than `#` decide it. Most devices are like that,
 * and ten thousand retained messages to one of them are ten thousand questions.
 */
function answerForAll(lists: readonly List[], action: Action): boolean | undefined {
  for (const { says, isAboutEverything } of lists) {
    if (!isAboutEverything) return undefined;
    const answer = says(action, anyTopic);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

/** Makes the fast form of `evaluate` for single topics. Ends and hours are those of `moment`: compile anew when they change. */
export function compile(standing: Standing, uses: Uses, moment: Pick<Question, 'atMs' | 'zone' | 'clientId'>): Decider {
  const hasEnded = standing.isOut || (standing.endsAtMs !== undefined && standing.endsAtMs <= moment.atMs);
  const names = { userName: standing.userName, clientId: moment.clientId };
  const lists = standing.lists.map((list) => compileList(list, names));

  const find = (action: Action, topic: string): boolean => {
    const question = { ...moment, action, topic };
    const before =
      systemSays(standing, question) ?? appSays(standing, uses, question) ?? pinSays(standing, uses, question);
    if (before !== undefined) return before;
    for (const { says } of lists) {
      const answer = says(action, topic);
      if (answer !== undefined) return answer;
    }
    return tileFindings(standing, uses, question).find(({ says }) => says !== undefined)?.says ?? isOwner(standing);
  };

  const known = { publish: new TopicAnswers(maxKnownCharacters), receive: new TopicAnswers(maxKnownCharacters) };
  const learn = (action: 'publish' | 'receive', topic: string): boolean => {
    const isAllowed = find(action, topic);
    known[action].add(topic, isAllowed);
    return isAllowed;
  };
  const forAll = standing.app
    ? { publish: undefined, receive: undefined }
    : { publish: answerForAll(lists, 'publish'), receive: answerForAll(lists, 'receive') };
  const knownLimits = new Map<string, TopicLimits | undefined>();
  const mayBeLimited = hasLimits(standing);
  return {
    limits: (topic) => {
      if (!mayBeLimited) return undefined;
      if (!knownLimits.has(topic)) {
        if (knownLimits.size >= maxKnownLimits) knownLimits.clear();
        const isRuled = lists.some(({ says }) => says('publish', topic) !== undefined);
        knownLimits.set(topic, isRuled ? undefined : limitsOf(standing, uses, topic));
      }
      return knownLimits.get(topic);
    },
    decide: (action, topic) => {
      if (hasEnded) return false;
      const answer = isServerTopic(topic) ? undefined : forAll[action];
      return answer ?? known[action].get(topic) ?? learn(action, topic);
    },
  };
}
