import type { Subscription } from './session.ts';

const levelsOf = (filter: string): number => filter.split('/').length;

/** The subscriptions of one session by filter, which know how many levels and bytes their filters have together. */
export class Subscriptions extends Map<string, Subscription> {
  #levels = 0;
  #bytes = 0;

  override set(filter: string, subscription: Subscription): this {
    if (!this.has(filter)) {
      this.#levels += levelsOf(filter);
      this.#bytes += Buffer.byteLength(filter);
    }
    return super.set(filter, subscription);
  }

  override delete(filter: string): boolean {
    if (this.has(filter)) {
      this.#levels -= levelsOf(filter);
      this.#bytes -= Buffer.byteLength(filter);
    }
    return super.delete(filter);
  }

  override clear(): void {
    this.#levels = 0;
    this.#bytes = 0;
    super.clear();
  }

  /** How many levels there would be with one more. */
  levelsWith(filter: string): number {
    return this.#levels + levelsOf(filter);
  }

  /** How many bytes there would be with one more. */
  bytesWith(filter: string): number {
    return this.#bytes + Buffer.byteLength(filter);
  }
}
