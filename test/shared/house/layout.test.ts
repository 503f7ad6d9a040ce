import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GridColumns, Placement, Room, TileSize } from '../../../shared/house/house.ts';
import { gridColumns, tileSizes } from '../../../shared/house/house.ts';
import { firstFree, flow, layoutFor } from '../../../shared/house/layout.ts';
import { addTile, closeRows, isSound, moveTile, repair, resizeTile } from '../../../shared/house/rearrange.ts';

const at = (tileId: string, x: number, y: number, size: TileSize): Placement => ({ tileId, x, y, size });
const room = (placements: Placement[], more: Partial<Room['layouts']> = {}): Room => ({
  id: 'r',
  name: 'R',
  icon: 'sofa',
  layouts: { phone: { columns: 4, placements }, ...more },
});

describe('layout', () => {
  it('finds the first hole in reading order', () => {
    const placed = [at('a', 0, 0, '2x2'), at('b', 2, 0, '1x1')];
    expect(firstFree(placed, 4, '1x1')).toEqual({ x: 3, y: 0 });
    expect(firstFree(placed, 4, '2x1')).toEqual({ x: 2, y: 1 });
    expect(firstFree(placed, 4, '4x1')).toEqual({ x: 0, y: 2 });
  });
  it('lets wide tiles take the whole of a narrow grid', () => {
    expect(
      flow(
        [
          { tileId: 'a', size: '4x1' },
          { tileId: 'b', size: '1x1' },
        ],
        2,
      ),
    ).toEqual([at('a', 0, 0, '4x1'), at('b', 0, 1, '1x1')]);
  });
  it('reuses the phone order on wider grids until somebody arranged that width', () => {
    const phone = [at('a', 0, 0, '2x1'), at('b', 2, 0, '2x1'), at('c', 0, 1, '2x1')];
    expect(layoutFor(room(phone), 12).map((one) => one.x)).toEqual([0, 2, 4]);
    const desktop = {
      columns: 12 as const,
      placements: [at('c', 0, 0, '2x1'), at('a', 6, 0, '2x1'), at('b', 9, 3, '2x1')],
    };
    expect(layoutFor(room(phone, { desktop }), 12)).toEqual(desktop.placements);
    expect(layoutFor(room(phone, { panel: { columns: 8, placements: [] } }), 10)).toHaveLength(3);
  });
  it('leaves no hole for a hidden tile', () => {
    const phone = [at('a', 0, 0, '2x1'), at('b', 2, 0, '2x1'), at('c', 0, 1, '2x1')];
    expect(layoutFor(room(phone), 4, (id) => id !== 'a')).toEqual([at('b', 0, 0, '2x1'), at('c', 2, 0, '2x1')]);
  });
  it('swaps two tiles of one size', () => {
    const moved = moveTile([at('a', 0, 0, '2x1'), at('b', 2, 0, '2x1')], 4, 'a', { x: 2, y: 0 });
    expect(moved).toEqual([at('b', 0, 0, '2x1'), at('a', 2, 0, '2x1')]);
  });
  it('pushes what it covers down', () => {
    const moved = moveTile([at('a', 0, 0, '2x2'), at('b', 0, 2, '1x1'), at('c', 1, 2, '1x1')], 4, 'a', { x: 0, y: 1 });
    expect(moved.find((one) => one.tileId === 'b')).toMatchObject({ x: 0, y: 3 });
    expect(moved.find((one) => one.tileId === 'c')).toMatchObject({ x: 1, y: 3 });
  });
  it('keeps a grown tile inside the grid', () => {
    expect(resizeTile([at('a', 3, 0, '1x1')], 4, 'a', '2x2')).toEqual([at('a', 2, 0, '2x2')]);
  });
  it('closes empty rows', () => {
    expect(closeRows([at('a', 0, 2, '2x2'), at('b', 0, 7, '1x1')]).map((one) => one.y)).toEqual([0, 2]);
  });
  it('repairs: foreign tiles out, missing ones in, overlaps apart', () => {
    const mended = repair(
      { columns: 4, placements: [at('a', 3, 0, '2x1'), at('x', 0, 0, '1x1'), at('b', 2, 0, '2x1')] },
      [
        { id: 'a', size: '2x1' },
        { id: 'b', size: '2x1' },
        { id: 'c', size: '1x1' },
      ],
    );
    expect(mended.placements.map((one) => one.tileId).toSorted()).toEqual(['a', 'b', 'c']);
    expect(isSound(mended.placements, 4)).toBe(true);
  });
  it('stays sound under any sequence of edits', () => {
    const edit = fc.record({
      what: fc.constantFrom('add', 'move', 'resize'),
      tile: fc.integer({ min: 0, max: 9 }),
      x: fc.integer({ min: 0, max: 11 }),
      y: fc.integer({ min: 0, max: 8 }),
      size: fc.constantFrom(...tileSizes),
    });
    fc.assert(
      fc.property(fc.constantFrom(...gridColumns), fc.array(edit, { maxLength: 30 }), (columns: GridColumns, edits) => {
        let placements: Placement[] = [];
        for (const { what, tile, x, y, size } of edits) {
          const id = `t${tile}`;
          const isPlaced = placements.some((one) => one.tileId === id);
          const count = placements.length;
          if (what === 'add' && !isPlaced) placements = addTile(placements, columns, id, size);
          if (what === 'move') placements = moveTile(placements, columns, id, { x, y });
          if (what === 'resize') placements = resizeTile(placements, columns, id, size);
          expect(placements.length).toBe(what === 'add' && !isPlaced ? count + 1 : count);
          expect(isSound(placements, columns)).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});
