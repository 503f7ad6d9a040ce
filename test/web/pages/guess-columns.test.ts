import { expect, test } from 'vitest';
import { guessColumns } from '../../../web/pages/room/guess-columns.ts';

test.each([
  ['narrow phone', 320, 16, 4],
  ['phone', 390, 16, 4],
  ['phone with text at 200 %', 390, 32, 2],
  ['tablet', 820, 16, 6],
  ['wall panel', 1180, 16, 10],
  ['desktop', 1440, 16, 12],
])('%s of %i px at %i px text has %i columns', (_name, windowWidthPx, remPx, columns) => {
  expect(guessColumns(windowWidthPx, remPx)).toBe(columns);
});
