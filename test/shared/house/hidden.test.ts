import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { viewOf } from '../../../shared/acl/view.ts';
import type { Grants } from '../../../shared/api/people.ts';
import { putBackHidden } from '../../../shared/house/hidden.ts';
import type { House } from '../../../shared/house/house.ts';
import { isSound } from '../../../shared/house/rearrange.ts';
import { switchTile, testHouse } from '../../support/house.ts';
import { member } from '../acl/house.ts';

const whole = testHouse([
  switchTile('a'),
  switchTile('b'),
  switchTile('c'),
  switchTile('k1', { roomId: 'kitchen' }),
  switchTile('k2', { roomId: 'kitchen' }),
]);
const seenBy = (grants: Partial<Grants>): House => viewOf(whole, member(grants));
const withoutKitchen: Partial<Grants> = { otherRooms: 'operate', rooms: { kitchen: 'no' } };
const withoutB: Partial<Grants> = { otherRooms: 'operate', exceptions: [{ tileId: 'b', level: 'no' }] };
const placementOf = (house: House, tileId: string) =>
  house.rooms.flatMap(({ layouts }) => layouts.phone.placements).find((one) => one.tileId === tileId);

describe('a view', () => {
  it('has no closed rooms and no tiles of them', () => {
    const seen = seenBy(withoutKitchen);
    expect(seen.rooms.map(({ id }) => id)).toEqual(['living']);
    expect(seen.tiles.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('has a closed room with the one tile that is open', () => {
    const seen = seenBy({ ...withoutKitchen, exceptions: [{ tileId: 'k2', level: 'see' }] });
    expect(seen.rooms[1]?.layouts.phone.placements.map(({ tileId }) => tileId)).toEqual(['k2']);
    expect(seen.tiles.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'k2']);
  });

  it('of an owner is the house', () => {
    expect(viewOf(whole, member({}, { role: 'owner' }))).toBe(whole);
  });
});

describe('what was hidden', () => {
  it.each<[string, Partial<Grants>]>([
    ['a room', withoutKitchen],
    ['a tile', withoutB],
    ['everything', {}],
  ])('comes back untouched when nothing else changes: %s', (_what, grants) => {
    const seen = seenBy(grants);
    expect(putBackHidden(whole, seen, seen)).toEqual(whole);
  });

  it('keeps its place; what was laid over it moves', () => {
    const seen = seenBy(withoutB);
    const placements = seen.rooms[0]!.layouts.phone.placements;
    const over = placements.map((one) =>
      one.tileId === 'c' ? { ...one, ...placementOf(whole, 'b')!, tileId: 'c' } : one,
    );
    const wanted = {
      ...seen,
      rooms: [{ ...seen.rooms[0]!, layouts: { phone: { columns: 4 as const, placements: over } } }, seen.rooms[1]!],
    };
    const saved = putBackHidden(whole, seen, wanted);
    expect(placementOf(saved, 'b')).toEqual(placementOf(whole, 'b'));
    expect(isSound(saved.rooms[0]!.layouts.phone.placements, 4)).toBe(true);
  });

  it('keeps the room in which it lies, even when somebody deletes that', () => {
    const seen = seenBy(withoutB);
    const saved = putBackHidden(whole, seen, { ...seen, rooms: seen.rooms.slice(1), tiles: seen.tiles.slice(2) });
    expect(saved.rooms.map(({ id }) => id)).toEqual(['living', 'kitchen']);
    expect(saved.tiles.map(({ id }) => id)).toEqual(['b', 'k1', 'k2']);
    expect(saved.rooms[0]!.layouts.phone.placements.map(({ tileId }) => tileId)).toEqual(['b']);
  });

  it('is not replaced by something new with the same id', () => {
    const seen = seenBy(withoutKitchen);
    const room = {
      ...seen.rooms[0]!,
      id: 'kitchen',
      layouts: { phone: { columns: 4 as const, placements: [{ tileId: 'k1', x: 0, y: 0, size: '2x1' as const }] } },
    };
    const wanted = {
      ...seen,
      rooms: [...seen.rooms, room],
      tiles: [...seen.tiles, switchTile('k1', { title: 'New', roomId: 'kitchen' })],
    };
    const saved = putBackHidden(whole, seen, wanted);
    expect(saved.tiles.find(({ id }) => id === 'k1')).toEqual(whole.tiles[3]);
    expect(saved.tiles.find(({ title }) => title === 'New')).toMatchObject({ id: 'k1-2', roomId: 'kitchen-2' });
    expect(saved.rooms.find(({ id }) => id === 'kitchen-2')?.layouts.phone.placements[0]?.tileId).toBe('k1-2');
  });

  const level = fc.constantFrom('no', 'see', 'operate');
  test('is never lost or changed, and no layout breaks, whatever is hidden and deleted', () => {
    fc.assert(
      fc.property(
        fc.record({
          otherRooms: level,
          rooms: fc.dictionary(fc.constantFrom('living', 'kitchen'), level),
          exceptions: fc.array(fc.record({ tileId: fc.constantFrom('a', 'b', 'k1'), level }), { maxLength: 2 }),
        }),
        fc.subarray(['a', 'b', 'c', 'k1', 'k2']),
        (grants, deleted) => {
          const seen = viewOf(whole, member(grants));
          const isLeft = (id: string): boolean => !deleted.includes(id);
          const wanted = {
            ...seen,
            tiles: seen.tiles.filter(({ id }) => isLeft(id)),
            rooms: seen.rooms.map((room) => ({
              ...room,
              layouts: {
                phone: {
                  ...room.layouts.phone,
                  placements: room.layouts.phone.placements.filter(({ tileId }) => isLeft(tileId)),
                },
              },
            })),
          };
          const saved = putBackHidden(whole, seen, wanted);
          const hidden = whole.tiles.filter(({ id }) => !seen.tiles.some((tile) => tile.id === id));
          for (const tile of hidden) {
            expect(saved.tiles).toContainEqual(tile);
            expect(placementOf(saved, tile.id)).toEqual(placementOf(whole, tile.id));
          }
          expect(saved.tiles).toHaveLength(hidden.length + wanted.tiles.length);
          for (const room of saved.rooms) expect(isSound(room.layouts.phone.placements, 4)).toBe(true);
        },
      ),
    );
  });
});
