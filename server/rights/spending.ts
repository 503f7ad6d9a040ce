import { nothingSpent, usesWithinMs, type Spending } from '../../shared/acl/limits.ts';
import { maxTimesPerHour, oneUseMs } from '../../shared/api/limits.ts';

/** Tiles whose uses are remembered per person; then the one that was used first goes. A house has no more. */
const maxTiles = 2_000;

/** When uses of one tile began, the oldest first: at most as many as anybody may be allowed, and the one that goes on. */
type Begins = readonly number[];

/** Who used which tile when, within the last hour. */
export interface SpendingBook {
  of(personId: string): Spending;
  note(personId: string, tileIds: Iterable<string>, atMs: number): void;
}

/**
 * In memory, as it is a brake and no account: a restart gives an hour's uses back, and nobody who is limited can restart the server.
 * A clock that was set back makes them count longer, never shorter: `auth.nowMs` does not run backwards beyond what was written down.
 */
export function createSpendingBook(): SpendingBook {
  const people = new Map<string, Map<string, Begins>>();
  const inHour = (begins: Begins | undefined, atMs: number): Begins =>
    begins?.filter((beganMs) => beganMs > atMs - usesWithinMs) ?? [];
  const forget = (atMs: number): void => {
    for (const [personId, tiles] of people) {
      for (const [tileId, begins] of tiles) if (inHour(begins, atMs).length === 0) tiles.delete(tileId);
      if (tiles.size === 0) people.delete(personId);
    }
  };
  return {
    of: (personId) => {
      const tiles = people.get(personId);
      if (!tiles) return nothingSpent;
      return {
        isGoing: (tileId, atMs) => (tiles.get(tileId)?.at(-1) ?? -Infinity) > atMs - oneUseMs,
        begins: (tileId) => tiles.get(tileId) ?? [],
      };
    },
    note: (personId, tileIds, atMs) => {
      forget(atMs);
      const tiles = people.get(personId) ?? new Map<string, Begins>();
      people.set(personId, tiles);
      for (const tileId of tileIds) {
        const begins = [...inHour(tiles.get(tileId), atMs), atMs].slice(-maxTimesPerHour);
        tiles.delete(tileId);
        tiles.set(tileId, begins);
        const [oldest] = tiles.keys();
        if (tiles.size > maxTiles && oldest !== undefined) tiles.delete(oldest);
      }
    },
  };
}
