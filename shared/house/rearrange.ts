import type { GridColumns, Layout, Placement, TileSize } from './house.ts';
import { boxOf, cellsOf, firstFree, inReadingOrder, overlap } from './layout.ts';

/** Changes to a layout, which only those who arrange need: every one keeps tiles apart and inside the grid. */

/** Puts one placement in and pushes whatever it covers down, keeping order; others stay where they are. */
function settle(fixed: Placement, others: readonly Placement[]): Placement[] {
  const settled: Placement[] = [fixed];
  for (const one of inReadingOrder(others)) {
    let candidate = one;
    let hit = settled.find((other) => overlap(boxOf(other), boxOf(candidate)));
    while (hit !== undefined) {
      candidate = { ...candidate, y: hit.y + cellsOf(hit.size).h };
      hit = settled.find((other) => overlap(boxOf(other), boxOf(candidate)));
    }
    settled.push(candidate);
  }
  return inReadingOrder(settled);
}

/** Keeps x inside the grid. */
const fitX = (x: number, size: TileSize, columns: number): number =>
  Math.max(0, Math.min(x, columns - Math.min(columns, cellsOf(size).w)));

/** Adds a tile at the first free place. */
export const addTile = (
  placements: readonly Placement[],
  columns: number,
  tileId: string,
  size: TileSize,
): Placement[] => inReadingOrder([...placements, { tileId, size, ...firstFree(placements, columns, size) }]);

export const removeTile = (placements: readonly Placement[], tileId: string): Placement[] =>
  placements.filter((one) => one.tileId !== tileId);

/** Moves a tile. Onto one tile of the same size: they swap. Else it takes the place and what it covers moves down. */
export function moveTile(
  placements: readonly Placement[],
  columns: number,
  tileId: string,
  to: { readonly x: number; readonly y: number },
): Placement[] {
  const moved = placements.find((one) => one.tileId === tileId);
  if (!moved) return [...placements];
  const target = { ...moved, x: fitX(to.x, moved.size, columns), y: Math.max(0, to.y) };
  const others = removeTile(placements, tileId);
  const covered = others.filter((one) => overlap(boxOf(one), boxOf(target)));
  const only = covered.length === 1 ? covered[0] : undefined;
  if (only?.size === moved.size && only.x === target.x && only.y === target.y) {
    const swapped = others.map((one) => (one === only ? { ...one, x: moved.x, y: moved.y } : one));
    return inReadingOrder([...swapped, target]);
  }
  return settle(target, others);
}

/** Gives a tile another size at its place, moved left as far as the grid needs; what it covers moves down. */
export function resizeTile(
  placements: readonly Placement[],
  columns: number,
  tileId: string,
  size: TileSize,
): Placement[] {
  const old = placements.find((one) => one.tileId === tileId);
  if (!old) return [...placements];
  return settle({ ...old, size, x: fitX(old.x, size, columns) }, removeTile(placements, tileId));
}

/** Takes out rows in which nothing lies. */
export function closeRows(placements: readonly Placement[]): Placement[] {
  const used = new Set(
    placements.flatMap((one) => Array.from({ length: cellsOf(one.size).h }, (_, row) => one.y + row)),
  );
  const gapsAbove = (y: number): number =>
    Array.from({ length: y }, (_, row) => row).filter((row) => !used.has(row)).length;
  return placements.map((one) => ({ ...one, y: one.y - gapsAbove(one.y) }));
}

/** True when nothing overlaps and everything lies inside the columns. */
export function isSound(placements: readonly Placement[], columns: GridColumns): boolean {
  const isInside = placements.every((one) => one.x + cellsOf(one.size).w <= columns);
  return isInside && placements.every((a, i) => placements.every((b, j) => i >= j || !overlap(boxOf(a), boxOf(b))));
}

/** Mends a layout after a merge: keeps known tiles once, lifts overlaps apart, adds missing tiles at the end. */
export function repair(layout: Layout, tiles: readonly { readonly id: string; readonly size: TileSize }[]): Layout {
  const known = new Map(tiles.map((tile) => [tile.id, tile]));
  const placed = new Map<string, Placement>();
  for (const one of inReadingOrder(layout.placements)) {
    if (known.has(one.tileId) && !placed.has(one.tileId)) {
      placed.set(one.tileId, { ...one, x: fitX(one.x, one.size, layout.columns) });
    }
  }
  const [first, ...rest] = placed.values();
  const settled = first ? settle(first, rest) : [];
  const missing = tiles.filter((tile) => !placed.has(tile.id));
  return {
    columns: layout.columns,
    placements: missing.reduce((all, tile) => addTile(all, layout.columns, tile.id, tile.size), settled),
  };
}
