import type { LimitReason } from '../api/limits.ts';
import type { Exception, Grants, Level } from '../api/people.ts';
import { hasWildcard, topicMatches } from '../mqtt/topic.ts';
import { saying, withFirst, type Finding } from './finding.ts';
import { isOpenAt } from './hours.ts';
import { limitSays } from './limits.ts';
import { grantsOf, needOf, type Need, type Question, type Standing } from './standing.ts';
import { roomLevel, type TileUse, type Uses } from './uses.ts';

/** What a level allows with one topic of a tile; undefined: it has no answer. */
function levelSays(level: Level, use: TileUse, need: Need): boolean | undefined {
  const mayOperate = level === 'operate';
  if (need === 'write') return use.isSend ? mayOperate : undefined;
  if (use.isRead) return level !== 'no';
  // Who may operate may read the command topic too; for others it is not a topic of this tile.
  return mayOperate ? true : undefined;
}

/** An exception that says no to its tile says no to each of its topics; outside of its hours only seeing is left. */
function exceptionSays({ level, hours }: Exception, use: TileUse, question: Question): boolean | undefined {
  if (level === 'no') return false;
  const isOpen = !hours || isOpenAt(hours, question.atMs, question.zone);
  return levelSays(isOpen ? level : 'see', use, needOf(question.action));
}

function exceptionFinding(exception: Exception, use: TileUse, question: Question): Finding {
  const { level, hours, hold, pin, range, timesPerHour } = exception;
  return {
    step: {
      kind: 'exception',
      name: use.title,
      tileId: use.tileId,
      roomId: use.roomId,
      level,
      ...(hours ? { hours } : {}),
      ...(range ? { range } : {}),
      ...(timesPerHour === undefined ? {} : { timesPerHour }),
      ...(pin ? { pin } : {}),
    },
    ...saying(exceptionSays(exception, use, question)),
    ...(hold ? { needsHold: true } : {}),
  };
}

/** Whose limit it is: an exception's own, else the card's as a whole. */
const isLimitOf = ({ step: { range, timesPerHour } }: Finding, because: LimitReason): boolean =>
  (because === 'range' && range !== undefined) || (because === 'times' && timesPerHour !== undefined);

/** A limit only ever turns a yes into a no; what sets it is asked first then. */
function withLimit(findings: readonly Finding[], because: LimitReason | undefined, grants: Grants): readonly Finding[] {
  const isAllowed = findings.find(({ says }) => says !== undefined)?.says === true;
  if (because === undefined || !isAllowed) return findings;
  const owner = findings.find((finding) => isLimitOf(finding, because));
  if (owner) {
    const { needsHold: _hold, ...rest } = owner;
    const decisive: Finding = { ...rest, step: { ...rest.step, because }, says: false };
    return [decisive, ...findings.filter((finding) => finding !== owner)];
  }
  const { atMostPercent } = grants;
  const step = { kind: 'card', because, ...(atMostPercent === undefined ? {} : { atMostPercent }) } as const;
  return [{ step, says: false }, ...findings];
}

/** One finding per room; any tile there that says yes is enough. */
function roomFindings(grants: Grants, uses: readonly TileUse[], need: Need): readonly Finding[] {
  const byRoom = new Map<string, readonly TileUse[]>();
  for (const use of uses) byRoom.set(use.roomId, [...(byRoom.get(use.roomId) ?? []), use]);
  return [...byRoom.values()].map((ofRoom) => {
    const [first] = ofRoom;
    const level = roomLevel(grants, first?.roomId ?? '');
    const answers = ofRoom.map((use) => levelSays(level, use, need));
    const says = answers.includes(true) ? true : answers.find((answer) => answer !== undefined);
    return {
      step: { kind: 'room', name: first?.roomName ?? '', roomId: first?.roomId ?? '', level },
      ...saying(says),
    };
  });
}

/** What exceptions and rooms say about one topic: an exception that says no first, then those that say yes, then the rooms. */
export function tileFindings(standing: Standing, uses: Uses, question: Question): readonly Finding[] {
  const grants = grantsOf(standing);
  const ofTopic = uses.get(question.topic);
  if (!grants || !ofTopic) return [];
  const exceptionOf = ({ tileId }: TileUse): Exception | undefined =>
    grants.exceptions.find((exception) => exception.tileId === tileId);
  const exceptions = ofTopic.flatMap((use) => {
    const exception = exceptionOf(use);
    return exception ? [exceptionFinding(exception, use, question)] : [];
  });
  const others = ofTopic.filter((use) => !exceptionOf(use));
  const rooms = withFirst(true, roomFindings(grants, others, needOf(question.action)));
  return withLimit([...withFirst(false, exceptions), ...rooms], limitSays(standing, uses, question), grants);
}

/** For a filter that an app subscribes to: the tiles below it. People's pages ask for single topics. */
export function tileFindingsBelow(standing: Standing, uses: Uses, question: Question): readonly Finding[] {
  if (!hasWildcard(question.topic)) return tileFindings(standing, uses, question);
  if (standing.kind !== 'app') return [];
  for (const topic of uses.keys()) {
    if (!topicMatches(question.topic, topic)) continue;
    const [first] = tileFindings(standing, uses, { ...question, topic });
    if (first?.says) return [first];
  }
  return [];
}
