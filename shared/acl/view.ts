import type { RoleRanges } from '../api/limits.ts';
import type { Exception, OwnAccess, Role } from '../api/people.ts';
import type { House, Tile, Way } from '../house/house.ts';
import { withOnly } from '../house/layout.ts';
import { joinedWays } from './pin.ts';
import { hasRanges, rangesOf } from './ranges.ts';
import { grantsOf, type Standing } from './standing.ts';
import { roomLevel, sendTopicsOf, tileLevel } from './uses.ts';

/** Devices, people, rights, settings of the house. */
export const mayManage = (role: Role): boolean => role === 'owner';
/** Rooms and tiles; and logins for other programs. */
export const mayArrange = (role: Role): boolean => role === 'owner' || role === 'member';

/** The house as somebody sees it: rooms and tiles without a right are not there at all. */
export function viewOf(house: House, standing: Standing): House {
  const grants = grantsOf(standing);
  if (!grants) return house;
  const tiles = house.tiles.filter((tile) => tileLevel(grants, tile) !== 'no');
  const ids = new Set(tiles.map(({ id }) => id));
  const inhabited = new Set(tiles.map(({ roomId }) => roomId));
  const rooms = house.rooms.filter(({ id }) => roomLevel(grants, id) !== 'no' || inhabited.has(id));
  return { ...house, tiles, rooms: rooms.map((room) => withOnly(room, (tileId) => ids.has(tileId))) };
}

/** What is asked about each command topic. */
export interface Sending {
  readonly maySend: (topic: string) => boolean;
  readonly pinWay: (topic: string) => Way | undefined;
}

/** What somebody may do with the house that he sees. */
export function accessOf(view: House, standing: Standing, { maySend, pinWay }: Sending): OwnAccess {
  const { role = 'guest' } = standing;
  const isSeenOnly = (tile: Tile): boolean => [...sendTopicsOf(tile)].some((topic) => !maySend(topic));
  const isHeld = ({ hold, pin }: Exception): boolean => hold === true && !pin; // the PIN comes instead
  const held = new Set(grantsOf(standing)?.exceptions.flatMap((one) => (isHeld(one) ? [one.tileId] : [])));
  const ranges = rangesIn(view, standing);
  const asking = view.tiles.flatMap((tile) => {
    const way = joinedWays([...sendTopicsOf(tile)].flatMap((topic) => pinWay(topic) ?? []));
    return way === undefined ? [] : [[tile.id, way] as const];
  });
  return {
    mayArrange: mayArrange(role),
    mayManage: mayManage(role),
    viewOnly: view.tiles.filter(isSeenOnly).map(({ id }) => id),
    hold: view.tiles.filter(({ id }) => held.has(id)).map(({ id }) => id),
    ...(Object.keys(ranges).length > 0 ? { ranges } : {}),
    ...(asking.length > 0 ? { pin: Object.fromEntries(asking) } : {}),
  };
}

/** Tile → what may be set there, for those tiles that are limited. */
function rangesIn({ tiles }: House, standing: Standing): Readonly<Record<string, RoleRanges>> {
  const grants = grantsOf(standing);
  if (!grants) return {};
  const rangeOf = (tileId: string) => grants.exceptions.find((exception) => exception.tileId === tileId)?.range;
  return Object.fromEntries(
    tiles
      .map(({ id, bindings }) => [id, rangesOf(bindings, rangeOf(id), grants.atMostPercent)] as const)
      .filter(([, ranges]) => hasRanges(ranges)),
  );
}
