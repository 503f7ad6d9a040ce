import { describe, expect, it } from 'vitest';
import { holdZone, zoneIndexOf, type ZoneInput, type ZoneMemory } from '../../../shared/tile/zone-memory.ts';

const limits = [800, 1_200];
const range = 1_600; // 2 % = 32

/** The zones that are shown for readings at moments, one after the other. */
function shown(
  readings: readonly (readonly [atSeconds: number, value: number])[],
  more: Pick<ZoneInput, 'limits' | 'range'> = { limits, range },
): number[] {
  let memory: ZoneMemory | undefined;
  return readings.map(([atSeconds, value]) => {
    memory = holdZone(memory, { ...more, value, atMs: atSeconds * 1_000 });
    return memory.index;
  });
}

describe('the zone of a value', () => {
  it.each([
    [799, 0],
    [800, 1],
    [1_199.9, 1],
    [1_200, 2],
    [-5, 0],
  ])('%d lies in %d', (value, index) => {
    expect(zoneIndexOf(limits, value)).toBe(index);
  });
});

describe('the shown zone', () => {
  it.each<[string, Parameters<typeof shown>[0], number[]]>([
    ['is the true one at first', [[0, 801]], [1]],
    [
      'stays for a value just beyond the limit',
      [
        [0, 790],
        [1, 805],
        [2, 795],
        [3, 831.9],
      ],
      [0, 0, 0, 0],
    ],
    [
      'is left at once 2 % beyond the limit',
      [
        [0, 790],
        [1, 832],
      ],
      [0, 1],
    ],
    [
      'is left downwards the same way',
      [
        [0, 810],
        [1, 770],
        [2, 768],
      ],
      [1, 1, 0],
    ],
    [
      'is left after 30 s outside',
      [
        [0, 790],
        [1, 805],
        [30, 805],
        [31, 805],
      ],
      [0, 0, 0, 1],
    ],
    [
      'counts the 30 s anew after a visit inside',
      [
        [0, 790],
        [1, 805],
        [20, 795],
        [21, 805],
        [40, 805],
      ],
      [0, 0, 0, 0, 0],
    ],
    [
      'never flickers around a limit',
      [
        [0, 795],
        [10, 805],
        [20, 795],
        [30, 805],
        [40, 795],
        [50, 805],
      ],
      [0, 0, 0, 0, 0, 0],
    ],
    [
      'may jump over a zone',
      [
        [0, 700],
        [1, 1_300],
      ],
      [0, 2],
    ],
    [
      'moves on from where it is held',
      [
        [0, 790],
        [1, 810],
        [2, 1_300],
        [3, 1_190],
        [4, 1_160],
      ],
      [0, 0, 2, 2, 1],
    ],
  ])('%s', (_name, readings, zones) => {
    expect(shown(readings)).toEqual(zones);
  });

  it.each<[string, Pick<ZoneInput, 'limits' | 'range'>, number, number[]]>([
    ['from what the limits span', { limits: [0, 100] }, 101, [1, 1]],
    ['from what the limits span, beyond', { limits: [0, 100] }, 102, [1, 2]],
    ['from a single limit', { limits: [50] }, 50.5, [0, 0]],
    ['from a single limit, beyond', { limits: [50] }, 51, [0, 1]],
    ['not at all from zero', { limits: [0] }, 0.1, [0, 1]],
    ['not from a range of nothing', { limits: [50], range: 0 }, 50.5, [0, 0]],
  ])('without a range knows how much 2 %% are: %s', (_name, more, value, zones) => {
    const [first] = more.limits;
    expect(
      shown(
        [
          [0, more.limits.length > 1 ? 50 : first! - 0.5],
          [1, value],
        ],
        more,
      ),
    ).toEqual(zones);
  });

  it('is the true one when limits were taken away', () => {
    expect(holdZone({ index: 2 }, { limits: [800], value: 100, atMs: 0 })).toEqual({ index: 0 });
  });
});
