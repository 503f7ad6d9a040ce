/** Kachel's one internal colour: hue 0-360 degrees, saturation and value 0-100. */
export interface Color {
  readonly h: number;
  readonly s: number;
  readonly v: number;
}

/** sRGB, each 0-255. */
export interface Rgb {
  readonly r: number;
  readonly g: number;
  readonly b: number;
}

export function rgbToColor({ r, g, b }: Rgb): Color {
  const max = Math.max(r, g, b);
  const delta = max - Math.min(r, g, b);
  const s = max === 0 ? 0 : (delta / max) * 100;
  return { h: hueOf({ r, g, b }, max, delta), s, v: (max / 255) * 100 };
}

function hueOf({ r, g, b }: Rgb, max: number, delta: number): number {
  if (delta === 0) return 0;
  if (max === r) return (((g - b) / delta + 6) % 6) * 60;
  if (max === g) return ((b - r) / delta + 2) * 60;
  return ((r - g) / delta + 4) * 60;
}

/** Whole numbers 0-255. */
export function colorToRgb({ h, s, v }: Color): Rgb {
  const channel = (n: number): number => {
    const k = (n + h / 60) % 6;
    return Math.round(255 * (v / 100) * (1 - (s / 100) * Math.max(0, Math.min(k, 4 - k, 1))));
  };
  return { r: channel(5), g: channel(3), b: channel(1) };
}

const hex2 = (value: number): string => value.toString(16).padStart(2, '0');

/** `#rrggbb`, lower case. */
export const colorToHex = (color: Color): string => {
  const { r, g, b } = colorToRgb(color);
  return `#${hex2(r)}${hex2(g)}${hex2(b)}`;
};

/** Whether a report confirms a wanted colour: hue and saturation near (6° and 5 points; hue does not count when nearly white). */
export function isSameColor(a: Color, b: Color, withValue: boolean): boolean {
  const hue = Math.abs(((a.h - b.h + 540) % 360) - 180);
  const isPale = a.s < 8 && b.s < 8;
  return (isPale || hue <= 6) && Math.abs(a.s - b.s) <= 5 && (!withValue || Math.abs(a.v - b.v) <= 3);
}
