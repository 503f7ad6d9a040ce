import type { Result } from '../../shared/result.ts';
import { getApp, getToasts } from '../app/context.ts';
import type { Failure } from '../app/failure.ts';
import { problemText } from '../text/problem.ts';

interface SaveLineOptions<Thing> {
  /** What the server told last, another object whenever it is told anew; reactive. */
  readonly told: () => Thing;
  /** Replaces the whole thing on the server. */
  readonly put: (next: Thing) => Promise<Result<unknown, Failure>>;
  /** Nothing waits any more: loads what `told` gives. */
  readonly reload: () => void;
  readonly onFailure: (failure: Failure) => void;
}

/** Saves of one thing go one after the other, each on what the one before left: quick taps do not undo each other. */
export class SaveLine<Thing extends object> {
  readonly #options: SaveLineOptions<Thing>;
  #waiting = $state(0);
  #saved = $state.raw<Thing>();
  /** What had been told when the line became empty; the saved thing is newer. */
  #outdated: Thing | undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(options: SaveLineOptions<Thing>) {
    this.#options = options;
  }

  /** The thing as the server has it; what still waits is not in it. */
  get newest(): Thing {
    const told = this.#options.told();
    const isNewer = this.#waiting > 0 || told === this.#outdated;
    return isNewer ? (this.#saved ?? told) : told;
  }

  save(change: (thing: Thing) => Thing): Promise<void> {
    if (this.#waiting === 0) this.#saved = this.newest;
    this.#waiting += 1;
    this.#last = this.#last.then(() => this.#put(change(this.newest)));
    return this.#last;
  }

  async #put(next: Thing): Promise<void> {
    const { put, told, reload, onFailure } = this.#options;
    const result = await put(next);
    if (result.ok) this.#saved = next;
    else onFailure(result.error);
    if (this.#waiting === 1) this.#outdated = told();
    this.#waiting -= 1;
    if (this.#waiting === 0) reload();
  }
}

/** A line whose failures are told on the screen. Call while a component initialises. */
export function saveInLine<Thing extends object>(options: Omit<SaveLineOptions<Thing>, 'onFailure'>): SaveLine<Thing> {
  const app = getApp();
  const toasts = getToasts();
  const onFailure = (failure: Failure): void =>
    toasts.show({ text: problemText(failure, app.language), isUrgent: true });
  return new SaveLine({ ...options, onFailure });
}
