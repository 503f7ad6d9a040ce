import type { House } from '../../shared/house/house.ts';
import { repairHouse } from '../../shared/house/merge.ts';

/**
 * The house without the demo: its tiles go, and its rooms unless somebody put tiles of their own into them.
 * What people added or built elsewhere stays as it is.
 */
export function withoutDemo(house: House, demo: House): House {
  const demoTiles = new Set(demo.tiles.map((tile) => tile.id));
  const demoRooms = new Set(demo.rooms.map((room) => room.id));
  const tiles = house.tiles.filter((tile) => !demoTiles.has(tile.id));
  const inUse = new Set(tiles.map((tile) => tile.roomId));
  const rooms = house.rooms.filter((room) => !demoRooms.has(room.id) || inUse.has(room.id));
  return repairHouse({ ...house, rooms, tiles });
}
