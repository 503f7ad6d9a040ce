import { describe, expect, it } from 'vitest';
import { shareOf, snap, valueAt, valueForKey } from '../../../web/ui/scale.ts';

const percent = { min: 0, max: 100, step: 1 };
const climate = { min: 5, max: 30, step: 0.5 };

describe('scale', () => {
  it.each([
    [percent, 61.6, 62],
    [percent, 120, 100],
    [climate, 21.3, 21.5],
    [{ min: 0, max: 1, step: 0.1 }, 0.30000000000000004, 0.3],
    [{ min: 0, max: 254, step: 0 }, 12.34, 12.34],
  ])('snaps', (scale, value, expected) => {
    expect(snap(scale, value)).toBe(expected);
  });

  it('turns shares into values and back', () => {
    expect(valueAt(percent, 0.62)).toBe(62);
    expect(valueAt(percent, 1.4)).toBe(100);
    expect(shareOf(climate, 17.5)).toBe(0.5);
    expect(shareOf({ min: 3, max: 3, step: 1 }, 3)).toBe(0);
  });

  it.each([
    ['ArrowUp', 65],
    ['ArrowLeft', 55],
    ['+', 65],
    ['PageDown', 40],
    ['Home', 0],
    ['End', 100],
    ['Tab', undefined],
  ])('steps by %s', (key, expected) => {
    expect(valueForKey(percent, 60, { key, keyStep: 5 })).toBe(expected);
  });
});
