import { clockAt, type ZoneOffset } from '../../shared/acl/hours.ts';
import { againAtMs, limitAgainst, type SpentBy, type TopicLimits } from '../../shared/acl/limits.ts';
import { tellLimit } from '../../shared/api/limit-refusal.ts';
import type { LimitReason } from '../../shared/api/limits.ts';
import type { SpendingBook } from './spending.ts';

export interface Inspected {
  readonly personId: string;
  readonly limits: TopicLimits;
  readonly payload: Uint8Array;
  readonly atMs: number;
}

export interface InspectingParts {
  readonly book: SpendingBook;
  /** Takes one use from a card for good; false: there is none, or it could not be written down. */
  readonly takeUse: (personId: string) => boolean;
  /** Of the house, now. */
  readonly zone: () => ZoneOffset;
}

/** Looks at what limited people send. A yes counts as a use, unless it belongs to one that goes on. */
export function createInspecting({ book, takeUse, zone }: InspectingParts) {
  const spend = ({ personId, limits, atMs }: Inspected, { spending }: SpentBy): LimitReason | undefined => {
    const { timed, usesLeft, countedAs } = limits;
    const isCardGoing = spending.isGoing(countedAs, atMs);
    if (usesLeft !== undefined && !isCardGoing && !takeUse(personId)) return 'uses';
    const counted = new Set(timed.map(({ tileId }) => tileId));
    if (usesLeft !== undefined) counted.add(countedAs);
    const begun = [...counted].filter((tileId) => !spending.isGoing(tileId, atMs));
    if (begun.length > 0) book.note(personId, begun, atMs);
    return undefined;
  };
  const againAt = (limits: TopicLimits, spent: SpentBy): string | undefined => {
    const atMs = againAtMs(limits, spent);
    return atMs === undefined || limits.isClosedAt(atMs, zone()) ? undefined : clockAt(atMs, zone());
  };
  return (inspected: Inspected): string | undefined => {
    const { personId, limits, payload, atMs } = inspected;
    const spent = { spending: book.of(personId), atMs };
    const because = limitAgainst(limits, payload, spent) ?? spend(inspected, spent);
    if (because !== 'times') return because && tellLimit({ because });
    return tellLimit({ because, againAt: againAt(limits, spent) });
  };
}
