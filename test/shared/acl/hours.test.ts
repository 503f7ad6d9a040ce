import { describe, expect, it } from 'vitest';
import type { Hours } from '../../../shared/api/people.ts';
import { isOpenAt, nextOpening, type ZoneOffset } from '../../../shared/acl/hours.ts';

const utc: ZoneOffset = () => 0;
/** Central Europe in 2026: summer from 29 March 01:00 UTC to 25 October 01:00 UTC. */
const berlin: ZoneOffset = (atMs) => (atMs >= Date.UTC(2026, 2, 29, 1) && atMs < Date.UTC(2026, 9, 25, 1) ? 120 : 60);
const at = (text: string): number => Date.parse(`${text}Z`);
const workdays: Hours = { days: [1, 2, 3, 4, 5], fromMinute: 7 * 60, toMinute: 19 * 60 };
const fridayNight: Hours = { days: [5], fromMinute: 22 * 60, toMinute: 6 * 60 };

describe('hours', () => {
  it.each([
    ['a Monday at 7', workdays, '2026-01-05T07:00', true],
    ['a Monday at 6:59', workdays, '2026-01-05T06:59', false],
    ['a Monday at 19', workdays, '2026-01-05T19:00', false],
    ['a Sunday', workdays, '2026-01-04T12:00', false],
    ['Friday night', fridayNight, '2026-01-09T23:00', true],
    ['Saturday before six', fridayNight, '2026-01-10T05:59', true],
    ['Friday before six', fridayNight, '2026-01-09T05:00', false],
    ['Saturday night', fridayNight, '2026-01-10T23:00', false],
    ['a whole day', { days: [5], fromMinute: 0, toMinute: 1_440 }, '2026-01-09T23:59', true],
    ['after a whole day', { days: [5], fromMinute: 0, toMinute: 1_440 }, '2026-01-10T00:00', false],
    ['Sunday into Monday', { days: [7], fromMinute: 1_380, toMinute: 60 }, '2026-01-05T00:30', true],
    ['before 1970', workdays, '1969-12-29T12:00', true],
  ] as const)('%s', (_what, hours, time, isOpen) => {
    expect(isOpenAt(hours as Hours, at(time), utc)).toBe(isOpen);
  });

  it.each([
    ['in winter', '2026-01-05T06:00', true],
    ['not in summer time', '2026-07-06T17:30', false],
  ])('follow the clocks of the house %s', (_what, time, isOpen) => {
    expect(isOpenAt(workdays, at(time), berlin)).toBe(isOpen);
  });
});

describe('the next opening', () => {
  it.each([
    ['later today', workdays, utc, '2026-01-05T05:00', '2026-01-05T07:00'],
    ['after the weekend', workdays, utc, '2026-01-09T20:00', '2026-01-12T07:00'],
    ['while it is open: the one after', workdays, utc, '2026-01-05T08:00', '2026-01-06T07:00'],
    ['in the time of the house', workdays, berlin, '2026-07-06T20:00', '2026-07-07T05:00'],
    ['over a clock change', workdays, berlin, '2026-03-28T12:00', '2026-03-30T05:00'],
    [
      'in the hour that a clock change leaves out',
      { days: [7], fromMinute: 150, toMinute: 300 },
      berlin,
      '2026-03-28T12:00',
      '2026-03-29T01:00',
    ],
  ] as const)('%s', (_what, hours, zone, from, opening) => {
    expect(nextOpening(hours as Hours, at(from), zone)).toBe(at(opening));
  });
});
