import { rgbToColor, type Color } from '../../../shared/payload/color.ts';

/** `#ffb347` → colour; undefined = not six digits. The `#` may be missing. */
export function parseHex(text: string): Color | undefined {
  const digits = /^\s*#?([0-9a-f]{6})\s*$/i.exec(text)?.[1];
  if (digits === undefined) return undefined;
  const value = Number.parseInt(digits, 16);
  return rgbToColor({ r: value >> 16, g: (value >> 8) & 255, b: value & 255 });
}
