/** Counts values by upper bounds, as Prometheus reads them. */
export class Histogram {
  readonly bounds: readonly number[];
  /** By bound, not added up; the last one is for what is above all. */
  readonly counts: number[];
  sum = 0;

  constructor(bounds: readonly number[]) {
    this.bounds = bounds;
    this.counts = Array<number>(bounds.length + 1).fill(0);
  }

  note(value: number): void {
    const found = this.bounds.findIndex((bound) => value <= bound);
    const slot = found < 0 ? this.bounds.length : found;
    this.counts[slot] = (this.counts[slot] ?? 0) + 1;
    this.sum += value;
  }
}
