import type { ColorBinding, ColorFormat } from '../house/binding.ts';
import { colorToHex, colorToRgb, rgbToColor, type Color } from './color.ts';
import type { Decoded } from './decoded.ts';
import { asText, extract, shorten } from './text.ts';

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
