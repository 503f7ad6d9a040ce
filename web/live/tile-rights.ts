import type { OwnAccess } from '../../shared/api/people.ts';
import type { TileRights } from '../../shared/tile/fold.ts';

/** What this person may do with single tiles, as the newest snapshot says. The broker decides; this is only drawn. */
export interface KnownRights {
  /** Absent = everything that the tile itself allows. */
  of(tileId: string): TileRights | undefined;
  /** Tiles are drawn anew only when something changed. */
  isSame(access: RightsAccess): boolean;
}
type RightsAccess = Pick<OwnAccess, 'viewOnly' | 'hold' | 'ranges' | 'pin'>;

const keyOf = ({ viewOnly, hold, ranges, pin }: RightsAccess): string => JSON.stringify([viewOnly, hold, ranges, pin]);

export function tileRights(access: RightsAccess): KnownRights {
  const { ranges = {}, pin = {} } = access;
  const [looking, holding] = [new Set(access.viewOnly), new Set(access.hold)];
  const of = (id: string): TileRights => ({
    isViewOnly: looking.has(id),
    needsHold: holding.has(id),
    ranges: ranges[id],
    pin: pin[id],
  });
  const ids = [...looking, ...holding, ...Object.keys(ranges), ...Object.keys(pin)];
  const byTile = new Map(ids.map((id) => [id, of(id)]));
  const known = keyOf(access);
  return { of: (tileId) => byTile.get(tileId), isSame: (other) => keyOf(other) === known };
}
