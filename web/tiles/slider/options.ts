import * as v from 'valibot';

export const sliderOptions = v.strictObject({
  /** What lies at the lower edge of 2 × 2. */
  control: v.optional(v.picklist(['groove', 'keys']), 'groove'),
});
export type SliderOptions = v.InferOutput<typeof sliderOptions>;
