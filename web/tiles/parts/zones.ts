import { zoneIndexOf } from '../../../shared/tile/zone-memory.ts';
import type { RoleState } from '../../../shared/tile/state.ts';
import type { Zone } from './zones-schema.ts';

/** Limits of a number: from where, what it is called, which colour, how loud. */

/** Zones from low to high; the first one begins at the bottom, whatever it says. */
export const sortZones = (zones: readonly Zone[]): Zone[] =>
  [...zones].sort((a, b) => (a.from ?? -Infinity) - (b.from ?? -Infinity));

/** Where the zones above the first one begin, low to high. */
export const zoneLimits = (zones: readonly Zone[]): number[] =>
  sortZones(zones)
    .slice(1)
    .map((zone) => zone.from ?? -Infinity);

/** The zone a value lies in; below the first limit the first zone counts. */
export const zoneAt = (zones: readonly Zone[], value: number): Zone | undefined =>
  sortZones(zones)[zoneIndexOf(zoneLimits(zones), value)];

/** The zone that is shown for a role: it lags a little behind the value, so that the tile does not flicker. */
export function shownZone(zones: readonly Zone[], role: RoleState | undefined, value: number): Zone | undefined {
  const index = role?.zone ?? zoneIndexOf(zoneLimits(zones), value);
  return sortZones(zones)[Math.min(index, zones.length - 1)];
}

/** Limits inside a range: where the next zone begins. */
export const limitsIn = (zones: readonly Zone[], min: number, max: number): number[] =>
  zoneLimits(zones).filter((limit) => limit > min && limit < max);

/** A zone as a band of the scale; open ends are infinite. Undefined without limits. */
export function bandOf(
  zones: readonly Zone[],
  zone: Zone | undefined,
): { readonly from: number; readonly to: number } | undefined {
  if (zones.length < 2 || zone === undefined) return undefined;
  const sorted = sortZones(zones);
  const index = sorted.indexOf(zone);
  return { from: index === 0 ? -1e12 : (zone.from ?? -1e12), to: sorted[index + 1]?.from ?? 1e12 };
}
