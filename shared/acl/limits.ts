import type { Exception, Grants, Hours } from '../api/people.ts';
import type { LimitReason, RoleRanges } from '../api/limits.ts';
import { isOpenAt, nextMinute, type ZoneOffset } from './hours.ts';
import { hasRanges, rangesOf } from './ranges.ts';
import { grantsOf, type Question, type Standing } from './standing.ts';
import type { TileUse, Uses } from './uses.ts';
import { isWritten, type Form } from './written.ts';

/** What somebody has used so far. */
export interface Spending {
  /** A use of this tile is going on: what comes then belongs to it. */
  isGoing(tileId: string, atMs: number): boolean;
  /** When uses of this tile began, the oldest first; those that are an hour old may be missing. */
  begins(tileId: string): readonly number[];
}
/** Times per hour count within this. */
export const usesWithinMs = 3_600_000;
/** What was used, looked at from one moment. */
export interface SpentBy {
  readonly spending: Spending;
  readonly atMs: number;
}

/** Nothing was used yet: what a question without a moment in mind is answered by. */
export const nothingSpent: Spending = { isGoing: () => false, begins: () => [] };

const exceptionFor = ({ exceptions }: Grants, tileId: string): Exception | undefined =>
  exceptions.find((exception) => exception.tileId === tileId);

const rangesFor = (grants: Grants, { tileId, bindings }: TileUse): RoleRanges =>
  rangesOf(bindings, exceptionFor(grants, tileId)?.range, grants.atMostPercent);

/** The roles that send to a topic, each with its range for this person. */
function formsOf(grants: Grants, senders: readonly TileUse[], topic: string): readonly Form[] {
  return senders.flatMap((use) => {
    const ranges = rangesFor(grants, use);
    return Object.entries(use.bindings)
      .filter(([, { commandTopic }]) => commandTopic === topic)
      .map(([role, binding]): Form => ({ binding, range: ranges[role] }));
  });
}

/** What limits somebody's commands to one topic. */
export interface TopicLimits {
  /** The tile whose uses are counted; a topic of none counts by itself. */
  readonly countedAs: string;
  /** Tiles that send here and may be used only so often. */
  readonly timed: readonly { readonly tileId: string; readonly timesPerHour: number; readonly hours?: Hours }[];
  /** What the card has left; absent = it does not count. */
  readonly usesLeft?: number;
  isWithinRange(payload: Uint8Array): boolean;
  /** Whether hours or an end close it by then, for whoever is told when it works again. */
  isClosedAt(atMs: number, zone: ZoneOffset): boolean;
}

/** Whether anything of somebody is limited; most people have nothing of the kind. */
export function hasLimits(standing: Standing): boolean {
  const grants = grantsOf(standing);
  if (!grants) return false;
  const { exceptions, atMostPercent } = grants;
  const isLimited = ({ range, timesPerHour }: Exception): boolean => range !== undefined || timesPerHour !== undefined;
  return standing.usesLeft !== undefined || atMostPercent !== undefined || exceptions.some(isLimited);
}

/** Undefined: nothing limits it. Only rooms and tiles have limits; where a topic rule says yes, they are not asked. */
export function limitsOf(standing: Standing, uses: Uses, topic: string): TopicLimits | undefined {
  const grants = grantsOf(standing);
  if (!grants) return undefined;
  const senders = uses.get(topic)?.filter(({ isSend }) => isSend) ?? [];
  const isRanged = senders.some((use) => hasRanges(rangesFor(grants, use)));
  const timed = senders.flatMap(({ tileId }) => {
    const { timesPerHour, hours } = exceptionFor(grants, tileId) ?? {};
    return timesPerHour === undefined ? [] : [{ tileId, timesPerHour, ...(hours ? { hours } : {}) }];
  });
  const { usesLeft, endsAtMs = Infinity } = standing;
  if (!isRanged && timed.length === 0 && usesLeft === undefined) return undefined;
  const forms = isRanged ? formsOf(grants, senders, topic) : [];
  return {
    countedAs: senders[0]?.tileId ?? topic,
    timed,
    ...(usesLeft === undefined ? {} : { usesLeft }),
    isWithinRange: (payload) => !isRanged || isWritten(forms, payload),
    isClosedAt: (atMs, zone) =>
      endsAtMs <= atMs || timed.some(({ hours }) => hours !== undefined && !isOpenAt(hours, atMs, zone)),
  };
}

/** From when on one more use fits into the hour; undefined: it does so already. */
function freeFrom({ tileId, timesPerHour }: TopicLimits['timed'][number], { spending, atMs }: SpentBy) {
  if (spending.isGoing(tileId, atMs)) return undefined;
  const begins = spending.begins(tileId).filter((beganMs) => beganMs > atMs - usesWithinMs);
  const inTheWay = begins[begins.length - timesPerHour];
  return inTheWay === undefined ? undefined : inTheWay + usesWithinMs;
}

/** When times per hour refuse nothing any more, on a full minute as it is told; undefined: they do not refuse now. */
export function againAtMs({ timed }: TopicLimits, spent: SpentBy): number | undefined {
  const free = timed.map((one) => freeFrom(one, spent)).filter((one) => one !== undefined);
  return free.length === 0 ? undefined : nextMinute(Math.max(...free));
}

/** The limit that refuses a command now; `undefined`: none does. */
export function limitAgainst(limits: TopicLimits, payload: Uint8Array, spent: SpentBy): LimitReason | undefined {
  if (!limits.isWithinRange(payload)) return 'range';
  if (limits.timed.some((one) => freeFrom(one, spent) !== undefined)) return 'times';
  return limits.usesLeft === 0 && !spent.spending.isGoing(limits.countedAs, spent.atMs) ? 'uses' : undefined;
}

/** Which limit refuses what is asked. A question without a payload is not about what is sent, one without spending not about now. */
export function limitSays(standing: Standing, uses: Uses, question: Question): LimitReason | undefined {
  if (question.action !== 'publish' || !(question.payload ?? question.spending)) return undefined;
  const limits = limitsOf(standing, uses, question.topic);
  if (!limits) return undefined;
  const { payload, atMs, spending = nothingSpent } = question;
  const spent = { spending, atMs };
  return limitAgainst(payload ? limits : { ...limits, isWithinRange: () => true }, payload ?? noPayload, spent);
}

const noPayload = new Uint8Array();
