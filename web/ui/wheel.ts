import type { Point } from './slide.ts';

/** Hue 0-360 degrees, saturation 0-100. */
export interface HueSaturation {
  readonly h: number;
  readonly s: number;
}

/** Red lies at the right; hues turn against the clock, as the picture of the wheel does. */
export function atPoint({ x, y }: Point): HueSaturation {
  const dx = x - 0.5;
  const dy = y - 0.5;
  const h = ((Math.atan2(dy, dx) * 180) / Math.PI + 360) % 360;
  return { h: Math.round(h) % 360, s: Math.round(Math.min(1, Math.hypot(dx, dy) * 2) * 100) };
}

/** Inverse of `atPoint`. */
export function pointOf({ h, s }: HueSaturation): Point {
  const angle = (h * Math.PI) / 180;
  const radius = s / 200;
  return { x: 0.5 + Math.cos(angle) * radius, y: 0.5 + Math.sin(angle) * radius };
}

const turns: Readonly<Record<string, number>> = {
  ArrowRight: 5,
  ArrowUp: 5,
  ArrowLeft: -5,
  ArrowDown: -5,
  PageUp: 30,
  PageDown: -30,
};

/** Arrow keys turn the hue, with Shift they change the saturation; undefined = not the wheel's key. */
export function forKey({ h, s }: HueSaturation, press: { key: string; shiftKey: boolean }): HueSaturation | undefined {
  const way = turns[press.key];
  if (way === undefined) return undefined;
  if (press.shiftKey) return { h, s: Math.min(100, Math.max(0, s + way)) };
  return { h: (h + way + 360) % 360, s };
}
