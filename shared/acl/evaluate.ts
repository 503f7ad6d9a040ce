import type { AskReply, AskStep } from '../api/people.ts';
import { isServerTopic, parseSharedFilter, topicMatches } from '../mqtt/topic.ts';
import { saying, type Finding } from './finding.ts';
import { nextOpening } from './hours.ts';
import { againAtMs, limitsOf } from './limits.ts';
import { pinAsked, pinFindings } from './pin.ts';
import { ruleFindings } from './rules.ts';
import { isOwner, type Question, type Standing } from './standing.ts';
import { tileFindings, tileFindingsBelow } from './tiles.ts';
import type { Uses } from './uses.ts';

/** How often the answer is tried again to find the next yes. */
const maxOpenings = 32;

const isUnder = (root: string, topic: string): boolean => topic === root || topic.startsWith(`${root}/`);

const accountFinding = ({ isOut, endsAtMs }: Standing, { atMs }: Question): Finding => ({
  step: { kind: 'account' },
  ...(isOut || (endsAtMs !== undefined && endsAtMs <= atMs) ? { says: false } : {}),
});

/** `$…` is the server's: nobody writes there, pages read Kachel's own topics, owners and explicit rules read `$SYS`. */
export function systemSays(standing: Standing, { action, topic }: Question): boolean | undefined {
  if (!isServerTopic(topic)) return undefined;
  if (action === 'publish') return false;
  if (isUnder('$kachel', topic)) return standing.kind === 'person';
  if (!isUnder('$SYS', topic) || standing.kind === 'device') return undefined;
  return isOwner(standing) && standing.app?.rooms === undefined;
}

/** An app password never sends if it only sees, and knows only the tiles of its rooms. */
export function appSays({ app }: Standing, uses: Uses, { action, topic }: Question): false | undefined {
  if (!app) return undefined;
  if (action === 'publish' && app.level === 'see') return false;
  const { rooms } = app;
  if (!rooms) return undefined;
  const isThere = (one: string): boolean => uses.get(one)?.some(({ roomId }) => rooms.includes(roomId)) ?? false;
  const isKnown =
    isThere(topic) ||
    (action === 'subscribe' && [...uses.keys()].some((one) => topicMatches(topic, one) && isThere(one)));
  return isKnown ? undefined : false;
}

/** Everything that is asked, in order, whether or not somebody has decided before. */
function findingsFor(standing: Standing, uses: Uses, question: Question): readonly Finding[] {
  const { app, role } = standing;
  const system = systemSays(standing, question);
  return [
    accountFinding(standing, question),
    ...(isServerTopic(question.topic) ? [{ step: { kind: 'system' }, ...saying(system) } as const] : []),
    ...(app ? [{ step: { kind: 'app', name: app.name }, ...saying(appSays(standing, uses, question)) } as const] : []),
    ...pinFindings(standing, uses, question),
    ...ruleFindings(standing, question),
    ...(question.action === 'subscribe' ? tileFindingsBelow : tileFindings)(standing, uses, question),
    ...(role ? [{ step: { kind: 'role', name: role }, ...saying(isOwner(standing) ? true : undefined) } as const] : []),
    { step: { kind: 'closed' }, says: false },
  ];
}

/** The plain answer, with every rule that was looked at: the first that fits decides. */
function answer(standing: Standing, uses: Uses, question: Question): AskReply {
  const findings = findingsFor(standing, uses, question);
  const decisive = findings.findIndex(({ says }) => says !== undefined);
  const isAllowed = findings[decisive]?.says === true;
  const needsHold = isAllowed && question.action === 'publish' && findings.some((one) => one.needsHold);
  const outcome = (index: number): AskStep['outcome'] => {
    if (index === decisive) return 'decides';
    return index < decisive ? 'passes' : 'not-asked';
  };
  const way = isAllowed ? pinAsked(standing, uses, question) : undefined;
  const steps = findings
    .map(({ step }, index): AskStep => ({ ...step, outcome: outcome(index) }))
    .filter(({ kind, outcome: how }) => kind !== 'closed' || how === 'decides');
  return { isAllowed, ...(needsHold ? { needsHold } : {}), ...(way ? { needsPin: way } : {}), steps };
}

/** When one more use fits into the hour, if that is a question at all. */
function nextUse(standing: Standing, uses: Uses, { action, topic, spending, atMs }: Question): number | undefined {
  const limits = action === 'publish' && spending ? limitsOf(standing, uses, topic) : undefined;
  return limits && spending && againAtMs(limits, { spending, atMs });
}

/** When hours, or times per hour, are the reason: the next time at which the answer would be yes. */
function nextYes(standing: Standing, uses: Uses, question: Question): number | undefined {
  const all = standing.grants?.exceptions ?? [];
  const hours = all.flatMap((exception) =>
    exception.hours && uses.get(question.topic)?.some(({ tileId }) => tileId === exception.tileId)
      ? [exception.hours]
      : [],
  );
  const useMs = nextUse(standing, uses, question);
  let atMs = question.atMs;
  for (let tries = 0; tries < maxOpenings; tries++) {
    const openings = hours.map((one) => nextOpening(one, atMs, question.zone));
    const turns = [...openings, useMs].filter((one) => one !== undefined).filter((one) => one > atMs);
    if (turns.length === 0) return undefined;
    atMs = Math.min(...turns);
    if (answer(standing, uses, { ...question, atMs }).isAllowed) return atMs;
  }
  return undefined;
}

/** A shared subscription is judged by what it reads. */
const unshared = (question: Question): Question => ({
  ...question,
  topic: parseSharedFilter(question.topic)?.filter ?? question.topic,
});

/** May it, and which rule says so? */
export function evaluate(standing: Standing, uses: Uses, asked: Question): AskReply {
  const question = unshared(asked);
  const reply = answer(standing, uses, question);
  const decisive = reply.steps.find(({ outcome }) => outcome === 'decides');
  if (reply.isAllowed || (decisive?.hours === undefined && decisive?.because !== 'times')) return reply;
  const nextYesAtMs = nextYes(standing, uses, question);
  return nextYesAtMs === undefined ? reply : { ...reply, nextYesAtMs };
}
