import type { Binding } from '../house/binding.ts';
import type { SeriesPoint } from '../api/contract.ts';
import { decodeBoolean, offPayloads, onPayloads } from '../payload/boolean.ts';
import { decodeRawNumber } from '../payload/number.ts';

/** History keeps one bucket of minimum and maximum per minute … */
export const bucketMs = 60_000;
/** … for this long; … */
export const keptMs = 24 * 3_600_000;
/** … then joined to buckets this wide … */
export const coarseMs = 600_000;
/** … which are kept this long. */
export const keptCoarseMs = 7 * 24 * 3_600_000;

/** Names what is recorded: topic, path and how it is read. Two tiles with the same binding share one series. `undefined` = no history (text, colour, command only). */
export function seriesKey(binding: Binding): string | undefined {
  if (binding.stateTopic === undefined) return undefined;
  const place = [binding.stateTopic, binding.path ?? ''];
  if (binding.type === 'number') return JSON.stringify(['number', ...place]);
  if (binding.type !== 'boolean') return undefined;
  return JSON.stringify(['boolean', ...place, onPayloads(binding).join('|'), offPayloads(binding).join('|')]);
}

/** What a message adds to the series: the reported number before scale and offset, or 0 and 1. */
export function sampleOf(binding: Binding, payload: Uint8Array): number | undefined {
  if (binding.type === 'number') {
    const decoded = decodeRawNumber(binding, payload);
    return decoded.ok ? decoded.value : undefined;
  }
  if (binding.type !== 'boolean') return undefined;
  const decoded = decodeBoolean(binding, payload);
  return decoded.ok ? Number(decoded.value) : undefined;
}

/** Start of the bucket in which a moment lies. */
export const bucketStart = (atMs: number, widthMs = bucketMs): number => Math.floor(atMs / widthMs) * widthMs;

/** Lays a sample into a bucket. */
export const widen = (point: SeriesPoint, value: number): SeriesPoint => [
  point[0],
  Math.min(point[1], value),
  Math.max(point[2], value),
];

/** Adds a sample to a series, oldest first; samples that arrive late join the last bucket. Returns a new list of at most `maxPoints`. */
export function addSample(
  points: readonly SeriesPoint[],
  atMs: number,
  value: number,
  maxPoints = keptMs / bucketMs,
): SeriesPoint[] {
  const start = bucketStart(atMs);
  const last = points.at(-1);
  if (last && start <= last[0]) return [...points.slice(0, -1), widen(last, value)];
  return [...points, [start, value, value] as const].slice(-maxPoints);
}

/** Joins buckets so that at most `count` remain between two moments; empty ones stay out. */
export function downsample(
  points: readonly SeriesPoint[],
  range: { readonly fromMs: number; readonly toMs: number; readonly count: number },
): SeriesPoint[] {
  const widthMs = Math.max(bucketMs, Math.ceil((range.toMs - range.fromMs) / range.count / bucketMs) * bucketMs);
  const joined = new Map<number, SeriesPoint>();
  for (const [atMs, min, max] of points) {
    if (atMs < range.fromMs - bucketMs || atMs > range.toMs) continue;
    const start = bucketStart(atMs, widthMs);
    const old = joined.get(start);
    joined.set(start, old ? [start, Math.min(old[1], min), Math.max(old[2], max)] : [start, min, max]);
  }
  return [...joined.values()].sort((a, b) => a[0] - b[0]);
}
