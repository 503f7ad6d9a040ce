import { describe, expect, test } from 'vitest';
import { clockTime } from '../../../web/pages/clock-time.ts';
import { ago, duration, pointInTime } from '../../../web/pages/time.ts';
import { translator } from '../../../web/text/define.ts';
import { timeWords } from '../../../web/text/time.ts';

const now = new Date(2026, 2, 12, 21, 47).getTime();
const english = { t: translator(timeWords, 'en'), nowMs: now, locale: 'en-GB' };
const german = { t: translator(timeWords, 'de'), nowMs: now, locale: 'de-DE' };
const second = 1_000;
const minute = 60_000;
const hour = 60 * minute;

describe('ago', () => {
  test.each([
    [0, 'just now'],
    [-5 * second, 'just now'],
    [12 * second, '12 s ago'],
    [2 * minute + 59 * second, '2 min ago'],
    [3 * hour, '3 h ago'],
    [25 * hour, 'yesterday 20:47'],
    [3 * 24 * hour, 'Mon 21:47'],
    [20 * 24 * hour, '20 Feb'],
  ])('%i ms old reads %s', (ageMs, text) => {
    expect(ago(now - ageMs, english)).toBe(text);
  });

  test('speaks German', () => {
    expect(ago(now - 2 * minute, german)).toBe('vor 2 min');
    expect(pointInTime(now - 26 * hour, german)).toBe('gestern 19:47');
  });
});

test.each([
  ['de-DE', 21, '21:47'],
  ['en-GB', 9, '09:47'],
  ['en-US', 9, '9:47 AM'],
])('a clock time in %s at %i reads %s', (locale, hours, text) => {
  expect(clockTime(new Date(2026, 2, 12, hours, 47).getTime(), locale).replace(/\s/g, ' ')).toBe(text);
});

describe('duration', () => {
  test.each([
    [0, '0 s'],
    [42 * second, '42 s'],
    [59 * minute, '59 min'],
    [6 * hour + 52 * minute, '6 h 52 min'],
    [7 * hour, '7 h'],
    [6 * 24 * hour + hour, '6 days'],
  ])('%i ms reads %s', (lengthMs, text) => {
    expect(duration(lengthMs, english.t)).toBe(text);
  });
});
