import * as v from 'valibot';
import { defaultSwatches } from './swatches.ts';

export const maxSwatches = 10;
const hex = v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/i));

export const colorOptions = v.strictObject({
  presets: v.optional(v.pipe(v.array(hex), v.maxLength(maxSwatches)), defaultSwatches),
});
export type ColorOptions = v.InferOutput<typeof colorOptions>;
