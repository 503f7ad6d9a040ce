import type { Zone } from '../../tiles/parts/zones-schema.ts';
import { parseTyped, typed } from './numbers.ts';

/** One zone as typed. */
export interface ZoneForm {
  /** Stable while the list is edited. */
  readonly key: number;
  readonly from: string;
  readonly word: string;
  readonly domain: Zone['domain'];
  readonly loudness: Zone['loudness'];
}

/** Ends and step of the scale the handles run on. */
export interface LimitScale {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

export const zonesToForm = (zones: readonly Zone[]): ZoneForm[] =>
  zones.map((zone, key) => ({
    key,
    from: typed(zone.from),
    word: zone.word,
    domain: zone.domain,
    loudness: zone.loudness,
  }));

/** A scale for a reading: its range, else one that holds the limits and the value. */
export function limitScale(
  range: { min?: number | undefined; max?: number | undefined },
  seen: readonly number[],
): LimitScale {
  const low = range.min ?? Math.min(0, ...seen);
  const high = range.max ?? Math.max(low + 1, ...seen.map((value) => value * 1.25));
  const span = high - low;
  const step = span > 200 ? 10 : span > 20 ? 1 : 0.1;
  return { min: low, max: high, step };
}

/** The two zones somebody starts with: good up to two thirds, attention above. */
export function firstZones(scale: LimitScale, words: readonly [low: string, high: string]): ZoneForm[] {
  const border = scale.min + Math.round(((scale.max - scale.min) * 2) / 3 / scale.step) * scale.step;
  return [
    { key: 0, from: '', word: words[0], domain: 'moss', loudness: 'quiet' },
    { key: 1, from: typed(border), word: words[1], domain: 'honey', loudness: 'tint' },
  ];
}

/** A further zone above the last one. */
export function addZone(zones: readonly ZoneForm[], scale: LimitScale): ZoneForm[] {
  const last = Math.max(scale.min, ...zones.map((zone) => parseTyped(zone.from) ?? scale.min));
  const from = last + Math.max(scale.step, Math.round((scale.max - last) / 2 / scale.step) * scale.step);
  const key = Math.max(-1, ...zones.map((zone) => zone.key)) + 1;
  return [...zones, { key, from: typed(from), word: '', domain: 'alarm', loudness: 'tint' }];
}

/** Moves a handle, kept between its neighbours. */
export function moveLimit(
  zones: readonly ZoneForm[],
  index: number,
  to: { readonly value: number; readonly scale: LimitScale },
): ZoneForm[] {
  const { scale, value } = to;
  const at = (other: number): number | undefined => (other <= 0 ? undefined : parseTyped(zones[other]?.from ?? ''));
  const low = (at(index - 1) ?? scale.min) + scale.step;
  const high = (at(index + 1) ?? scale.max) - scale.step;
  const stepped = Math.round(value / scale.step) * scale.step;
  const inside = Math.min(Math.max(low, high), Math.max(low, stepped));
  return zones.map((zone, other) => (other === index ? { ...zone, from: typed(Number(inside.toPrecision(9))) } : zone));
}

/** What is wrong, per zone key; empty = can be saved. */
export function checkZones(zones: readonly ZoneForm[]): Readonly<Record<number, 'limitErrorWord' | 'limitErrorOrder'>> {
  const found: Record<number, 'limitErrorWord' | 'limitErrorOrder'> = {};
  for (const [index, zone] of zones.entries()) {
    const before = index <= 1 ? -Infinity : (parseTyped(zones[index - 1]?.from ?? '') ?? Infinity);
    const from = parseTyped(zone.from);
    if (zone.word.trim() === '') found[zone.key] = 'limitErrorWord';
    else if (index > 0 && (from === undefined || from <= before)) found[zone.key] = 'limitErrorOrder';
  }
  return found;
}

/** The first zone begins at the bottom and has no `from`. */
export const formToZones = (zones: readonly ZoneForm[]): Zone[] =>
  zones.map(({ from, word, domain, loudness }, index) => {
    const number = index === 0 ? undefined : parseTyped(from);
    return { ...(number === undefined ? {} : { from: number }), word: word.trim(), domain, loudness };
  });
