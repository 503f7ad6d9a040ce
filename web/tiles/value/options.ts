import * as v from 'valibot';
import { quantities } from '../parts/quantity.ts';
import { zonesSchema } from '../parts/zones-schema.ts';

export const valueOptions = v.strictObject({
  quantity: v.optional(v.picklist(quantities), 'auto'),
  zones: v.optional(zonesSchema, []),
  spark: v.optional(v.boolean(), true),
  trend: v.optional(v.boolean(), true),
  /** Whether a temperature or humidity speaks for the room; a fridge does not. */
  room: v.optional(v.boolean(), true),
});
export type ValueOptions = v.InferOutput<typeof valueOptions>;
