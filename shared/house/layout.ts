import type { Layout, Placement, Room, TileSize } from './house.ts';

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

export interface Box extends Cells {
  readonly x: number;
  readonly y: number;
}
export const boxOf = (placement: Placement): Box => ({ x: placement.x, y: placement.y, ...cellsOf(placement.size) });
export const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

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
