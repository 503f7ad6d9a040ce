import type { Placement, TileSize } from '../../../shared/house/house.ts';
import { cellsOf } from '../../../shared/house/layout.ts';

/** Measures of the drawn grid in CSS px, relative to its upper left corner. */
export interface GridMeasure {
  readonly columns: number;
  readonly width: number;
  readonly rowHeight: number;
  readonly gap: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

const unit = (measure: GridMeasure): number => (measure.width - measure.gap * (measure.columns - 1)) / measure.columns;

/** The cell whose upper left corner is nearest to a point; x stays inside the grid for this size. */
export function nearestCell(measure: GridMeasure, corner: Point, size: TileSize): Point {
  const x = Math.round(corner.x / (unit(measure) + measure.gap));
  const y = Math.round(corner.y / (measure.rowHeight + measure.gap));
  const room = Math.max(0, measure.columns - cellsOf(size).w);
  return { x: Math.min(room, Math.max(0, x)), y: Math.max(0, y) };
}

/** Upper left corner of a cell. */
export const cornerOf = (measure: GridMeasure, cell: Point): Point => ({
  x: cell.x * (unit(measure) + measure.gap),
  y: cell.y * (measure.rowHeight + measure.gap),
});

/** Width and height of a size. */
export function extentOf(measure: GridMeasure, size: TileSize): { readonly width: number; readonly height: number } {
  const { w, h } = cellsOf(size);
  const columns = Math.min(w, measure.columns);
  return {
    width: columns * unit(measure) + (columns - 1) * measure.gap,
    height: h * measure.rowHeight + (h - 1) * measure.gap,
  };
}

/** The allowed size whose lower right corner is nearest to where the knob was pulled. */
export function nearestSize(
  measure: GridMeasure,
  sizes: readonly TileSize[],
  pulled: { readonly width: number; readonly height: number },
): TileSize | undefined {
  const distance = (size: TileSize): number => {
    const { width, height } = extentOf(measure, size);
    return Math.hypot(width - pulled.width, height - pulled.height);
  };
  return [...sizes].sort((a, b) => distance(a) - distance(b))[0];
}

/** Steps through the allowed sizes by key: wider, narrower, taller, flatter. Undefined when there is none that way. */
export function stepSize(
  sizes: readonly TileSize[],
  now: TileSize,
  direction: 'wider' | 'narrower' | 'taller' | 'flatter',
): TileSize | undefined {
  const { w, h } = cellsOf(now);
  const isThatWay = (size: TileSize): boolean => {
    const other = cellsOf(size);
    if (direction === 'wider') return other.w > w;
    if (direction === 'narrower') return other.w < w;
    return direction === 'taller' ? other.h > h : other.h < h;
  };
  const cost = (size: TileSize): number => Math.abs(cellsOf(size).w - w) + Math.abs(cellsOf(size).h - h);
  return sizes.filter(isThatWay).sort((a, b) => cost(a) - cost(b))[0];
}

/** Cells in which nothing lies, down to one row below the last tile (at least `minRows`). */
export function emptyCells(placements: readonly Placement[], columns: number, minRows = 1): Point[] {
  const taken = new Set(
    placements.flatMap(({ x, y, size }) => {
      const { w, h } = cellsOf(size);
      return Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`);
    }),
  );
  const rows = Math.max(minRows, ...placements.map((one) => one.y + cellsOf(one.size).h));
  const all = Array.from({ length: rows * columns }, (_, index) => ({
    x: index % columns,
    y: Math.floor(index / columns),
  }));
  return all.filter((cell) => !taken.has(`${cell.x},${cell.y}`));
}

/** Speed of scrolling in px per frame while a drag is near the upper or lower edge of what can be seen; 0 in the middle. */
export function edgeScroll(pointerY: number, top: number, bottom: number): number {
  const zone = 64;
  const fastest = 14;
  if (pointerY < top + zone) return -Math.ceil((Math.min(zone, top + zone - pointerY) / zone) * fastest);
  if (pointerY > bottom - zone) return Math.ceil((Math.min(zone, pointerY - bottom + zone) / zone) * fastest);
  return 0;
}
