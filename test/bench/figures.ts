/** One measured figure beside its goal. */
export interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly goal: number;
  /** The goal is a floor, not a ceiling. */
  readonly isMore?: boolean;
}

/** The value below which a share of all samples lies; NaN without samples. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (samples: readonly number[]): number => percentile(samples, 0.5);
