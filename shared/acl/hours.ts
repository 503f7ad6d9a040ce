import type { Hours } from '../api/people.ts';

/** Minutes that the house's clocks are ahead of UTC at a time; the only fact about the time zone that rights need. */
export type ZoneOffset = (atMs: number) => number;

const minuteMs = 60_000;
const dayMs = 86_400_000;
const minutesPerDay = 1_440;
/** The next opening is at most a week away; one more day for a clock change. */
const daysAhead = 8;
/** Clock changes move by at most so much, so an opening that falls into the gap begins within it. */
const longestGapMinutes = 180;

interface LocalTime {
  /** Days since 1970-01-01, local. */
  readonly day: number;
  /** 1 = Monday … 7 = Sunday. */
  readonly weekday: number;
  readonly minute: number;
}

function localAt(atMs: number, zone: ZoneOffset): LocalTime {
  const localMs = atMs + zone(atMs) * minuteMs;
  const day = Math.floor(localMs / dayMs);
  // 1970-01-01 was a Thursday.
  return { day, weekday: mod(day + 3, 7) + 1, minute: Math.floor(mod(localMs, dayMs) / minuteMs) };
}

const mod = (value: number, by: number): number => ((value % by) + by) % by;

/** What a clock in the house shows: `14:05`. */
export function clockAt(atMs: number, zone: ZoneOffset): string {
  const { minute } = localAt(atMs, zone);
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** The time itself on a full minute, else the next one. */
export const nextMinute = (atMs: number): number => Math.ceil(atMs / minuteMs) * minuteMs;

/** Whether a time lies within the hours. Over midnight they belong to the day on which they begin; equal ends mean a whole day. */
export function isOpenAt({ days, fromMinute, toMinute }: Hours, atMs: number, zone: ZoneOffset): boolean {
  const { weekday, minute } = localAt(atMs, zone);
  const isOn = (day: number): boolean => days.some((one) => one === day);
  if (fromMinute < toMinute) return isOn(weekday) && minute >= fromMinute && minute < toMinute;
  const dayBefore = weekday === 1 ? 7 : weekday - 1;
  return (isOn(weekday) && minute >= fromMinute) || (isOn(dayBefore) && minute < toMinute);
}

/** When the hours begin next, after `atMs`; undefined when never. */
export function nextOpening(hours: Hours, atMs: number, zone: ZoneOffset): number | undefined {
  const { day } = localAt(atMs, zone);
  for (let ahead = 0; ahead <= daysAhead; ahead++) {
    const start = firstOpen(hours, utcOf((day + ahead) * minutesPerDay + hours.fromMinute, zone), zone);
    if (start !== undefined && start > atMs) return start;
  }
  return undefined;
}

/** The earliest time that may be meant; around a clock change the search from there finds the right one. */
function utcOf(localMinutes: number, zone: ZoneOffset): number {
  const localMs = localMinutes * minuteMs;
  return localMs - Math.max(zone(localMs - dayMs), zone(localMs + dayMs)) * minuteMs;
}

function firstOpen(hours: Hours, startMs: number, zone: ZoneOffset): number | undefined {
  for (let minute = 0; minute <= longestGapMinutes; minute++) {
    const atMs = startMs + minute * minuteMs;
    if (isOpenAt(hours, atMs, zone)) return atMs;
  }
  return undefined;
}
