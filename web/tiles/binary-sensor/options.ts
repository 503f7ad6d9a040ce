import * as v from 'valibot';
import { binaryClasses } from './class-names.ts';

export const binaryOptions = v.strictObject({
  deviceClass: v.optional(v.picklist(binaryClasses), 'generic'),
  /** Fills the tile red while it is on. Default: by class (leak, smoke and gas are alarms). */
  isAlarm: v.optional(v.boolean()),
});
export type BinaryOptions = v.InferOutput<typeof binaryOptions>;
