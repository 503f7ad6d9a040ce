import * as v from 'valibot';

/** What a switch is called when it is on: On, Open or Unlocked. */
export const switchClasses = ['switch', 'valve', 'lock'] as const;

export const switchOptions = v.strictObject({
  deviceClass: v.optional(v.picklist(switchClasses), 'switch'),
});
export type SwitchOptions = v.InferOutput<typeof switchOptions>;
