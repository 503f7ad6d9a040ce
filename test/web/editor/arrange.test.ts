import { describe, expect, it } from 'vitest';
import type { House, Tile } from '../../../shared/house/house.ts';
import { isSound } from '../../../shared/house/rearrange.ts';
import {
  addToRoom,
  copyTile,
  moveInGrid,
  moveToRoom,
  placementsOf,
  removeFromHouse,
  replaceTile,
  resizeInGrid,
} from '../../../web/editor/arrange/draft.ts';
import {
  edgeScroll,
  emptyCells,
  extentOf,
  nearestCell,
  nearestSize,
  stepSize,
} from '../../../web/editor/arrange/geometry.ts';
import { maxUndoSteps, record, redo, startHistory, undo, type History } from '../../../web/editor/arrange/history.ts';
import { newId } from '../../../web/editor/ids.ts';

const tile = (id: string, roomId = 'living'): Tile => ({
  id,
  roomId,
  kind: 'switch',
  title: id,
  bindings: {},
  options: {},
});
const house: House = {
  version: 1,
  name: 'Home',
  rooms: [
    {
      id: 'living', name: 'Living room', icon: 'sofa',
      layouts: {
        phone: { columns: 4, placements: [{ tileId: 'a', x: 0, y: 0, size: '2x1' }, { tileId: 'b', x: 2, y: 0, size: '2x1' }, { tileId: 'c', x: 0, y: 1, size: '1x1' }] },
      },
    },
    { id: 'kitchen', name: 'Kitchen', icon: 'stove', layouts: { phone: { columns: 4, placements: [] }, panel: { columns: 6, placements: [] } } },
  ],
  tiles: [tile('a'), tile('b'), tile('c')],
}; // prettier-ignore
const phone = { roomId: 'living', columns: 4 } as const;
const at = (document: House, tileId: string, place: { roomId: string; columns: 4 | 8 } = phone) => {
  const one = placementsOf(document, place).find((each) => each.tileId === tileId);
  return one && [one.x, one.y, one.size];
};

describe('arranging the draft', () => {
  it('swaps, moves and resizes in the phone layout', () => {
    const swapped = moveInGrid(house, phone, { tileId: 'a', x: 2, y: 0 });
    expect(at(swapped, 'a')).toEqual([2, 0, '2x1']);
    expect(at(swapped, 'b')).toEqual([0, 0, '2x1']);
    const large = resizeInGrid(house, phone, { tileId: 'a', size: '2x2' });
    expect(isSound(placementsOf(large, phone), 4)).toBe(true);
    expect(at(large, 'c')).toEqual([0, 2, '1x1']);
  });
  it('gives another width its own layout and leaves the phone alone', () => {
    const wide = { roomId: 'living', columns: 8 } as const;
    const moved = moveInGrid(house, wide, { tileId: 'c', x: 7, y: 2 });
    expect(at(moved, 'c', wide)).toEqual([7, 2, '1x1']);
    expect(at(moved, 'c')).toEqual([0, 1, '1x1']);
    expect(moved.rooms[0]?.layouts.panel?.columns).toBe(8);
  });
  it('is no step when nothing moved', () => {
    expect(moveInGrid(house, phone, { tileId: 'a', x: 0, y: 0 })).toBe(house);
    expect(moveInGrid(house, phone, { tileId: 'nobody', x: 1, y: 1 })).toBe(house);
    expect(moveToRoom(house, 'a', 'nowhere')).toBe(house);
  });
  it('removes, copies and moves to another room in every layout', () => {
    const without = removeFromHouse(house, 'a');
    expect(without.tiles.map((one) => one.id)).toEqual(['b', 'c']);
    expect(at(without, 'a')).toBeUndefined();
    const copied = copyTile(house, 'a', { id: 'a2', title: 'A copy' });
    expect(at(copied, 'a2')).toEqual([1, 1, '2x1']);
    const moved = moveToRoom(house, 'a', 'kitchen');
    expect(moved.tiles.map((one) => [one.id, one.roomId])).toEqual([
      ['a', 'kitchen'],
      ['b', 'living'],
      ['c', 'living'],
    ]);
    expect(moved.rooms[1]?.layouts.phone.placements).toEqual([{ tileId: 'a', x: 0, y: 0, size: '2x1' }]);
    expect(moved.rooms[1]?.layouts.panel?.placements).toHaveLength(1);
    expect(at(moved, 'a')).toBeUndefined();
  });
  it('adds and replaces', () => {
    const added = addToRoom(house, tile('d'), '2x2');
    expect(at(added, 'd')).toEqual([1, 1, '2x2']);
    expect(replaceTile(house, { ...tile('a'), title: 'New' }).tiles[0]?.title).toBe('New');
    expect(replaceTile(house, tile('a', 'kitchen')).rooms[1]?.layouts.phone.placements).toHaveLength(1);
  });
});

