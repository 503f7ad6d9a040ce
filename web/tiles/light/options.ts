import * as v from 'valibot';

export const maxPresets = 10;

export const presetSchema = v.strictObject({
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(24)),
  /** Percent. */
  brightness: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(100))),
  /** White tone in kelvin; wins over `color`. */
  kelvin: v.optional(v.pipe(v.number(), v.minValue(1_000), v.maxValue(12_000))),
  color: v.optional(v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/i))),
});

export const lightOptions = v.strictObject({
  /** Saved per lamp. Default: five that fit what the lamp can do. */
  presets: v.optional(v.pipe(v.array(presetSchema), v.maxLength(maxPresets))),
});
export type LightOptions = v.InferOutput<typeof lightOptions>;
