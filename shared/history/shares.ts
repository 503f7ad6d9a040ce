import { zoneIndexOf } from '../tile/zone-memory.ts';

/** A stretch of a reading: from when, and between which values it moved until the next one. */
export interface Stretch {
  readonly atMs: number;
  readonly min: number;
  readonly max: number;
}

export interface SharesInput {
  /** Where zones begin, low to high, in shown units; the first zone has none. */
  readonly limits: readonly number[];
  readonly toMs: number;
}

export interface Shares {
  /** Start of what is known. */
  readonly fromMs: number;
  /** Share of the known time per zone, 0-1, from the lowest zone on; together 1. */
  readonly shares: readonly number[];
}

/** A value holds until the next one, but nobody knows what was after this long a silence. */
export const maxHoldMs = 3_600_000;

/** Part of a stretch inside each zone; between its lowest and highest value it counts as spread evenly. */
function partsOf({ min, max }: Stretch, limits: readonly number[]): number[] {
  const edges = [-Infinity, ...limits, Infinity];
  if (max <= min) return edges.slice(1).map((_, index) => (index === zoneIndexOf(limits, min) ? 1 : 0));
  return edges.slice(1).map((to, index) => {
    const inside = Math.min(to, max) - Math.max(edges[index] ?? -Infinity, min);
    return Math.max(0, inside) / (max - min);
  });
}

/** How the time of a series divides among zones; `undefined` when nothing is known. Stretches come oldest first. */
export function zoneShares(stretches: readonly Stretch[], { limits, toMs }: SharesInput): Shares | undefined {
  const sums = new Array<number>(limits.length + 1).fill(0);
  for (const [index, stretch] of stretches.entries()) {
    const endMs = Math.min(stretches[index + 1]?.atMs ?? toMs, stretch.atMs + maxHoldMs, toMs);
    const lengthMs = Math.max(0, endMs - stretch.atMs);
    partsOf(stretch, limits).forEach((part, zone) => (sums[zone] = (sums[zone] ?? 0) + part * lengthMs));
  }
  const total = sums.reduce((sum, one) => sum + one, 0);
  const [first] = stretches;
  return first && total > 0 ? { fromMs: first.atMs, shares: sums.map((sum) => sum / total) } : undefined;
}
