import { describe, expect, it } from 'vitest';
import { copyRoom, withoutTiles } from '../../../shared/house/copy-room.ts';
import type { House, Layout } from '../../../shared/house/house.ts';
import { switchTile, testHouse } from '../../support/house.ts';

const panel: Layout = {
  columns: 6,
  placements: [
    { tileId: 'b', x: 0, y: 0, size: '2x1' },
    { tileId: 'a', x: 4, y: 3, size: '1x1' },
  ],
};
const ids = new Map([
  ['a', 'a2'],
  ['b', 'b2'],
]);
const copy = { fromRoomId: 'living', toRoomId: 'kitchen', ids };

function houseWith(...more: Parameters<typeof testHouse>[0]): House {
  const house = testHouse([switchTile('a', { favourite: true }), switchTile('b'), ...more]);
  const [living, ...others] = house.rooms;
  return living ? { ...house, rooms: [{ ...living, layouts: { ...living.layouts, panel } }, ...others] } : house;
}
const kitchen = (house: House) => house.rooms.find(({ id }) => id === 'kitchen')?.layouts;

describe('copying the tiles of a room', () => {
  it('binds the copies to the same topics and makes none a favourite', () => {
    const house = copyRoom(houseWith(), copy);
    const { favourite: _, ...plain } = switchTile('a', { favourite: true });
    expect(house.tiles.find(({ id }) => id === 'a2')).toEqual({ ...plain, id: 'a2', roomId: 'kitchen' });
    expect(house.tiles.slice(0, 2)).toEqual(houseWith().tiles);
  });

  it('lays them as they lie in the other room, at every width', () => {
    const before = houseWith();
    expect(kitchen(copyRoom(before, copy))).toEqual({
      phone: {
        columns: 4,
        placements: before.rooms[0]?.layouts.phone.placements.map((one) => ({ ...one, tileId: `${one.tileId}2` })),
      },
      panel: { ...panel, placements: panel.placements.map((one) => ({ ...one, tileId: `${one.tileId}2` })) },
    });
  });

  it('puts what somebody added meanwhile behind them', () => {
    const house = copyRoom(houseWith(switchTile('oven', { roomId: 'kitchen' })), copy);
    expect(kitchen(house)?.phone.placements.map(({ tileId }) => tileId)).toEqual(['a2', 'b2', 'oven']);
  });

  it('leaves tiles behind that were added after the choice', () => {
    const house = copyRoom(houseWith(switchTile('late')), copy);
    expect(house.tiles.map(({ id }) => id)).toEqual(['a', 'b', 'late', 'a2', 'b2']);
  });

  it('is taken back without a trace of its tiles', () => {
    const before = houseWith();
    const after = withoutTiles(copyRoom(before, copy), new Set(ids.values()));
    expect(after.tiles).toEqual(before.tiles);
    expect(kitchen(after)?.phone.placements).toEqual([]);
    expect(after.rooms[0]).toEqual(before.rooms[0]);
  });

  it('changes nothing when a room is gone', () => {
    const house = houseWith();
    expect(copyRoom(house, { ...copy, fromRoomId: 'attic' })).toBe(house);
    expect(copyRoom(house, { ...copy, toRoomId: 'attic' })).toBe(house);
  });
});
