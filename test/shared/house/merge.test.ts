import { describe, expect, it } from 'vitest';
import type { House, Tile } from '../../../shared/house/house.ts';
import { mergeHouses } from '../../../shared/house/merge.ts';

const tile = (id: string, more: Partial<Tile> = {}): Tile => ({
  id,
  roomId: 'living',
  kind: 'switch',
  title: id,
  bindings: { power: { type: 'boolean', stateTopic: id } },
  options: {},
  ...more,
});
const place = (tileId: string, x: number, y = 0) => ({ tileId, x, y, size: '1x1' as const });
const base: House = {
  version: 1,
  name: 'Home',
  rooms: [
    {
      id: 'living',
      name: 'Living',
      icon: 'sofa',
      layouts: { phone: { columns: 4, placements: [place('a', 0), place('b', 1)] } },
    },
    { id: 'bath', name: 'Bath', icon: 'shower', layouts: { phone: { columns: 4, placements: [] } } },
  ],
  tiles: [tile('a'), tile('b')],
};
const withTile = (house: House, id: string, more: Partial<Tile>): House => ({
  ...house,
  tiles: house.tiles.map((one) => (one.id === id ? { ...one, ...more } : one)),
});
const added = (id: string, x: number): House => ({
  ...base,
  tiles: [...base.tiles, tile(id)],
  rooms: base.rooms.map((room) =>
    room.id === 'living'
      ? { ...room, layouts: { phone: { columns: 4, placements: [...room.layouts.phone.placements, place(id, x)] } } }
      : room,
  ),
});
const phone = (house: House) => house.rooms[0]!.layouts.phone.placements;

describe('mergeHouses', () => {
  it('keeps both changes of different fields of one tile', () => {
    const { house, conflicts } = mergeHouses(
      base,
      withTile(base, 'a', { title: 'Lamp' }),
      withTile(base, 'a', { icon: 'lamp' }),
    );
    expect(conflicts).toEqual([]);
    expect(house.tiles[0]).toMatchObject({ title: 'Lamp', icon: 'lamp' });
  });
  it('keeps both new tiles, also on the same place', () => {
    const { house, conflicts } = mergeHouses(base, added('c', 2), added('d', 2));
    expect(conflicts).toEqual([]);
    expect(house.tiles.map((one) => one.id).toSorted()).toEqual(['a', 'b', 'c', 'd']);
    expect(new Set(phone(house).map((one) => `${one.x},${one.y}`)).size).toBe(4);
  });
  it('asks when both changed the same field, and takes the answer', () => {
    const [mine, theirs] = [withTile(base, 'a', { title: 'Mine' }), withTile(base, 'a', { title: 'Theirs' })];
    const asked = mergeHouses(base, mine, theirs);
    expect(asked.conflicts).toEqual([{ path: 'tiles/a/title', mine: 'Mine', theirs: 'Theirs' }]);
    expect(asked.house.tiles[0]?.title).toBe('Mine');
    expect(mergeHouses(base, mine, theirs, { 'tiles/a/title': 'theirs' }).house.tiles[0]?.title).toBe('Theirs');
  });
  it('asks when one deleted what the other changed', () => {
    const mine = { ...base, tiles: base.tiles.filter((one) => one.id !== 'a') };
    const merged = mergeHouses(base, mine, withTile(base, 'a', { title: 'New' }));
    expect(merged.conflicts.map((one) => one.path)).toEqual(['tiles/a']);
    const kept = mergeHouses(base, mine, withTile(base, 'a', { title: 'New' }), { 'tiles/a': 'theirs' });
    expect(kept.house.tiles.map((one) => one.id)).toContain('a');
    expect(phone(kept.house).map((one) => one.tileId)).toContain('a');
  });
  it('deletes what only one side deleted', () => {
    const mine = { ...base, tiles: base.tiles.filter((one) => one.id !== 'a') };
    const { house, conflicts } = mergeHouses(base, mine, base);
    expect(conflicts).toEqual([]);
    expect(phone(house).map((one) => one.tileId)).toEqual(['b']);
  });
  it('keeps my order of rooms beside their new room', () => {
    const mine = { ...base, rooms: base.rooms.toReversed() };
    const theirs = { ...base, rooms: [...base.rooms, { ...base.rooms[1]!, id: 'attic', name: 'Attic' }] };
    expect(mergeHouses(base, mine, theirs).house.rooms.map((one) => one.id)).toEqual(['bath', 'living', 'attic']);
  });
  it('moves tiles of a deleted room out with it', () => {
    const mine = { ...base, rooms: base.rooms.slice(1) };
    expect(mergeHouses(base, mine, base).house.tiles).toEqual([]);
  });
});
