import type { Domain } from '../../../shared/house/house.ts';
import type { TileLook } from '../define.ts';
import type { Zone, ZoneDomain } from './zones-schema.ts';

const levels: Readonly<Record<Zone['loudness'], TileLook['level']>> = {
  quiet: 'quiet',
  tint: 'active',
  alarm: 'alarm',
};

/** Level and colour of a reading in its zone; without zones it stays quiet in its own colour. */
export function zoneLook(
  zone: Zone | undefined,
  own: Domain,
): { readonly level: TileLook['level']; readonly fill: ZoneDomain } {
  if (zone === undefined) return { level: 'quiet', fill: own };
  return { level: levels[zone.loudness], fill: zone.loudness === 'alarm' ? 'alarm' : zone.domain };
}
