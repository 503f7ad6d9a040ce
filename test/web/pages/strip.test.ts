import { describe, expect, test } from 'vitest';
import type { SeriesPoint } from '../../../shared/api/contract.ts';
import { onTimeMs, stripSegments } from '../../../web/pages/details/strip.ts';

const minute = 60_000;
const on = (atMinute: number): SeriesPoint => [atMinute * minute, 1, 1];
const off = (atMinute: number): SeriesPoint => [atMinute * minute, 0, 0];
const both = (atMinute: number): SeriesPoint => [atMinute * minute, 0, 1];
const day = { fromMs: 0, toMs: 60 * minute };
const spans = (points: readonly SeriesPoint[]) =>
  stripSegments({ on: points, ...day }).map(({ fromMs, toMs }) => [fromMs / minute, toMs / minute]);

describe('stripSegments', () => {
  test.each<[string, readonly SeriesPoint[], number[][]]>([
    ['nothing recorded', [], []],
    ['on, then off', [on(10), off(20)], [[10, 20]]],
    ['repeated reports', [on(10), on(12), off(20), off(30)], [[10, 20]]],
    ['still on', [on(50)], [[50, 60]]],
    ['on since before the start', [on(-30), off(5)], [[0, 5]]],
    ['both states in a minute switch once', [both(10), both(20)], [[10, 20]]],
  ])('%s', (_name, points, expected) => {
    expect(spans(points)).toEqual(expected);
  });

  test('follows the level while on', () => {
    const segments = stripSegments({
      on: [on(0), off(30)],
      level: [
        [0, 127, 127],
        [10 * minute, 254, 254],
        [40 * minute, 10, 10],
      ],
      toLevel: (raw) => raw / 254,
      ...day,
    });
    expect(segments).toEqual([
      { fromMs: 0, toMs: 10 * minute, level: 0.5 },
      { fromMs: 10 * minute, toMs: 30 * minute, level: 1 },
    ]);
    expect(onTimeMs(segments)).toBe(30 * minute);
  });
});
