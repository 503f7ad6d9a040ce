import type { SeriesPoint } from '../../../shared/api/contract.ts';

/**
 * Since when a two-state role is in the state it reports now, from its minute buckets (0 and 1), oldest first.
 * `undefined` = it did not change within what is recorded.
 */
export function changedAtMs(points: readonly SeriesPoint[], isOn: boolean): number | undefined {
  const now = Number(isOn);
  let sinceMs: number | undefined;
  for (let index = points.length - 1; index >= 0; index -= 1) {
    const point = points[index];
    if (!point) break;
    const [startMs, min, max] = point;
    if (min === now && max === now) {
      sinceMs = startMs;
      continue;
    }
    // A minute that saw both states is the one in which it changed.
    return min <= now && max >= now ? startMs : sinceMs;
  }
  return undefined;
}
