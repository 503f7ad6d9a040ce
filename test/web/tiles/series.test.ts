import { expect, it } from 'vitest';
import { spanOf, type Reading } from '../../../web/tiles/parts/series.ts';

const hourMs = 3_600_000;
const toMs = 100 * hourMs;
const at = (...hoursAgo: number[]): Reading[] =>
  hoursAgo.map((hours) => ({ atMs: toMs - hours * hourMs, min: 0, max: 0, mean: 0 }));

it.each<[string, Reading[], number, number]>([
  ['the whole window with a full history', at(5.9, 3, 0), 6, 0],
  ['the whole window while values pause now', at(5.9, 3, 2), 6, 0],
  ['only what is known with little history', at(0.5, 0.2, 0.1), 0.5, 0.1],
  ['the whole window with nothing', [], 6, 0],
])('spans %s', (_name, readings, fromHoursAgo, toHoursAgo) => {
  expect(spanOf(readings, { toMs, hours: 6 })).toEqual({
    fromMs: toMs - fromHoursAgo * hourMs,
    toMs: toMs - toHoursAgo * hourMs,
  });
});
