import { describe, expect, it } from 'vitest';
import type { Placement } from '../../../shared/house/house.ts';
import { columnsFor, neighbour } from '../../../web/tiles/grid-columns.ts';

describe('columnsFor', () => {
  it.each([
    [358, 16, 4],
    [296, 16, 4],
    [256, 16, 4],
    [255, 16, 2],
    [358, 24, 2],
    [358, 32, 2],
    [553, 16, 4],
    [554, 16, 6],
    [741, 16, 6],
    [742, 16, 8],
    [930, 16, 10],
    [1_118, 16, 12],
    [1_400, 16, 12],
    [1_400, 32, 6],
  ])('%i px at a rem of %i px', (width, rem, columns) => {
    expect(columnsFor(width, rem)).toBe(columns);
  });
});

describe('neighbour', () => {
  const placements: readonly Placement[] = [
    { tileId: 'a', x: 0, y: 0, size: '2x2' },
    { tileId: 'b', x: 2, y: 0, size: '2x1' },
    { tileId: 'c', x: 2, y: 1, size: '1x1' },
    { tileId: 'd', x: 3, y: 1, size: '1x1' },
    { tileId: 'e', x: 0, y: 2, size: '4x1' },
  ];
  it.each([
    ['a', 'ArrowRight', 'c'],
    ['b', 'ArrowDown', 'c'],
    ['c', 'ArrowRight', 'd'],
    ['d', 'ArrowUp', 'b'],
    ['c', 'ArrowLeft', 'a'],
    ['a', 'ArrowDown', 'e'],
    ['e', 'ArrowUp', 'c'],
    ['e', 'ArrowDown', undefined],
    ['e', 'Home', 'a'],
    ['a', 'End', 'e'],
    ['a', 'x', undefined],
    ['nobody', 'ArrowUp', undefined],
  ])('from %s with %s', (from, key, to) => {
    expect(neighbour(placements, from, key)).toBe(to);
  });
});
