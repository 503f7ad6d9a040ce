import type { Subscription } from './session.ts';

const levelsOf = (filter: string): number => filter.split('/').length;

/** The subscriptions of one session by filter, which know how many levels they have together. */
export class Subscriptions extends Map<string, Subscription> {
  #levels = 0;

  override set(filter: string, subscription: Subscription): this {
    if (!this.has(filter)) this.#levels += levelsOf(filter);
    return super.set(filter, subscription);
  }

  override delete(filter: string): boolean {
    if (this.has(filter)) this.#levels -= levelsOf(filter);
    return super.delete(filter);
  }

  override clear(): void {
    this.#levels = 0;
    super.clear();
  }

  /** How many there would be with one more. */
  levelsWith(filter: string): number {
    return this.#levels + levelsOf(filter);
  }
}
