import * as v from 'valibot';
import { switchClasses } from './class-names.ts';

export const switchOptions = v.strictObject({
  deviceClass: v.optional(v.picklist(switchClasses), 'switch'),
});
export type SwitchOptions = v.InferOutput<typeof switchOptions>;
