import type { House, Layout, Placement, Room, Tile } from './house.ts';
import { cellsOf, firstFree, inReadingOrder, layoutClasses, mapLayouts, withOnly, type LayoutClass } from './layout.ts';

interface Identified {
  readonly id: string;
}

/**
 * What somebody who does not see everything made of what he sees, with everything hidden put back untouched: hidden tiles keep
 * their places (what was laid over them moves to the next free one), and a room that holds some cannot be deleted.
 */
export function putBackHidden(whole: House, seen: House, wanted: House): House {
  const seenTiles = new Set(seen.tiles.map(({ id }) => id));
  const hiddenTiles = whole.tiles.filter(({ id }) => !seenTiles.has(id));
  const seenRooms = new Set(seen.rooms.map(({ id }) => id));
  const isNeeded = ({ id }: Room): boolean => !seenRooms.has(id) || hiddenTiles.some(({ roomId }) => roomId === id);
  const safe = withOtherIds(wanted, {
    tiles: new Set(hiddenTiles.map(({ id }) => id)),
    rooms: new Set(whole.rooms.filter(({ id }) => !seenRooms.has(id)).map(({ id }) => id)),
  });
  const kept = new Set(safe.rooms.map(({ id }) => id));
  const hiddenIds = new Set(hiddenTiles.map(({ id }) => id));
  const isHidden = (tileId: string): boolean => hiddenIds.has(tileId);
  const missing = whole.rooms.filter((room) => isNeeded(room) && !kept.has(room.id));
  const rooms = inPlace(
    whole.rooms,
    safe.rooms.map((room) => withHiddenPlacements(room, roomOf(whole, room.id), isHidden)),
    missing.map((room) => withOnly(room, isHidden)),
  );
  return { ...safe, rooms, tiles: inPlace(whole.tiles, safe.tiles, hiddenTiles) };
}

const roomOf = ({ rooms }: House, roomId: string): Room | undefined => rooms.find(({ id }) => id === roomId);

/** Puts each missing item behind the one it stood behind before. */
function inPlace<T extends Identified>(before: readonly T[], now: readonly T[], missing: readonly T[]): T[] {
  const result = [...now];
  const order = before.map(({ id }) => id);
  for (const item of missing) {
    const earlier = order.slice(0, order.indexOf(item.id)).reverse();
    const anchor = earlier.map((id) => result.findIndex((one) => one.id === id)).find((index) => index >= 0);
    result.splice(anchor === undefined ? 0 : anchor + 1, 0, item);
  }
  return result;
}

/** A layout that the person made anew gets the hidden tiles of the phone's, at the first free places. */
function withHiddenPlacements(room: Room, before: Room | undefined, isHidden: (tileId: string) => boolean): Room {
  if (!before) return room;
  const layouts = { ...room.layouts };
  for (const name of layoutClasses) {
    const layout = layouts[name] ?? before.layouts[name];
    if (layout) layouts[name] = withHidden(layout, hiddenIn(before, name, isHidden));
  }
  return { ...room, layouts };
}

interface Hidden {
  readonly placements: readonly Placement[];
  /** Their places are meant for this number of columns; undefined: they have none here. */
  readonly columns: number | undefined;
}

function hiddenIn(before: Room, name: LayoutClass, isHidden: (tileId: string) => boolean): Hidden {
  const layout = before.layouts[name] ?? before.layouts.phone;
  const columns = before.layouts[name]?.columns;
  return { placements: layout.placements.filter(({ tileId }) => isHidden(tileId)), columns };
}

function withHidden(layout: Layout, hidden: Hidden): Layout {
  const { columns } = layout;
  const own = inReadingOrder(layout.placements);
  const isFixed = hidden.columns === columns;
  const placed: Placement[] = [...(isFixed ? hidden.placements : own)];
  for (const one of isFixed ? own : hidden.placements) {
    placed.push(isFree(placed, one, columns) ? one : { ...one, ...firstFree(placed, columns, one.size) });
  }
  return { ...layout, placements: inReadingOrder(placed) };
}

function isFree(placed: readonly Placement[], { x, y, size }: Placement, columns: number): boolean {
  const { w, h } = cellsOf(size);
  return (
    x + w <= columns &&
    placed.every((other) => {
      const cells = cellsOf(other.size);
      return x >= other.x + cells.w || other.x >= x + w || y >= other.y + cells.h || other.y >= y + h;
    })
  );
}

interface Taken {
  readonly tiles: ReadonlySet<string>;
  readonly rooms: ReadonlySet<string>;
}

/** New things that happen to be called like hidden ones get other ids, which tells nobody that those exist. */
function withOtherIds(house: House, taken: Taken): House {
  const tileIds = otherIds(house.tiles, taken.tiles);
  const roomIds = otherIds(house.rooms, taken.rooms);
  if (tileIds.size === 0 && roomIds.size === 0) return house;
  const rename = (layout: Layout): Layout => ({
    ...layout,
    placements: layout.placements.map((one) => ({ ...one, tileId: tileIds.get(one.tileId) ?? one.tileId })),
  });
  const toTile = (tile: Tile): Tile => ({
    ...tile,
    id: tileIds.get(tile.id) ?? tile.id,
    roomId: roomIds.get(tile.roomId) ?? tile.roomId,
  });
  const toRoom = (room: Room): Room => ({ ...mapLayouts(room, rename), id: roomIds.get(room.id) ?? room.id });
  return { ...house, rooms: house.rooms.map(toRoom), tiles: house.tiles.map(toTile) };
}

const maxIdLength = 64;

function otherIds(items: readonly Identified[], taken: ReadonlySet<string>): ReadonlyMap<string, string> {
  const used = new Set([...taken, ...items.map(({ id }) => id)]);
  const renamed = new Map<string, string>();
  for (const { id } of items) {
    if (!taken.has(id)) continue;
    let number = 2;
    const name = (): string => `${id.slice(0, maxIdLength - 1 - String(number).length)}-${number}`;
    while (used.has(name())) number++;
    used.add(name());
    renamed.set(id, name());
  }
  return renamed;
}
