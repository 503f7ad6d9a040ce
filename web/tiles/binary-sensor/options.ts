import * as v from 'valibot';

/** What a two-state sensor watches; decides words, icons and colour. `moisture` is another name of `leak`. */
export const binaryClasses = [
  'generic',
  'window',
  'door',
  'garage',
  'opening',
  'lock',
  'motion',
  'presence',
  'leak',
  'moisture',
  'smoke',
  'gas',
  'vibration',
  'connectivity',
  'battery',
  'running',
  'problem',
] as const;
export type BinaryClass = (typeof binaryClasses)[number];

export const binaryOptions = v.strictObject({
  deviceClass: v.optional(v.picklist(binaryClasses), 'generic'),
  /** Fills the tile red while it is on. Default: by class (leak, smoke and gas are alarms). */
  isAlarm: v.optional(v.boolean()),
});
export type BinaryOptions = v.InferOutput<typeof binaryOptions>;
