import { describe, expect, it } from 'vitest';
import type { Exception, Grants } from '../../../../shared/api/people.ts';
import {
  grantsFor,
  levelOf,
  noGrants,
  withAllRooms,
  withException,
  withOtherRooms,
  withRoom,
} from '../../../../web/pages/people/grants.ts';
import { exceptionInWords, hoursInWords, seenInWords } from '../../../../web/pages/people/rights-text.ts';
import { translator } from '../../../../web/text/define.ts';
import { peopleWords } from '../../../../web/text/people.ts';
import { switchTile, testHouse } from '../../../support/house.ts';

const house = testHouse([switchTile('lamp', { title: 'Floor lamp' }), switchTile('fridge', { roomId: 'kitchen' })]);
const english = { t: translator(peopleWords, 'en'), locale: 'en-GB' };
const german = { t: translator(peopleWords, 'de'), locale: 'de-DE' };
const grants = (part: Partial<Grants>): Grants => ({ ...noGrants, ...part });

describe('what an invitation gives', () => {
  const home = grants({ otherRooms: 'see', onlyAtHome: true });
  it.each([
    ['guest', home],
    ['member', grants({ otherRooms: 'see' })],
    ['kiosk', grants({ otherRooms: 'see' })],
    ['owner', noGrants],
  ] as const)('%s: no limit from a choice that is no longer shown', (role, expected) => {
    expect(grantsFor(role, home)).toEqual(expected);
  });
});

describe('the level of a room', () => {
  it('is its own, else the one of all others', () => {
    const some = grants({ otherRooms: 'see', rooms: { living: 'operate' } });
    expect(levelOf(some, 'living')).toBe('operate');
    expect(levelOf(some, 'kitchen')).toBe('see');
  });

  it('is never that of a word that every object knows', () => {
    expect(levelOf(grants({ otherRooms: 'see' }), 'constructor')).toBe('see');
  });

  it('stays for the rooms of today when it changes for those made later', () => {
    const changed = withOtherRooms(grants({ otherRooms: 'see' }), house, 'no');
    expect([levelOf(changed, 'living'), levelOf(changed, 'attic')]).toEqual(['see', 'no']);
  });

  it('is set for all at once, later ones included', () => {
    const all = withAllRooms(withRoom(noGrants, 'living', 'see'), house, 'operate');
    expect(['living', 'kitchen', 'attic'].map((id) => levelOf(all, id))).toEqual(['operate', 'operate', 'operate']);
  });
});

it('a tile has one exception: the last one', () => {
  const first: Exception = { tileId: 'lamp', level: 'see' };
  const twice = withException(withException(noGrants, first), { ...first, level: 'no' });
  expect(twice.exceptions).toEqual([{ tileId: 'lamp', level: 'no' }]);
});

describe('what somebody sees', () => {
  it.each([
    ['nothing', noGrants, 'sees nothing yet'],
    ['everything', grants({ otherRooms: 'see' }), 'all rooms'],
    ['one room', grants({ rooms: { living: 'see' } }), 'Living room'],
    ['one tile', grants({ exceptions: [{ tileId: 'lamp', level: 'operate' }] }), 'Floor lamp'],
    [
      'a room and a tile elsewhere',
      grants({ rooms: { kitchen: 'see' }, exceptions: [{ tileId: 'lamp', level: 'operate' }] }),
      'Kitchen and Floor lamp',
    ],
    [
      'no tile that is taken away',
      grants({ rooms: { kitchen: 'see' }, exceptions: [{ tileId: 'lamp', level: 'no' }] }),
      'Kitchen',
    ],
  ])('%s', (_name, some, expected) => {
    expect(seenInWords(some, house, english)).toBe(expected);
  });
});

describe('times in words', () => {
  it.each([
    [{ days: [1, 2, 3, 4, 5], fromMinute: 420, toMinute: 1_140 }, 'Mon–Fri 07:00–19:00', 'Mo–Fr 07:00–19:00'],
    [{ days: [6, 7], fromMinute: 0, toMinute: 1_440 }, 'Sat, Sun 00:00–24:00', 'Sa, So 00:00–24:00'],
    [{ days: [1, 3], fromMinute: 1_320, toMinute: 360 }, 'Mon, Wed 22:00–06:00', 'Mo, Mi 22:00–06:00'],
    [{ days: [1, 2, 3, 4, 5, 6, 7], fromMinute: 60, toMinute: 120 }, 'daily 01:00–02:00', 'täglich 01:00–02:00'],
  ] as const)('%o', ({ days, ...span }, inEnglish, inGerman) => {
    const hours = { days: [...days], ...span };
    expect(hoursInWords(hours, english)).toBe(inEnglish);
    expect(hoursInWords(hours, german)).toBe(inGerman);
  });
});

it('an exception tells level, times and holding', () => {
  const hours = { days: [1 as const], fromMinute: 420, toMinute: 480 };
  expect(exceptionInWords({ tileId: 'lamp', level: 'operate', hold: true, hours }, english)).toBe(
    'Operate Mon 07:00–08:00, hold to confirm',
  );
  expect(exceptionInWords({ tileId: 'lamp', level: 'see', hold: true }, german)).toBe('Nur sehen');
});
