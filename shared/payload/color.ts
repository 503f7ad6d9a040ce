import type { ColorBinding, ColorFormat } from '../house/binding.ts';
import type { Decoded } from './decoded.ts';
import { asText, extract, shorten } from './text.ts';

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

const isByte = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 255;
const inRange = (value: unknown, max: number): value is number =>
  typeof value === 'number' && value >= 0 && value <= max;

function fromObject(value: object): Color | undefined {
  const fields = value as Record<string, unknown>;
  if (isByte(fields['r']) && isByte(fields['g']) && isByte(fields['b'])) {
    return rgbToColor({ r: fields['r'], g: fields['g'], b: fields['b'] });
  }
  const h = fields['h'] ?? fields['hue'];
  const s = fields['s'] ?? fields['saturation'];
  const v = fields['v'] ?? fields['b'] ?? fields['brightness'] ?? 100;
  return inRange(h, 360) && inRange(s, 100) ? { h, s, v: inRange(v, 100) ? v : 100 } : undefined;
}

const fromTriple = (numbers: readonly number[], format: ColorFormat): Color | undefined => {
  const [a, b, c] = numbers;
  if (a === undefined || b === undefined || c === undefined) return undefined;
  if (format === 'hsv' || format === 'json-hsv') {
    return inRange(a, 360) && inRange(b, 100) && inRange(c, 100) ? { h: a, s: b, v: c } : undefined;
  }
  return isByte(a) && isByte(b) && isByte(c) ? rgbToColor({ r: a, g: b, b: c }) : undefined;
};

/** `#rgb`, `#rrggbb`, `#rrggbbww` (white ignored), the same after `0x`, or bare six digits. */
function fromHex(text: string): Color | undefined {
  const match = /^(?:#|0x)?([0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8}|[0-9a-f]{10})$/i.exec(text);
  const digits = match?.[1];
  if (!digits) return undefined;
  const six = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits.slice(0, 6);
  const value = Number.parseInt(six, 16);
  return rgbToColor({ r: value >> 16, g: (value >> 8) & 255, b: value & 255 });
}

function fromText(text: string, format: ColorFormat): Color | undefined {
  const trimmed = text.trim();
  if (trimmed.startsWith('{') || trimmed.startsWith('[')) return fromJsonText(trimmed, format);
  return fromNumbers(trimmed, format) ?? fromHex(trimmed);
}

/** `1,2,3`, `rgb,1,2,3` or `hsv(1,2,3)`; a name wins over the binding's format. */
const numberList = /^(?:(rgb|hsv|hsb),|(rgb|hsv|hsb)\()?\s*([\d.,\s]+?)\)?$/i;
function fromNumbers(text: string, format: ColorFormat): Color | undefined {
  const match = numberList.exec(text);
  const numbers = match?.[3]?.split(',').map(Number) ?? [];
  if (numbers.length < 3 || !numbers.every(Number.isFinite)) return undefined;
  const name = match?.[1] ?? match?.[2];
  if (name === undefined) return fromTriple(numbers, format);
  return fromTriple(numbers, name.toLowerCase() === 'rgb' ? 'rgb' : 'hsv');
}

function fromJsonText(text: string, format: ColorFormat): Color | undefined {
  if (text.length > 4_096) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return fromAny(value, format);
  } catch {
    return undefined;
  }
}

function fromAny(value: unknown, format: ColorFormat): Color | undefined {
  if (typeof value === 'string') return fromText(value, format);
  if (Array.isArray(value)) return fromTriple(value.map(Number), format);
  if (typeof value === 'object' && value !== null) return fromObject(value);
  return undefined;
}

/** Recognises every known spelling; `format` decides only between `r,g,b` and `h,s,v`. */
export function decodeColor(binding: ColorBinding, payload: Uint8Array): Decoded<Color> {
  const found = extract(payload, binding.path);
  if (!found.ok) return found;
  const color = fromAny(found.value, binding.format ?? 'hex');
  return color ? { ok: true, value: color } : { ok: false, error: 'not-a-color', shown: shorten(asText(found.value)) };
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

/** The colour in the binding's format, before the template. */
export function encodeColor(binding: ColorBinding, color: Color): string {
  const { r, g, b } = colorToRgb(color);
  const [h, s, v] = [tenth(color.h), tenth(color.s), tenth(color.v)];
  const writers: Record<ColorFormat, () => string> = {
    hex: () => colorToHex(color),
    'hex-bare': () => colorToHex(color).slice(1),
    rgb: () => `${r},${g},${b}`,
    hsv: () => `${h},${s},${v}`,
    'json-rgb': () => JSON.stringify({ r, g, b }),
    'json-hs': () => JSON.stringify({ h, s }),
    'json-hsv': () => JSON.stringify({ h, s, v }),
  };
  return writers[binding.format ?? 'hex']();
}

/** Whether a report confirms a wanted colour: hue and saturation near (6° and 5 points; hue does not count when nearly white). */
export function isSameColor(a: Color, b: Color, withValue: boolean): boolean {
  const hue = Math.abs(((a.h - b.h + 540) % 360) - 180);
  const isPale = a.s < 8 && b.s < 8;
  return (isPale || hue <= 6) && Math.abs(a.s - b.s) <= 5 && (!withValue || Math.abs(a.v - b.v) <= 3);
}
