import type { Tile } from '../../shared/house/house.ts';
import { stateTopics } from '../../shared/tile/fold.ts';
import { maxTopics, type Incoming } from './topics.ts';

/** A busy topic whose tiles nobody sees passes this often at most … */
const passEveryMs = 200;
/** … each in a step of its own, so that they do not all come in the same frame. */
const stepMs = 16;
const steps = 8;
/** How long a topic may wait. */
export const maxWaitMs = passEveryMs + (steps - 1) * stepMs;
/** While topics are busy, the page looks this often which of its tiles are seen. */
const lookEveryMs = 250;

/** Messages kept back per topic: as many as are remembered of it. */
const maxHeld = 8;

interface Held {
  readonly message: Incoming;
  readonly connection: number;
}

/**
 * Keeps back what is reported many times a second and seen by nobody, because every change of a tile costs the frame in which
 * others are seen. The newest always passes, a moment later; whoever reports now and then never waits.
 */
export class Backstage {
  readonly #unseenTiles: () => ReadonlySet<string>;
  /** Until when a topic that nobody sees has to wait. */
  readonly #closedUntilMs = new Map<string, number>();
  readonly #held = new Map<string, Held[]>();
  #tiles: readonly Tile[] = [];
  #unseen: ReadonlySet<string> = new Set();
  #lookedAtMs = -Infinity;
  #isBusy = false;
  #passed = 0;

  /** `unseenTiles` tells the ids of tiles that are drawn, but out of view. */
  constructor(unseenTiles: () => ReadonlySet<string>) {
    this.#unseenTiles = unseenTiles;
  }

  setTiles(tiles: readonly Tile[]): void {
    this.#tiles = tiles;
    this.#unseen = new Set();
    this.#lookedAtMs = -Infinity;
  }

  /** Whether a message has to wait; if not, the caller passes it on. */
  keeps(message: Incoming, connection: number, nowMs: number): boolean {
    const { topic } = message;
    const held = this.#held.get(topic);
    const isOpen = nowMs >= (this.#closedUntilMs.get(topic) ?? -Infinity);
    if (!isOpen) this.#isBusy = true;
    if (held) {
      held.push({ message, connection });
      if (held.length > maxHeld) held.shift();
      return true;
    }
    if (!isOpen && this.#unseen.has(topic)) {
      this.#held.set(topic, [{ message, connection }]);
      return true;
    }
    if (isOpen) this.#close(topic, nowMs);
    return false;
  }

  /** Passes on what has waited long enough or is seen now; called once per frame. Returns whether anything still waits. */
  pass(nowMs: number, receive: (message: Incoming, connection: number) => void): boolean {
    if (this.#isBusy && nowMs - this.#lookedAtMs >= lookEveryMs) this.#look(nowMs);
    for (const [topic, held] of this.#held) {
      if (nowMs < (this.#closedUntilMs.get(topic) ?? -Infinity) && this.#unseen.has(topic)) continue;
      this.#held.delete(topic);
      for (const { message, connection } of held) receive(message, connection);
      this.#close(topic, nowMs);
    }
    return this.#held.size > 0;
  }

  #close(topic: string, nowMs: number): void {
    if (this.#closedUntilMs.size >= maxTopics) this.#closedUntilMs.clear();
    this.#passed += 1;
    this.#closedUntilMs.set(topic, nowMs + passEveryMs + (this.#passed % steps) * stepMs);
  }

  #look(nowMs: number): void {
    this.#lookedAtMs = nowMs;
    this.#isBusy = false;
    const ids = this.#unseenTiles();
    const unseen = new Set<string>();
    for (const tile of this.#tiles) if (ids.has(tile.id)) for (const topic of stateTopics(tile)) unseen.add(topic);
    // Another tile may speak of the same.
    for (const tile of this.#tiles) if (!ids.has(tile.id)) for (const topic of stateTopics(tile)) unseen.delete(topic);
    this.#unseen = unseen;
  }
}
