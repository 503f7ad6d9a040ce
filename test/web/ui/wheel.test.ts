import { describe, expect, it } from 'vitest';
import { atPoint, forKey, pointOf } from '../../../web/ui/wheel.ts';

describe('wheel', () => {
  it.each([
    [
      { h: 0, s: 100 },
      { x: 1, y: 0.5 },
    ],
    [
      { h: 90, s: 100 },
      { x: 0.5, y: 1 },
    ],
    [
      { h: 180, s: 50 },
      { x: 0.25, y: 0.5 },
    ],
    [
      { h: 0, s: 0 },
      { x: 0.5, y: 0.5 },
    ],
  ])('knows where a colour lies', (colour, point) => {
    expect(pointOf(colour).x).toBeCloseTo(point.x);
    expect(pointOf(colour).y).toBeCloseTo(point.y);
    expect(atPoint(pointOf(colour))).toEqual(colour);
  });

  it('keeps a finger outside at full saturation', () => {
    expect(atPoint({ x: 1, y: 1 })).toEqual({ h: 45, s: 100 });
  });

  it.each([
    ['ArrowRight', false, { h: 3, s: 50 }],
    ['ArrowLeft', false, { h: 353, s: 50 }],
    ['ArrowUp', true, { h: 358, s: 55 }],
    ['a', false, undefined],
  ])('turns by %s', (key, shiftKey, expected) => {
    expect(forKey({ h: 358, s: 50 }, { key, shiftKey })).toEqual(expected);
  });
});
