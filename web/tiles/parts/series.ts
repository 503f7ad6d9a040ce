import type { SeriesPoint } from '../../../shared/api/contract.ts';
import type { NumberBinding } from '../../../shared/house/binding.ts';
import { toShown } from '../../../shared/payload/number.ts';
import type { TileState } from '../../../shared/tile/state.ts';

/** A recorded minute in shown units. */
export interface Reading {
  readonly atMs: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
}

/** Raw buckets → shown units, oldest first; what is no number is left out. */
export function readingsOf(points: readonly SeriesPoint[], binding: NumberBinding | undefined): Reading[] {
  const shown = (raw: number): number => (binding ? toShown(binding, raw) : raw);
  return points.flatMap(([atMs, low, high]) => {
    const [a, b] = [shown(low), shown(high)];
    if (!Number.isFinite(a) || !Number.isFinite(b)) return [];
    return [{ atMs, min: Math.min(a, b), max: Math.max(a, b), mean: (a + b) / 2 }];
  });
}

/** Server's clock as the tile's state implies it. */
export function nowOf(state: TileState): number | undefined {
  const times = Object.values(state.roles).flatMap(({ atMs }) => (atMs === undefined ? [] : [atMs]));
  return times.length === 0 ? undefined : Math.max(...times) + (state.ageMs ?? 0);
}

export type Trend = 'rising' | 'falling' | 'steady';
const hourMs = 3_600_000;
/** A change smaller than this share of what the last hours saw is none. */
const noticeable = 0.05;
/** Fewer readings than this make no trend and no line. */
export const minReadings = 4;

/** The reading an hour before the newest one, or the nearest after that. */
export function anHourAgo(readings: readonly Reading[]): Reading | undefined {
  const last = readings.at(-1);
  return last && readings.find(({ atMs }) => atMs >= last.atMs - hourMs && atMs < last.atMs);
}

/** Where the last hour leads; undefined = too little is known. `least` = the smallest difference worth a word. */
export function trendOf(readings: readonly Reading[], now: number, least: number): Trend | undefined {
  const before = anHourAgo(readings);
  if (readings.length < minReadings || before === undefined) return undefined;
  const span = Math.max(...readings.map(({ max }) => max)) - Math.min(...readings.map(({ min }) => min));
  const change = now - before.mean;
  if (Math.abs(change) < Math.max(least, span * noticeable)) return 'steady';
  return change > 0 ? 'rising' : 'falling';
}

export interface Extent {
  readonly min: number;
  readonly max: number;
}

export const extentOf = (readings: readonly Reading[]): Extent => ({
  min: Math.min(...readings.map(({ min }) => min)),
  max: Math.max(...readings.map(({ max }) => max)),
});

export interface Frame {
  readonly fromMs: number;
  readonly toMs: number;
  readonly low: number;
  readonly high: number;
  readonly width: number;
  readonly height: number;
}

/** Share of the window that has to be known before the whole window is drawn. */
const wholeFrom = 0.85;

/** Time axis of a small line: the whole window, or with little history only what is known, so that it never is a stub at the end. */
export function spanOf(
  readings: readonly Reading[],
  { toMs, hours }: { readonly toMs: number; readonly hours: number },
): { readonly fromMs: number; readonly toMs: number } {
  const windowMs = hours * hourMs;
  const [first, last] = [readings[0], readings.at(-1)];
  if (!first || !last || toMs - first.atMs >= windowMs * wholeFrom) return { fromMs: toMs - windowMs, toMs };
  return { fromMs: first.atMs, toMs: Math.max(last.atMs, first.atMs + 1) };
}

const round = (value: number): number => Math.round(value * 10) / 10;

export const xOf = ({ fromMs, toMs, width }: Frame, atMs: number): number =>
  round(toMs === fromMs ? 0 : Math.min(1, Math.max(0, (atMs - fromMs) / (toMs - fromMs))) * width);
export const yOf = ({ low, high, height }: Frame, value: number): number =>
  round(high === low ? height / 2 : (1 - (value - low) / (high - low)) * height);

/** SVG path of the mean line. */
export const linePath = (readings: readonly Reading[], frame: Frame): string =>
  readings.map(({ atMs, mean }, index) => `${index === 0 ? 'M' : 'L'}${xOf(frame, atMs)} ${yOf(frame, mean)}`).join('');
