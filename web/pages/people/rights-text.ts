import type { Exception, Grants, Hours } from '../../../shared/api/people.ts';
import type { House } from '../../../shared/house/house.ts';
import type { Translate } from '../../text/define.ts';
import type { PeopleKey } from '../../text/people.ts';
import { levelOf } from './grants.ts';

export interface RightsContext {
  readonly t: Translate<PeopleKey>;
  readonly locale: string;
}

/** So many names are told; more are counted. */
const maxNames = 2;

/** What somebody sees, in a few words: "all rooms", "Kitchen and Hall", "3 rooms, 1 tile". */
export function seenInWords(grants: Grants, house: House, { t, locale }: RightsContext): string {
  const rooms = house.rooms.filter(({ id }) => levelOf(grants, id) !== 'no');
  if (rooms.length > 0 && rooms.length === house.rooms.length) return t('allRooms');
  const isSeenAlone = (tileId: string): boolean =>
    grants.exceptions.some((one) => one.tileId === tileId && one.level !== 'no');
  const tiles = house.tiles.filter(({ id, roomId }) => levelOf(grants, roomId) === 'no' && isSeenAlone(id));
  const names = [...rooms.map(({ name }) => name), ...tiles.map(({ title }) => title)];
  if (names.length === 0) return t('nothing');
  if (names.length <= maxNames) return new Intl.ListFormat(locale, { type: 'conjunction' }).format(names);
  const counts = [
    rooms.length > 0 ? t('roomCount', { n: rooms.length }) : '',
    tiles.length > 0 ? t('tileCount', { n: tiles.length }) : '',
  ];
  return counts.filter((count) => count !== '').join(', ');
}

/** "Operate Mon–Fri 07:00–19:00, at most 80 %, hold to confirm"; `limits` as `limitsInWords` tells them. */
export function exceptionInWords(
  exception: Exception,
  { t, locale }: RightsContext,
  limits: readonly string[] = [],
): string {
  const level = t(`exception.${exception.level}`);
  if (exception.level !== 'operate') return level;
  const timed = exception.hours ? `${level} ${hoursInWords(exception.hours, { t, locale })}` : level;
  const asking = exception.pin ? [t('pinShort')] : exception.hold ? [t('holdShort')] : [];
  return [timed, ...limits, ...asking].join(', ');
}

const monday = Date.UTC(2024, 0, 1);
const dayMs = 86_400_000;
const minuteMs = 60_000;
const endOfDay = 1_440;

/** Day 1 is Monday. */
export const weekday = (day: number, locale: string, length: 'short' | 'narrow' | 'long' = 'short'): string =>
  new Intl.DateTimeFormat(locale, { weekday: length, timeZone: 'UTC' }).format(monday + (day - 1) * dayMs);

/** Minutes since midnight as a clock shows them; the end of the day is 24:00. */
export const clockOf = (minute: number, locale: string): string =>
  minute === endOfDay
    ? '24:00'
    : new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' }).format(
        monday + minute * minuteMs,
      );

/** "Mon–Fri 07:00–19:00", "daily 22:00–06:00" */
export const hoursInWords = (hours: Hours, { t, locale }: RightsContext): string =>
  `${daysInWords(hours.days, t, locale)} ${clockOf(hours.fromMinute, locale)}–${clockOf(hours.toMinute, locale)}`;

function daysInWords(days: readonly number[], t: Translate<PeopleKey>, locale: string): string {
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  if (sorted.length === 7) return t('daily');
  return runsOf(sorted)
    .map(([first, last]) => {
      const names = [weekday(first, locale), weekday(last, locale)];
      return first === last ? names[0] : names.join(last - first === 1 ? ', ' : '–');
    })
    .join(', ');
}

/** Days that follow each other, as first and last. */
function runsOf(days: readonly number[]): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run && run[1] === day - 1) run[1] = day;
    else runs.push([day, day]);
  }
  return runs;
}
