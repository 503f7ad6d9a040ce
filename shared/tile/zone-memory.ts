/** Which zone of a reading a tile shows. It lags a little behind the value, so that a value at a limit does not make the tile flicker. */
export interface ZoneMemory {
  /** How many limits lie at or below the shown zone. */
  readonly index: number;
  /** Since when the value has been outside the shown zone, ms; absent = it is inside. */
  readonly outsideSinceMs?: number;
}

/** A zone is left at once when the value is this far beyond its limit, as a share of the range … */
export const leaveShare = 0.02;
/** … and otherwise after this long outside. */
export const leaveAfterMs = 30_000;

export interface ZoneInput {
  /** Where zones begin, low to high, in shown units; the first zone has none. */
  readonly limits: readonly number[];
  readonly value: number;
  readonly atMs: number;
  /** Range of the reading; absent = the limits tell how large its numbers are. */
  readonly range?: number;
}

/** How many limits lie at or below a value: the index of its zone. */
export const zoneIndexOf = (limits: readonly number[], value: number): number =>
  limits.filter((limit) => limit <= value).length;

/** How far a value is beyond the limit through which it left a zone. */
function beyond({ limits, value }: ZoneInput, index: number): { readonly distance: number; readonly limit: number } {
  const limit = (zoneIndexOf(limits, value) > index ? limits[index] : limits[index - 1]) ?? value;
  return { distance: Math.abs(value - limit), limit };
}

/** Without a range: what the limits span, or with one limit the size of the number itself. */
function rangeOf({ range, limits }: ZoneInput, limit: number): number {
  if (range !== undefined && range > 0) return range;
  const span = (limits.at(-1) ?? 0) - (limits[0] ?? 0);
  return span > 0 ? span : Math.abs(limit);
}

/** Lays a reading, or the same reading at a later moment, over what was shown. */
export function holdZone(before: ZoneMemory | undefined, input: ZoneInput): ZoneMemory {
  const index = zoneIndexOf(input.limits, input.value);
  // The first reading, limits that were taken away, or a value inside: nothing to hold.
  if (!before || before.index > input.limits.length || before.index === index) return { index };
  const { distance, limit } = beyond(input, before.index);
  const outsideSinceMs = before.outsideSinceMs ?? input.atMs;
  const isOut = distance >= rangeOf(input, limit) * leaveShare || input.atMs - outsideSinceMs >= leaveAfterMs;
  return isOut ? { index } : { index: before.index, outsideSinceMs };
}
