import * as v from 'valibot';

export const buttonOptions = v.strictObject({
  /** What is sent. Default: the fixed text of the template, else `PRESS`. */
  payload: v.optional(v.pipe(v.string(), v.maxLength(1_024))),
  /** Line under the name ("Opener"). */
  caption: v.optional(v.pipe(v.string(), v.maxLength(40))),
});
export type ButtonOptions = v.InferOutput<typeof buttonOptions>;
