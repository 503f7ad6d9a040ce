import type { NumberBinding } from '../house/binding.ts';
import type { Decoded } from './decoded.ts';
import { asText, extract, shorten } from './text.ts';

/** Texts that devices send for "no reading right now". */
const noValue = new Set(['', 'nan', 'null', 'none', 'unknown', 'unavailable', 'inf', '-inf', '-']);
/** A number with dot or comma, an optional unit of at most 6 characters behind it. */
const numberText = /^([+-]?(?:\d+(?:[.,]\d+)?|[.,]\d+)(?:e[+-]?\d+)?)\s*([^\d\s].{0,5})?$/i;

/** Reads a number as devices write it: `21.5`, ` 21,5 `, `21.5 °C`, JSON numbers, `true` as 1. */
export function parseNumber(value: unknown): number | 'no-value' | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : 'no-value';
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value === null) return 'no-value';
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (noValue.has(text.toLowerCase())) return 'no-value';
  const match = text.length <= 48 ? numberText.exec(text) : null;
  if (!match?.[1]) return undefined;
  const number = Number(match[1].replace(',', '.'));
  return Number.isFinite(number) ? number : 'no-value';
}

/** The number as reported, before scale and offset. */
export function decodeRawNumber(binding: Pick<NumberBinding, 'path'>, payload: Uint8Array): Decoded<number> {
  const found = extract(payload, binding.path);
  if (!found.ok) return found;
  const number = parseNumber(found.value);
  if (number === 'no-value') return { ok: false, error: 'no-value' };
  if (number === undefined) return { ok: false, error: 'not-a-number', shown: shorten(asText(found.value)) };
  return { ok: true, value: number };
}

/** Reported → shown: mired to kelvin, or × scale + offset. */
export function toShown(binding: NumberBinding, raw: number): number {
  if (binding.mired) return raw > 0 ? 1_000_000 / raw : 0;
  return raw * (binding.scale ?? 1) + (binding.offset ?? 0);
}

/** Shown → reported. */
export function toRaw(binding: NumberBinding, shown: number): number {
  if (binding.mired) return shown > 0 ? 1_000_000 / shown : 0;
  return (shown - (binding.offset ?? 0)) / (binding.scale ?? 1);
}

export function decodeNumber(binding: NumberBinding, payload: Uint8Array): Decoded<number> {
  const raw = decodeRawNumber(binding, payload);
  return raw.ok ? { ok: true, value: toShown(binding, raw.value) } : raw;
}

/**
 * The command text of a number. A scaled device counts in whole steps (0-254, tenths), so scaled values are rounded to whole
 * numbers; unscaled ones keep the digits of `step` (at most 6).
 */
export function encodeNumber(binding: NumberBinding, shown: number): string {
  const raw = toRaw(binding, clamp(binding, shown));
  const isScaled = binding.mired === true || (binding.scale ?? 1) !== 1;
  const digits = isScaled ? 0 : stepDigits(binding.step ?? binding.decimals);
  return String(Number(raw.toFixed(digits)));
}

/** Keeps a shown value inside min and max. */
export function clamp(binding: NumberBinding, shown: number): number {
  return Math.min(binding.max ?? Infinity, Math.max(binding.min ?? -Infinity, shown));
}

const stepDigits = (step: number | undefined): number => {
  if (step === undefined) return 6;
  const fraction = String(step).split('.')[1];
  return Math.min(6, fraction?.length ?? 0);
};

/** Largest difference, in shown units, between a wanted value and the report that still confirms it. */
export function tolerance(binding: NumberBinding, shown: number): number {
  const floor = 1e-6 * Math.max(1, Math.abs(shown));
  if (binding.mired) return Math.max(floor, (shown * shown) / 1_000_000);
  return Math.max(
    floor,
    Math.abs(binding.scale ?? 1) === 1 ? 0 : Math.abs(binding.scale ?? 1),
    (binding.step ?? 0) / 2,
  );
}
