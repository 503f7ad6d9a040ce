import { describe, expect, test } from 'vitest';
import type { SeriesPoint } from '../../../shared/api/contract.ts';
import { commandTopicOf, lastChangeMs, whoAndWhen } from '../../../web/pages/details/who.ts';
import { translator } from '../../../web/text/define.ts';
import { detailsWords } from '../../../web/text/details.ts';
import { timeWords } from '../../../web/text/time.ts';

const minute = 60_000;
const now = new Date(2026, 2, 12, 21, 47).getTime();
const t = translator(detailsWords, 'en');
const time = { t: translator(timeWords, 'en'), nowMs: now, locale: 'en-GB' };
const command = (ageMs: number, by?: string) => ({
  topic: 'lamp/set',
  atMs: now - ageMs,
  retained: false,
  ...(by === undefined ? {} : { by }),
});
const quiet = { roomName: 'Kitchen', command: undefined, changedMs: undefined, reportedMs: undefined };

describe('whoAndWhen', () => {
  test.each([
    ['names the author', { ...quiet, command: command(2 * minute, 'Anna') }, 'Last changed by Anna, 2 min ago'],
    ['an unknown author', { ...quiet, command: command(2 * minute) }, 'Last changed 2 min ago'],
    [
      'the effect comes shortly after the command',
      { ...quiet, command: command(5 * minute, 'Anna'), changedMs: now - 4 * minute },
      'Last changed by Anna, 5 min ago',
    ],
    [
      'the wall switch after the command',
      { ...quiet, command: command(60 * minute, 'Anna'), changedMs: now - 3 * minute },
      'Last changed 3 min ago',
    ],
    ['a sensor', { ...quiet, reportedMs: now - 12_000 }, 'Kitchen · updated 12 s ago'],
    ['nothing yet', quiet, 'Kitchen · no value yet'],
  ])('%s', (_name, input, expected) => {
    expect(whoAndWhen(input, t, time)).toBe(expected);
  });
});

test.each<[readonly SeriesPoint[], number | undefined]>([
  [[], undefined],
  [[[1, 1, 1]], undefined],
  [
    [
      [1, 0, 0],
      [2, 1, 1],
      [3, 1, 1],
    ],
    2,
  ],
  [
    [
      [1, 0, 0],
      [5, 0, 1],
    ],
    5,
  ],
])('the last change of %j is at %s', (points, expected) => {
  expect(lastChangeMs(points)).toBe(expected);
});

test('commandTopicOf takes the first role that can send', () => {
  const tile = { id: 'a', roomId: 'b', kind: 'light', title: 'Lamp', options: {} };
  const bindings = {
    power: { type: 'boolean' as const, stateTopic: 'lamp' },
    brightness: { type: 'number' as const, commandTopic: 'lamp/set' },
  };
  expect(commandTopicOf({ ...tile, bindings })).toBe('lamp/set');
  expect(commandTopicOf({ ...tile, bindings: {} })).toBeUndefined();
});
