import type { GridColumns, Layout, Placement, Room, TileSize } from './house.ts';

/** Width and height of a size in grid cells. */
export interface Cells {
  readonly w: number;
  readonly h: number;
}
const cells: Readonly<Record<TileSize, Cells>> = {
  '1x1': { w: 1, h: 1 },
  '2x1': { w: 2, h: 1 },
  '2x2': { w: 2, h: 2 },
  '4x1': { w: 4, h: 1 },
  '4x2': { w: 4, h: 2 },
};
export const cellsOf = (size: TileSize): Cells => cells[size];

/** Grids are at most this many rows; further tiles are refused by the schema long before. */
const maxRows = 10_000;

/** Which saved layout a width uses. */
export const layoutClasses = ['phone', 'panel', 'desktop'] as const;
export type LayoutClass = (typeof layoutClasses)[number];
export function layoutClass(columns: number): LayoutClass {
  if (columns <= 4) return 'phone';
  return columns < 12 ? 'panel' : 'desktop';
}

/** The room with each of its layouts changed. */
export function mapLayouts(room: Room, change: (layout: Layout) => Layout): Room {
  const { phone, panel, desktop } = room.layouts;
  const layouts = {
    phone: change(phone),
    ...(panel ? { panel: change(panel) } : {}),
    ...(desktop ? { desktop: change(desktop) } : {}),
  };
  return { ...room, layouts };
}

/** The room with only some of its tiles. */
export const withOnly = (room: Room, isKept: (tileId: string) => boolean): Room =>
  mapLayouts(room, (layout) => ({ ...layout, placements: layout.placements.filter(({ tileId }) => isKept(tileId)) }));

interface Box extends Cells {
  readonly x: number;
  readonly y: number;
}
const boxOf = (placement: Placement): Box => ({ x: placement.x, y: placement.y, ...cellsOf(placement.size) });
const overlap = (a: Box, b: Box): boolean => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

/** Row by row, left to right. */
export const inReadingOrder = (placements: readonly Placement[]): Placement[] =>
  placements.toSorted((a, b) => a.y - b.y || a.x - b.x);

/** First position, in reading order, where a size fits. On grids narrower than the size it takes the whole width. O(rows × columns × tiles). */
export function firstFree(placements: readonly Placement[], columns: number, size: TileSize): { x: number; y: number } {
  const boxes = placements.map(boxOf);
  const { w, h } = cellsOf(size);
  for (let y = 0; y < maxRows; y += 1) {
    for (let x = 0; x + Math.min(w, columns) <= columns; x += 1) {
      if (!boxes.some((box) => overlap(box, { x, y, w, h }))) return { x, y };
    }
  }
  return { x: 0, y: maxRows };
}

/** Lays tiles out in the given order, each in the first place where it fits. */
export function flow(order: readonly Pick<Placement, 'tileId' | 'size'>[], columns: number): Placement[] {
  return order.reduce<Placement[]>(
    (placed, { tileId, size }) => [...placed, { tileId, size, ...firstFree(placed, columns, size) }],
    [],
  );
}

/**
 * The placements of a room at a column count: the saved layout made for exactly that count, else the phone order flowed.
 * `isVisible` leaves hidden tiles out without a hole.
 */
export function layoutFor(
  room: Room,
  columns: number,
  isVisible: (tileId: string) => boolean = () => true,
): Placement[] {
  const saved = savedLayout(room, columns);
  const visible = (saved ?? room.layouts.phone).placements.filter((one) => isVisible(one.tileId));
  const isWhole = saved !== undefined && visible.length === saved.placements.length;
  return isWhole ? [...visible] : flow(inReadingOrder(visible), columns);
}

/** The layout somebody arranged for exactly this column count, if any. */
export function savedLayout(room: Room, columns: number): Layout | undefined {
  const layout = room.layouts[layoutClass(columns)];
  return layout?.columns === columns ? layout : undefined;
}

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
