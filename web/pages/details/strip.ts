import type { SeriesPoint } from '../../../shared/api/contract.ts';
import type { Tile } from '../../../shared/house/house.ts';
import { toShown } from '../../../shared/payload/number.ts';

/** A stretch of time in which a thing was on, with its height in the strip (0-1). */
export interface StripSegment {
  readonly fromMs: number;
  readonly toMs: number;
  readonly level: number;
}

export interface StripInput {
  /** Reported on (1) and off (0), oldest first. */
  readonly on: readonly SeriesPoint[];
  /** Reported raw level, oldest first; absent = always full height. */
  readonly level?: readonly SeriesPoint[];
  /** Raw level → 0-1. */
  readonly toLevel?: (raw: number) => number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** The lowest bar that can still be seen. */
const minLevel = 0.08;

interface Change {
  readonly atMs: number;
  readonly on?: SeriesPoint;
  readonly level?: SeriesPoint;
}

/**
 * Turns minute buckets into stretches: a reported state holds until the next report. A bucket that saw both states counts as one
 * change, because most minutes hold one.
 */
export function stripSegments(input: StripInput): StripSegment[] {
  const segments: StripSegment[] = [];
  let isOn = false;
  let level = 1;
  let sinceMs = input.fromMs;
  const close = (untilMs: number): void => {
    const fromMs = Math.max(sinceMs, input.fromMs);
    const toMs = Math.min(untilMs, input.toMs);
    if (isOn && toMs > fromMs) segments.push({ fromMs, toMs, level: Math.max(minLevel, Math.min(1, level)) });
    sinceMs = untilMs;
  };
  for (const change of changesOf(input)) {
    const nextOn: boolean = change.on ? stateAfter(change.on, isOn) : isOn;
    const nextLevel: number = change.level && input.toLevel ? input.toLevel(change.level[2]) : level;
    if (nextOn === isOn && nextLevel === level) continue;
    close(change.atMs);
    isOn = nextOn;
    level = nextLevel;
  }
  close(input.toMs);
  return segments;
}

function changesOf({ on, level = [] }: StripInput): Change[] {
  const changes: Change[] = [
    ...on.map((point) => ({ atMs: point[0], on: point })),
    ...level.map((point) => ({ atMs: point[0], level: point })),
  ];
  return changes.sort((a, b) => a.atMs - b.atMs);
}

const stateAfter = ([, min, max]: SeriesPoint, wasOn: boolean): boolean => (min === max ? max > 0 : !wasOn);

/** How long it was on altogether, ms. */
export const onTimeMs = (segments: readonly StripSegment[]): number =>
  segments.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);

/** The level of a dimmable tile: its first number role with a known range. */
export function levelOf(
  tile: Tile,
  points: Readonly<Record<string, readonly SeriesPoint[]>>,
): Required<Pick<StripInput, 'level' | 'toLevel'>> | Record<string, never> {
  for (const [role, binding] of Object.entries(tile.bindings)) {
    const level = points[role];
    if (role !== 'brightness' || binding.type !== 'number' || level === undefined) continue;
    const { min = 0, max = 100 } = binding;
    return { level, toLevel: (raw) => (toShown(binding, raw) - min) / (max - min || 1) };
  }
  return {};
}
