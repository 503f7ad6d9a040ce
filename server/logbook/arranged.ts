import type { House, Room, Tile } from '../../shared/house/house.ts';

export interface Arranged {
  /** Names of the rooms that look different now, or are gone. */
  readonly rooms: readonly string[];
  /** Tiles that are new, gone or different. */
  readonly tilesChanged: number;
}

const changed = <T extends { readonly id: string }>(before: readonly T[], after: readonly T[]): readonly T[] => {
  const old = new Map(before.map((one) => [one.id, one]));
  const isSame = (one: T): boolean => JSON.stringify(old.get(one.id)) === JSON.stringify(one);
  const ids = new Set(after.map(({ id }) => id));
  return [...after.filter((one) => !isSame(one)), ...before.filter(({ id }) => !ids.has(id))];
};

/** What a save changed, in the words of the log; `undefined` when it changed nothing that can be seen. */
export function arrangedBy(before: House, after: House): Arranged | undefined {
  const tiles: readonly Tile[] = changed(before.tiles, after.tiles);
  const rooms: readonly Room[] = changed(before.rooms, after.rooms);
  const roomIds = new Set([...rooms.map(({ id }) => id), ...tiles.map(({ roomId }) => roomId)]);
  if (roomIds.size === 0 && before.name === after.name) return undefined;
  const names = new Map([...before.rooms, ...after.rooms].map(({ id, name }) => [id, name]));
  return { rooms: [...roomIds].flatMap((id) => names.get(id) ?? []), tilesChanged: tiles.length };
}
