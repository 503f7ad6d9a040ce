import * as v from 'valibot';
import { quantities } from '../parts/quantity.ts';
import { zonesSchema } from '../parts/zones-schema.ts';

export const gaugeOptions = v.strictObject({
  quantity: v.optional(v.picklist(quantities), 'auto'),
  zones: v.optional(zonesSchema, []),
});
export type GaugeOptions = v.InferOutput<typeof gaugeOptions>;
