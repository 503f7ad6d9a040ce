import * as v from 'valibot';
import { domains } from '../../../shared/house/house.ts';

/** Limits of a number as the document holds them. */

export const maxZones = 12;
export const zoneDomains = [...domains, 'alarm'] as const;
export type ZoneDomain = (typeof zoneDomains)[number];

export const zoneSchema = v.strictObject({
  /** Where the zone begins, in shown units; absent = from the bottom of the scale. */
  from: v.optional(v.pipe(v.number(), v.finite())),
  word: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(40)),
  domain: v.picklist(zoneDomains),
  /** `quiet` only says the word, `tint` makes the tile soft, `alarm` fills it red. */
  loudness: v.optional(v.picklist(['quiet', 'tint', 'alarm']), 'quiet'),
});
export type Zone = v.InferOutput<typeof zoneSchema>;

export const zonesSchema = v.pipe(v.array(zoneSchema), v.maxLength(maxZones));
