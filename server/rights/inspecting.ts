import { limitAgainst, type Spending, type TopicLimits } from '../../shared/acl/limits.ts';
import type { LimitReason } from '../../shared/api/limits.ts';
import type { SpendingBook } from './spending.ts';

/** What a client reads beside 0x87. */
const words: Readonly<Record<LimitReason, string>> = {
  range: 'not within the range that this account may set',
  times: 'used as often in an hour as this account may',
  uses: 'no uses are left',
};

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
}

/** Looks at what limited people send. A yes counts as a use, unless it belongs to one that goes on. */
export function createInspecting({ book, takeUse }: InspectingParts) {
  const spend = ({ personId, limits, atMs }: Inspected, spending: Spending): LimitReason | undefined => {
    const { timed, usesLeft, countedAs } = limits;
    const isCardGoing = spending.isGoing(countedAs);
    if (usesLeft !== undefined && !isCardGoing && !takeUse(personId)) return 'uses';
    const counted = new Set(timed.map(({ tileId }) => tileId));
    if (usesLeft !== undefined) counted.add(countedAs);
    const begun = [...counted].filter((tileId) => !spending.isGoing(tileId));
    if (begun.length > 0) book.note(personId, begun, atMs);
    return undefined;
  };
  return (inspected: Inspected): string | undefined => {
    const { personId, limits, payload, atMs } = inspected;
    const spending = book.of(personId, atMs);
    const because = limitAgainst(limits, payload, spending) ?? spend(inspected, spending);
    return because && words[because];
  };
}
