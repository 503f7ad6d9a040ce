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
}

/** Asked of whoever operates something that needs the PIN: one question at a time, the newest. */
export class PinQuestions {
  #current = $state.raw<PinQuestion>();
  /** Tile → until when this page is not asked again, on its own even clock. */
  readonly #keptUntilMs = new SvelteMap<string, number>();
  readonly #monotonicMs: () => number;

  constructor(monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs;
  }

  /** Reactive. */
  get current(): PinQuestion | undefined {
    return this.#current;
  }

  /** Whether the question waits for an answer; false: it was answered a moment ago for longer. `isAgain`: the broker knows nothing of that. */
  ask(question: PinQuestion, isAgain: boolean): boolean {
    if (isAgain) this.#keptUntilMs.delete(question.tile.id);
    if (this.#monotonicMs() < (this.#keptUntilMs.get(question.tile.id) ?? 0)) return false;
    this.#current = question;
    return true;
  }

  /** The server took the PIN; `keptUntilMs` where it is not to be asked again before. */
  proven(question: PinQuestion, keptUntilMs?: number): void {
    if (keptUntilMs !== undefined) this.#keptUntilMs.set(question.tile.id, keptUntilMs);
    this.close();
    question.send();
  }

  close(): void {
    this.#current = undefined;
  }
}

export const pinQuestions = new PinQuestions(() => performance.now());
