import type { Extent, Reading } from './series.ts';

/** Round numbers for the scale of a chart: three grid lines that hold every value. */
export function gridOf(
  extent: Extent,
  lines = 3,
): { readonly low: number; readonly high: number; readonly lines: number[] } {
  const span = Math.max(extent.max - extent.min, Math.abs(extent.max) * 0.01, 1e-9);
  const step = niceStep(span / (lines - 1));
  const low = Math.floor(extent.min / step) * step;
  const count = Math.max(lines, Math.ceil((extent.max - low) / step - 1e-9) + 1);
  const marks = Array.from({ length: count }, (_, index) => Number((low + index * step).toPrecision(12)));
  return { low, high: marks.at(-1) ?? low + step, lines: marks };
}

/** 1, 2, 5 × 10ⁿ, the nearest not below. */
function niceStep(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw));
  const factor = [1, 2, 5, 10].find((one) => one * power >= raw - 1e-12) ?? 10;
  return factor * power;
}

/** Breaks the line where nothing was reported for long: gaps stay gaps. */
export function segmentsOf(readings: readonly Reading[], maxGapMs: number): Reading[][] {
  const segments: Reading[][] = [];
  for (const reading of readings) {
    const current = segments.at(-1);
    const last = current?.at(-1);
    if (current && last && reading.atMs - last.atMs <= maxGapMs) current.push(reading);
    else segments.push([reading]);
  }
  return segments;
}

/** Four times the usual distance, an hour at least. */
export function gapOf(readings: readonly Reading[]): number {
  const distances = readings.slice(1).map(({ atMs }, index) => atMs - (readings[index]?.atMs ?? atMs));
  const median = distances.sort((a, b) => a - b)[Math.floor(distances.length / 2)] ?? 0;
  return Math.max(3_600_000, median * 4);
}

export interface Extremes {
  readonly lowest: Reading;
  readonly highest: Reading;
  /** Mean of the minute means. */
  readonly average: number;
}

export function extremesOf(readings: readonly Reading[]): Extremes | undefined {
  const [first, ...rest] = readings;
  if (!first) return undefined;
  const lowest = rest.reduce((best, one) => (one.min < best.min ? one : best), first);
  const highest = rest.reduce((best, one) => (one.max > best.max ? one : best), first);
  const average = readings.reduce((sum, { mean }) => sum + mean, 0) / readings.length;
  return { lowest, highest, average };
}
