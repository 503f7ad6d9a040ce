import type { House, Placement, Room } from './house.ts';
import { mapLayouts } from './layout.ts';
import { repair } from './rearrange.ts';

/** One field that two people changed differently. */
export interface Conflict {
  /** Stable name of the place: `tiles/lamp/title`, `rooms/living/name`, `tiles/lamp` when one side deleted it. */
  readonly path: string;
  /** What `mine` and `theirs` want; `undefined` = deleted. */
  readonly mine: unknown;
  readonly theirs: unknown;
}

export type Choice = 'mine' | 'theirs';

export interface Merge {
  readonly house: House;
  /** Empty = nobody's change was touched. Otherwise `house` holds the chosen side, `mine` where nothing was chosen. */
  readonly conflicts: readonly Conflict[];
}

type Json = Readonly<Record<string, unknown>>;
interface Context {
  readonly choices: Readonly<Record<string, Choice>>;
  readonly conflicts: Conflict[];
}
/** Marks a place that one side deleted. */
const gone: unique symbol = Symbol('gone');

/**
 * Merges two edits of one document, field by field. Tiles, rooms and placements are matched by id; a field that only one side
 * changed keeps that change; a field that both changed differently is a conflict, solved by `choices[path]`.
 */
export function mergeHouses(base: House, mine: House, theirs: House, choices: Context['choices'] = {}): Merge {
  const context: Context = { choices, conflicts: [] };
  const merged = merge(base, mine, theirs, { path: '', context }) as House;
  return { house: repairHouse(merged), conflicts: context.conflicts };
}

interface At {
  readonly path: string;
  readonly context: Context;
}
const step = (at: At, key: string): At => ({ path: at.path === '' ? key : `${at.path}/${key}`, context: at.context });

function merge(base: unknown, mine: unknown, theirs: unknown, at: At): unknown {
  if (isSame(mine, theirs) || isSame(base, theirs)) return mine;
  if (isSame(base, mine)) return theirs;
  if (isKeyedList(mine) && isKeyedList(theirs)) return mergeLists(isKeyedList(base) ? base : [], mine, theirs, at);
  if (isObject(mine) && isObject(theirs)) return mergeObjects(isObject(base) ? base : {}, mine, theirs, at);
  const choice = at.context.choices[at.path];
  at.context.conflicts.push({ path: at.path, mine: orUndefined(mine), theirs: orUndefined(theirs) });
  return choice === 'theirs' ? theirs : mine;
}

const orUndefined = (value: unknown): unknown => (value === gone ? undefined : value);

function mergeObjects(base: Json, mine: Json, theirs: Json, at: At): Json {
  const keys = new Set([...Object.keys(theirs), ...Object.keys(mine)]);
  const entries = [...keys].flatMap((key) => {
    const value = merge(field(base, key), field(mine, key), field(theirs, key), step(at, key));
    return value === gone ? [] : [[key, value] as const];
  });
  return Object.fromEntries(entries);
}
const field = (object: Json, key: string): unknown => (Object.hasOwn(object, key) ? object[key] : gone);

const keyOf = (item: unknown): string | undefined => {
  if (!isObject(item)) return undefined;
  const key = item['id'] ?? item['tileId'];
  return typeof key === 'string' ? key : undefined;
};
const isKeyedList = (value: unknown): value is readonly Json[] =>
  Array.isArray(value) && value.every((item) => keyOf(item) !== undefined);

/** Order: mine when I reordered, else theirs; what only the other side has comes behind. */
function mergeLists(base: readonly Json[], mine: readonly Json[], theirs: readonly Json[], at: At): Json[] {
  const byKey = (list: readonly Json[]): Map<string, Json> => new Map(list.map((item) => [keyOf(item) ?? '', item]));
  const [baseMap, mineMap, theirsMap] = [byKey(base), byKey(mine), byKey(theirs)];
  const hasMoved = !isSame(commonOrder(base, mine), commonOrder(mine, base));
  const [lead, follow] = hasMoved ? [mineMap, theirsMap] : [theirsMap, mineMap];
  return [...new Set([...lead.keys(), ...follow.keys()])].flatMap<Json>((key) => {
    const at3 = step(at, key);
    const value = merge(baseMap.get(key) ?? gone, mineMap.get(key) ?? gone, theirsMap.get(key) ?? gone, at3);
    return isObject(value) ? [value] : [];
  });
}
/** Keys of `list` that `other` has too, in the order of `list`. */
const commonOrder = (list: readonly Json[], other: readonly Json[]): (string | undefined)[] => {
  const keys = new Set(other.map(keyOf));
  return list.map(keyOf).filter((key) => keys.has(key));
};

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Deep equality of JSON values. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => isSame(item, b[i]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]));
}

/** Makes every layout fit its room again: each tile of the room once, nothing else, no overlap; tiles of deleted rooms go with it. */
export function repairHouse(house: House): House {
  const roomIds = new Set(house.rooms.map((room) => room.id));
  const tiles = house.tiles.filter((tile) => roomIds.has(tile.roomId));
  return { ...house, tiles, rooms: house.rooms.map((room) => repairRoom(room, { ...house, tiles })) };
}

function repairRoom(room: Room, house: House): Room {
  const sizes = new Map(room.layouts.phone.placements.map((one: Placement) => [one.tileId, one.size]));
  const own = house.tiles.filter((tile) => tile.roomId === room.id);
  const tiles = own.map((tile) => ({ id: tile.id, size: sizes.get(tile.id) ?? '2x1' }));
  return mapLayouts(room, (layout) => repair(layout, tiles));
}
