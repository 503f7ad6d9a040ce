import { unitOf } from './units.ts';

/** A number as devices write it: `22.5`, ` 22,75 `, `22.5 °C`, `45%`. */
export interface Reading {
  readonly value: number;
  readonly unit?: string;
}

const pattern = /^([+-]?\d{1,15}(?:[.,]\d{1,15})?(?:e[+-]?\d{1,3})?)\s{0,3}(\S{0,6})$/i;

/** Reads a number with an optional known unit; undefined for anything else. */
export function readNumber(text: string): Reading | undefined {
  if (text.length > 60) return undefined;
  const match = pattern.exec(text.trim());
  if (!match) return undefined;
  const value = Number((match[1] ?? '').replace(',', '.'));
  const suffix = match[2] ?? '';
  if (!Number.isFinite(value)) return undefined;
  if (suffix === '') return { value };
  const unit = unitOf(suffix);
  return unit === undefined ? undefined : { value, unit };
}
