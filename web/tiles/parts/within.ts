import type { Range } from '../../../shared/api/limits.ts';

/** A scale, or whatever else has ends, cut down to what a person may set. */
export const within = <Ends extends { readonly min: number; readonly max: number }>(
  ends: Ends,
  range?: Range,
): Ends => ({
  ...ends,
  min: Math.max(ends.min, range?.min ?? ends.min),
  max: Math.min(ends.max, range?.max ?? ends.max),
});
