import type { Zone } from './zones-schema.ts';

/** Limits of a number: from where, what it is called, which colour, how loud. */

/** Zones from low to high; the first one begins at the bottom, whatever it says. */
export const sortZones = (zones: readonly Zone[]): Zone[] =>
  [...zones].sort((a, b) => (a.from ?? -Infinity) - (b.from ?? -Infinity));

/** The zone a value lies in; below the first limit the first zone counts. */
export function zoneAt(zones: readonly Zone[], value: number): Zone | undefined {
  const sorted = sortZones(zones);
  return sorted.filter((zone, index) => index === 0 || (zone.from ?? -Infinity) <= value).at(-1);
}

/** Limits inside a range: where the next zone begins. */
export const limitsIn = (zones: readonly Zone[], min: number, max: number): number[] =>
  sortZones(zones)
    .slice(1)
    .flatMap((zone) => (zone.from !== undefined && zone.from > min && zone.from < max ? [zone.from] : []));

/** The zone a value lies in, as a band of the scale; open ends are infinite. Undefined without limits. */
export function bandOf(
  zones: readonly Zone[],
  value: number | undefined,
): { readonly from: number; readonly to: number } | undefined {
  if (zones.length < 2 || value === undefined) return undefined;
  const sorted = sortZones(zones);
  const index = sorted.findLastIndex((zone, place) => place === 0 || (zone.from ?? -Infinity) <= value);
  return { from: index === 0 ? -1e12 : (sorted[index]?.from ?? -1e12), to: sorted[index + 1]?.from ?? 1e12 };
}
