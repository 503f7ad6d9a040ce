import type { OwnAccess } from '../../shared/api/people.ts';
import type { TileRights } from '../../shared/tile/fold.ts';

/** What this person may do with single tiles, as the newest snapshot says. The broker decides; this is only drawn. */
export interface KnownRights {
  /** Absent = everything that the tile itself allows. */
  of(tileId: string): TileRights | undefined;
  /** Tiles are drawn anew only when something changed. */
  isSame(access: RightsAccess): boolean;
}
type RightsAccess = Pick<OwnAccess, 'viewOnly' | 'hold'>;

export function tileRights({ viewOnly, hold }: RightsAccess): KnownRights {
  const [looking, holding] = [new Set(viewOnly), new Set(hold)];
  const of = (id: string): TileRights => ({ isViewOnly: looking.has(id), needsHold: holding.has(id) });
  const byTile = new Map([...looking, ...holding].map((id) => [id, of(id)]));
  const known = JSON.stringify([viewOnly, hold]);
  return {
    of: (tileId) => byTile.get(tileId),
    isSame: (access) => JSON.stringify([access.viewOnly, access.hold]) === known,
  };
}
