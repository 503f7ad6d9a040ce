import * as v from 'valibot';

export const maxSwatches = 10;
const hex = v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/i));

/** What the wheel starts with when nobody chose colours. */
export const defaultSwatches = ['#ffb35c', '#fff4e0', '#ff6f61', '#7ad0ff', '#8a6bff'];

export const colorOptions = v.strictObject({
  presets: v.optional(v.pipe(v.array(hex), v.maxLength(maxSwatches)), defaultSwatches),
});
export type ColorOptions = v.InferOutput<typeof colorOptions>;
