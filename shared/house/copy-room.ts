import type { House, Tile } from './house.ts';
import { mapLayouts } from './layout.ts';
import { repairHouse } from './merge.ts';

/** Copies of all tiles of one room, for another. */
export interface RoomCopy {
  readonly fromRoomId: string;
  readonly toRoomId: string;
  /** Id of each copied tile → id of its copy; tiles without one stay behind. */
  readonly ids: ReadonlyMap<string, string>;
}

/**
 * Puts copies of a room's tiles into another room, bound to the same topics and lying as they lie there; what the other room
 * already has comes behind them. Copies are nobody's favourites: Home would show each twice.
 */
export function copyRoom(house: House, { fromRoomId, toRoomId, ids }: RoomCopy): House {
  const from = house.rooms.find((room) => room.id === fromRoomId);
  const to = house.rooms.find((room) => room.id === toRoomId);
  if (!from || !to || from === to) return house;
  const copies = house.tiles.flatMap((tile): Tile[] => {
    const id = ids.get(tile.id);
    if (tile.roomId !== fromRoomId || id === undefined) return [];
    const { favourite: _favourite, ...plain } = tile;
    return [{ ...plain, id, roomId: toRoomId }];
  });
  const { layouts } = mapLayouts(from, (layout) => ({
    ...layout,
    placements: layout.placements.flatMap((one) => {
      const tileId = ids.get(one.tileId);
      return tileId === undefined ? [] : [{ ...one, tileId }];
    }),
  }));
  const rooms = house.rooms.map((room) => (room === to ? { ...to, layouts } : room));
  return repairHouse({ ...house, rooms, tiles: [...house.tiles, ...copies] });
}

/** The house without some of its tiles. */
export const withoutTiles = (house: House, ids: ReadonlySet<string>): House =>
  repairHouse({ ...house, tiles: house.tiles.filter(({ id }) => !ids.has(id)) });
