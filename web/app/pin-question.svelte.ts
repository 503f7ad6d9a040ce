import { SvelteMap } from 'svelte/reactivity';
import type { Tile } from '../../shared/house/house.ts';
import type { Value } from '../../shared/payload/decoded.ts';

/** A command that waits for the PIN. Nothing of it is shown on the tile until it is sent. */
export interface PinQuestion {
  readonly tile: Tile;
  readonly role: string;
  readonly value: Value;
  /** The PIN was right: now it goes out. */
  readonly send: () => void;
  /** Nobody gave the PIN for what was meant for several tiles: this one says so. */
  readonly drop: () => void;
}

/** Asked of whoever operates something that needs the PIN: once, for everything that waits while the pad is open. */
export class PinQuestions {
  #asked = $state.raw<readonly PinQuestion[]>([]);
  /** Tile → until when this page is not asked again, on its own even clock. */
  readonly #keptUntilMs = new SvelteMap<string, number>();
  readonly #monotonicMs: () => number;

  constructor(monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs;
  }

  /** What waits, one per tile, in the order in which it was asked. Reactive. */
  get asked(): readonly PinQuestion[] {
    return this.#asked;
  }

  /** Whether the question waits for an answer; false: it was answered a moment ago for longer. `isAgain`: the broker knows nothing of that. */
  ask(question: PinQuestion, isAgain: boolean): boolean {
    const { id } = question.tile;
    if (isAgain) this.#keptUntilMs.delete(id);
    if (this.#monotonicMs() < (this.#keptUntilMs.get(id) ?? 0)) return false;
    const isSame = ({ tile }: PinQuestion): boolean => tile.id === id;
    this.#asked = this.#asked.some(isSame)
      ? this.#asked.map((one) => (isSame(one) ? question : one))
      : [...this.#asked, question];
    return true;
  }

  /** The server took the PIN for these; `keptUntilMs` where it is not to be asked again before. What came since goes on waiting. */
  proven(questions: readonly PinQuestion[], keptUntilMs?: number): void {
    if (keptUntilMs !== undefined) for (const { tile } of questions) this.#keptUntilMs.set(tile.id, keptUntilMs);
    this.#asked = this.#asked.filter((one) => !questions.includes(one));
    for (const { send } of questions) send();
  }

  /** Without the PIN: nothing is sent. */
  close(): void {
    const dropped = this.#asked;
    this.#asked = [];
    // Who closes the pad of a single thing knows which one; of several, each tells that it was left out.
    if (dropped.length > 1) for (const { drop } of dropped) drop();
  }
}

export const pinQuestions = new PinQuestions(() => performance.now());
