import type { GridColumns, House, Layout, Placement, Room, Tile, TileSize } from '../../../shared/house/house.ts';
import { layoutClass, layoutFor, type LayoutClass } from '../../../shared/house/layout.ts';
import { addTile, moveTile, removeTile, resizeTile } from '../../../shared/house/rearrange.ts';

/** The grid that is being arranged. */
export interface GridPlace {
  readonly roomId: string;
  readonly columns: GridColumns;
}

const changeRoom = (house: House, roomId: string, change: (room: Room) => Room): House => ({
  ...house,
  rooms: house.rooms.map((room) => (room.id === roomId ? change(room) : room)),
});

/** Applies a change to every saved layout of a room. */
const changeLayouts = (room: Room, change: (layout: Layout) => Layout): Room => {
  const classes: readonly LayoutClass[] = ['phone', 'panel', 'desktop'];
  const layouts = { ...room.layouts };
  for (const name of classes) {
    const layout = layouts[name];
    if (layout) layouts[name] = change(layout);
  }
  return { ...room, layouts };
};

/** Placements as they stand in this grid: saved, or flowed from the phone. */
export const placementsOf = (house: House, { roomId, columns }: GridPlace): Placement[] => {
  const room = house.rooms.find((one) => one.id === roomId);
  return room ? layoutFor(room, columns) : [];
};

const isSamePlace = (a: Placement, b: Placement | undefined): boolean =>
  a.tileId === b?.tileId && a.x === b.x && a.y === b.y && a.size === b.size;

/** Writes the placements of one grid; from then on this width has its own layout. The same placements change nothing. */
function arrange(house: House, place: GridPlace, change: (now: Placement[]) => Placement[]): House {
  const now = placementsOf(house, place);
  const next = change(now);
  if (next.length === now.length && next.every((one, index) => isSamePlace(one, now[index]))) return house;
  const layout: Layout = { columns: place.columns, placements: next };
  return changeRoom(house, place.roomId, (room) => ({
    ...room,
    layouts: { ...room.layouts, [layoutClass(place.columns)]: layout },
  }));
}

export const moveInGrid = (
  house: House,
  place: GridPlace,
  to: { readonly tileId: string; readonly x: number; readonly y: number },
): House => arrange(house, place, (now) => moveTile(now, place.columns, to.tileId, to));

export const resizeInGrid = (
  house: House,
  place: GridPlace,
  to: { readonly tileId: string; readonly size: TileSize },
): House => arrange(house, place, (now) => resizeTile(now, place.columns, to.tileId, to.size));

/** The size a tile has in a room's phone layout, which every room has. */
const phoneSize = (room: Room | undefined, tileId: string): TileSize | undefined =>
  room?.layouts.phone.placements.find((one) => one.tileId === tileId)?.size;

/** Puts a new tile at the first free place of every saved layout of its room. */
export const addToRoom = (house: House, tile: Tile, size: TileSize): House => ({
  ...changeRoom(house, tile.roomId, (room) =>
    changeLayouts(room, (layout) => ({
      ...layout,
      placements: addTile(layout.placements, layout.columns, tile.id, size),
    })),
  ),
  tiles: [...house.tiles, tile],
});

/** Takes a tile out of the house and all its layouts. */
export const removeFromHouse = (house: House, tileId: string): House => ({
  ...house,
  rooms: house.rooms.map((room) =>
    changeLayouts(room, (layout) => ({ ...layout, placements: removeTile(layout.placements, tileId) })),
  ),
  tiles: house.tiles.filter((tile) => tile.id !== tileId),
});

/** Moves a tile to the first free place of another room, in the size it had. */
export function moveToRoom(house: House, tileId: string, roomId: string): House {
  const tile = house.tiles.find((one) => one.id === tileId);
  if (!tile || tile.roomId === roomId || !house.rooms.some((room) => room.id === roomId)) return house;
  const size =
    phoneSize(
      house.rooms.find((room) => room.id === tile.roomId),
      tileId,
    ) ?? '2x1';
  const without = removeFromHouse(house, tileId);
  const moved = addToRoom(without, { ...tile, roomId }, size);
  // The list of tiles keeps its order, so that a move reads as a move to everybody who merges.
  const order = new Map(house.tiles.map((one, index) => [one.id, index]));
  return { ...moved, tiles: moved.tiles.toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0)) };
}

/** A second tile with the same bindings in the same room. */
export function copyTile(house: House, tileId: string, copy: { readonly id: string; readonly title: string }): House {
  const tile = house.tiles.find((one) => one.id === tileId);
  if (!tile) return house;
  const size =
    phoneSize(
      house.rooms.find((room) => room.id === tile.roomId),
      tileId,
    ) ?? '2x1';
  return addToRoom(house, { ...tile, ...copy }, size);
}

/** Changes one tile; when its room changed too it moves there. */
export function replaceTile(house: House, tile: Tile): House {
  const old = house.tiles.find((one) => one.id === tile.id);
  if (!old) return house;
  const moved = old.roomId === tile.roomId ? house : moveToRoom(house, tile.id, tile.roomId);
  return { ...moved, tiles: moved.tiles.map((one) => (one.id === tile.id ? tile : one)) };
}
