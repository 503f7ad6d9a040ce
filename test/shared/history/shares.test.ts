import { describe, expect, it } from 'vitest';
import { zoneShares, type Stretch } from '../../../shared/history/shares.ts';

const minuteMs = 60_000;
const at = (minute: number, min: number, max = min): Stretch => ({ atMs: minute * minuteMs, min, max });

describe('the shares of zones', () => {
  it.each<[string, Stretch[], number, number[] | undefined]>([
    ['nothing known', [], 60, undefined],
    ['no time yet', [at(60, 5)], 60, undefined],
    ['one zone all the time', [at(0, 5)], 60, [1, 0, 0]],
    ['a value at a limit belongs above', [at(0, 10)], 60, [0, 1, 0]],
    ['by time, not by count', [at(0, 5), at(45, 15), at(50, 25), at(55, 25)], 60, [0.75, 1 / 12, 1 / 6]],
    ['spread between lowest and highest', [at(0, 5, 25)], 10, [0.25, 0.5, 0.25]],
    ['spread over a limit outside', [at(0, 0, 40)], 10, [0.25, 0.25, 0.5]],
    ['a silence counts an hour at most', [at(0, 5), at(600, 15)], 660, [0.5, 0.5, 0]],
    ['what lies in the future counts nothing', [at(0, 5), at(90, 15)], 60, [1, 0, 0]],
  ])('%s', (_name, stretches, toMinute, shares) => {
    const found = zoneShares(stretches, { limits: [10, 20], toMs: toMinute * minuteMs });
    expect(found?.shares.map((share) => Number(share.toFixed(9)))).toEqual(
      shares?.map((share) => Number(share.toFixed(9))),
    );
    if (found) expect(found.fromMs).toBe(stretches[0]!.atMs);
  });
});