describe('undo and redo', () => {
  it('goes back and forth and forgets redo after a new step', () => {
    let history: History<number, string> = startHistory(0);
    history = record(record(history, 1, 'one'), 2, 'two');
    expect(undo(history)).toMatchObject({ present: 1, future: [{ state: 2, label: 'two' }] });
    expect(redo(undo(history)).present).toBe(2);
    expect(record(undo(history), 3, 'three').future).toEqual([]);
    expect(undo(startHistory(0)).present).toBe(0);
    expect(redo(history)).toBe(history);
    expect(record(history, 2, 'same')).toBe(history);
  });
  it('is bounded', () => {
    let history: History<number, string> = startHistory(0);
    for (let step = 1; step <= maxUndoSteps * 2; step += 1) history = record(history, step, 'step');
    expect(history.past).toHaveLength(maxUndoSteps);
  });
});

describe('geometry', () => {
  const measure = { columns: 4, width: 358, rowHeight: 84, gap: 8 };
  it.each([
    [{ x: 0, y: 0 }, '1x1', { x: 0, y: 0 }],
    [{ x: 190, y: 100 }, '2x1', { x: 2, y: 1 }],
    [{ x: 400, y: -30 }, '2x1', { x: 2, y: 0 }],
    [{ x: -50, y: 500 }, '4x1', { x: 0, y: 5 }],
  ] as const)('finds the cell at %j for %s', (corner, size, cell) =>
    expect(nearestCell(measure, corner, size)).toEqual(cell),
  );
  it('measures tiles as the design does', () => {
    expect(extentOf(measure, '1x1')).toEqual({ width: 83.5, height: 84 });
    expect(extentOf(measure, '2x2')).toEqual({ width: 175, height: 176 });
    expect(extentOf(measure, '4x2')).toEqual({ width: 358, height: 176 });
  });
  it('offers only the sizes of the kind', () => {
    expect(nearestSize(measure, ['1x1', '2x1', '2x2'], { width: 170, height: 150 })).toBe('2x2');
    expect(nearestSize(measure, ['1x1', '2x1'], { width: 170, height: 150 })).toBe('2x1');
    expect(stepSize(['1x1', '2x1', '2x2'], '2x1', 'taller')).toBe('2x2');
    expect(stepSize(['1x1', '2x1', '2x2'], '2x1', 'wider')).toBeUndefined();
    expect(stepSize(['1x1', '2x1', '2x2'], '2x2', 'narrower')).toBe('1x1');
    expect(stepSize(['2x1', '4x1'], '2x1', 'wider')).toBe('4x1');
  });
  it('finds the empty cells', () => {
    expect(emptyCells(placementsOf(house, phone), 4)).toEqual([
      { x: 1, y: 1 },
      { x: 2, y: 1 },
      { x: 3, y: 1 },
    ]);
    expect(emptyCells([], 4, 2)).toHaveLength(8);
  });
  it('scrolls faster nearer to the edge', () => {
    expect(edgeScroll(300, 0, 600)).toBe(0);
    expect(edgeScroll(2, 0, 600)).toBeLessThan(edgeScroll(50, 0, 600));
    expect(edgeScroll(598, 0, 600)).toBeGreaterThan(edgeScroll(550, 0, 600));
  });
});

describe('ids', () => {
  it.each([
    ['Ceiling light', 'ceiling-light-00ff'],
    ['Küche / Größe', 'kueche-groesse-00ff'],
    ['🏠', 'item-00ff'],
    ['x'.repeat(100), `${'x'.repeat(40)}-00ff`],
  ])('%s', (title, id) => expect(newId(title, '00ff')).toBe(id));
});
