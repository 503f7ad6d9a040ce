import { describe, expect, it } from 'vitest';
import { comingTime, dateOf, endOfDay, momentOf, timeOf } from '../../../web/pages/ends.ts';
import { initialOf } from '../../../web/pages/initial.ts';
import { reachableOrigin } from '../../../web/pages/reachable-origin.ts';

const at = (day: number, hour: number, minute = 0): number => new Date(2026, 10, day, hour, minute).getTime();

describe('a moment that comes', () => {
  it.each([
    [at(24, 18), '18:00'],
    [at(26, 7, 5), 'Thursday 07:05'],
    [at(30, 18), 'Monday 18:00'],
    [at(24, 18) + 9 * 86_400_000, '3 Dec 18:00'],
  ])('%d', (atMs, expected) => {
    expect(comingTime(atMs, at(24, 12), 'en-GB')).toBe(expected);
  });

  it.each([
    // 06:15 in Auckland is still the day before in Greenwich.
    ['Pacific/Auckland', Date.UTC(2026, 10, 24, 17, 15), '06:15'],
    ['Pacific/Auckland', Date.UTC(2026, 10, 25, 11), 'Thursday 00:00'],
    ['UTC', Date.UTC(2026, 10, 24, 17, 15), '17:15'],
  ])('by the clocks of %s', (timeZone, atMs, expected) => {
    const nowMs = Date.UTC(2026, 10, 24, 12);
    expect(comingTime(atMs, nowMs, 'en-GB', timeZone)).toBe(expected);
  });

  it('goes through the fields of a form and back', () => {
    const moment = at(29, 18, 30);
    expect([dateOf(moment), timeOf(moment)]).toEqual(['2026-11-29', '18:30']);
    expect(momentOf('2026-11-29', '18:30')).toBe(moment);
    expect(momentOf('', '18:30')).toBeUndefined();
  });

  it('is the last minute of its day', () => {
    expect(endOfDay(at(24, 3))).toBe(at(24, 23, 59));
  });
});

it('a person keeps letter and colour', () => {
  expect(initialOf('p1', ' lena ').letter).toBe('L');
  expect(initialOf('p1', 'Lena').domain).toBe(initialOf('p1', 'Somebody').domain);
});

describe('where another phone finds the page', () => {
  const addresses = { host: '192.168.1.5', mqttPort: 1883, mqttsPort: null, httpPort: 8080 };
  it.each([
    ['http://localhost:8080', 'http://192.168.1.5:8080'],
    ['http://127.0.0.1:8080', 'http://192.168.1.5:8080'],
    ['http://kachel.local:8080', 'http://kachel.local:8080'],
    ['https://home.example', 'https://home.example'],
  ])('%s', (origin, expected) => {
    expect(reachableOrigin(new URL(origin), addresses)).toBe(expected);
  });

  it('stays as it is while the addresses are not known', () => {
    expect(reachableOrigin(new URL('http://localhost:8080'), undefined)).toBe('http://localhost:8080');
  });
});
