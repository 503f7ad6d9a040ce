import * as v from 'valibot';

export const textOptions = v.strictObject({
  /** Reported text → what is shown instead: `{"2": "Rinsing"}`. */
  words: v.optional(v.record(v.pipe(v.string(), v.maxLength(80)), v.pipe(v.string(), v.maxLength(80))), {}),
});
export type TextOptions = v.InferOutput<typeof textOptions>;
