import { cellsOf } from '../../shared/house/layout.ts';
import type { Placement } from '../../shared/house/house.ts';

/** Sub-columns by the grid's own inner width; the pixels of the specification at 16 px text, counted in rem. */
const steps: readonly (readonly [fromPx: number, columns: number])[] = [
  [1_118, 12],
  [930, 10],
  [742, 8],
  [554, 6],
  [256, 4],
];

/** Below 16 rem (text at 150 % and more on a phone) two columns. */
export function columnsFor(widthPx: number, remPx: number): number {
  const width = (widthPx / remPx) * 16;
  return steps.find(([fromPx]) => width >= fromPx)?.[1] ?? 2;
}

const ways: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

const centre = ({ x, y, size }: Placement): { readonly x: number; readonly y: number } => {
  const { w, h } = cellsOf(size);
  return { x: x + w / 2, y: y + h / 2 };
};

/** The tile an arrow key leads to: the nearest in that direction, sideways distance counting double. Home and End: first and last. */
export function neighbour(placements: readonly Placement[], from: string, key: string): string | undefined {
  if (key === 'Home') return placements[0]?.tileId;
  if (key === 'End') return placements.at(-1)?.tileId;
  const way = ways[key];
  const start = placements.find((one) => one.tileId === from);
  if (!way || !start) return undefined;
  const [wayX, wayY] = way;
  const a = centre(start);
  const found = placements
    .filter((one) => one !== start)
    .map((one) => ({ id: one.tileId, dx: centre(one).x - a.x, dy: centre(one).y - a.y }))
    .map(({ id, dx, dy }) => ({ id, along: dx * wayX + dy * wayY, aside: Math.abs(dx * wayY) + Math.abs(dy * wayX) }))
    .filter(({ along, aside }) => along > 0 && aside <= along * 2)
    .toSorted((one, two) => one.along + one.aside * 2 - (two.along + two.aside * 2));
  return found[0]?.id;
}
