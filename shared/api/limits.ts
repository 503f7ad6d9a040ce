import * as v from 'valibot';

/** What limits an exception or a guest's card beside level, hours and end. */

const finite = v.pipe(v.number(), v.finite());

/** The numbers that a tile may be set to, in the units that it shows. A colour counts by its brightness. */
export const rangeSchema = v.pipe(
  v.strictObject({ min: v.optional(finite), max: v.optional(finite) }),
  v.check(({ min, max }) => min !== undefined || max !== undefined, 'A range needs an end.'),
  v.check(({ min, max }) => min === undefined || max === undefined || min <= max, 'min must not be above max.'),
);
export type Range = v.InferOutput<typeof rangeSchema>;

/** Role of a tile → what it may be set to: numbers in the units that they are shown in, colours by their brightness in percent. */
export type RoleRanges = Readonly<Record<string, Range>>;

export const maxTimesPerHour = 60;
/** Uses of a tile in any 60 minutes, by the server's clock. */
export const timesPerHourSchema = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maxTimesPerHour));

/** Nothing brighter, louder or wider: every number that is a percentage, or has no unit, and every colour. */
export const atMostPercentSchema = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100));

export const maxUses = 99;
/** Uses after which a card ends by itself. */
export const usesSchema = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maxUses));

/** Commands to one tile within this time from the first are one use: a finger on a slider sends many. */
export const oneUseMs = 5_000;

/** Why a limit says no. */
export type LimitReason = 'range' | 'times' | 'uses';
