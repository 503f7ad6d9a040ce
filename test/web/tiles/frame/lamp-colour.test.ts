import { describe, expect, it } from 'vitest';
import { lampColour, maxChroma } from '../../../../web/tiles/frame/lamp-colour.ts';

describe('lampColour', () => {
  it.each([
    ['red', { h: 0, s: 100, v: 100 }, 29.2],
    ['green', { h: 120, s: 100, v: 100 }, 142.5],
    ['blue', { h: 240, s: 100, v: 100 }, 264.1],
    ['apricot', { h: 22, s: 60, v: 100 }, 50],
  ])('keeps the hue of %s', (_name, color, hue) => {
    expect(lampColour(color).hue).toBeCloseTo(hue, -0.5);
  });

  it('clamps loud colours and leaves pale ones', () => {
    expect(lampColour({ h: 0, s: 100, v: 100 }).chroma).toBe(maxChroma);
    expect(lampColour({ h: 30, s: 8, v: 100 }).chroma).toBeLessThan(0.03);
    expect(lampColour({ h: 0, s: 0, v: 100 }).chroma).toBeCloseTo(0, 3);
  });

  it('does not depend on brightness', () => {
    expect(lampColour({ h: 22, s: 60, v: 10 })).toEqual(lampColour({ h: 22, s: 60, v: 100 }));
  });
});
