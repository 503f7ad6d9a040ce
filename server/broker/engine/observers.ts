import { FilterTree } from '../../../shared/mqtt/filter-tree.ts';
import type { Delivery } from './engine.ts';
import type { EngineLog } from './options.ts';

/** Deliveries that may wait for observers; beyond that they are counted and lost to them. */
const maxBacklog = 20_000;
/** Deliveries handed out before sockets get their turn again. */
const maxPerTurn = 2_000;

/** One who watches; routes remember them by topic. */
export interface Watcher {
  readonly listener: (delivery: Delivery) => void;
  isDisposed: boolean;
}

/** Those who watch messages after they were routed: never on the hot path, in order, bounded. */
export class Observers {
  /** Deliveries observers missed because they were too slow. */
  missed = 0;

  readonly #tree = new FilterTree<Watcher>();
  readonly #log: EngineLog;
  #backlog: Delivery[] = [];
  /** Who is told of each of them: beside, since one more object per message would be garbage soon. */
  #watchers: (readonly Watcher[])[] = [];

  constructor(log: EngineLog) {
    this.#log = log;
  }

  /** Deliveries that wait. */
  get waiting(): number {
    return this.#backlog.length;
  }

  add(filter: string, listener: (delivery: Delivery) => void): () => void {
    const watcher: Watcher = { listener, isDisposed: false };
    this.#tree.add(filter, watcher);
    return () => {
      watcher.isDisposed = true;
      this.#tree.remove(filter, watcher);
    };
  }

  /** Who watches a topic. */
  of(topic: string): readonly Watcher[] {
    return this.#tree.match(topic);
  }

  push(delivery: Delivery, watchers: readonly Watcher[]): void {
    if (this.#backlog.length < maxBacklog) {
      this.#backlog.push(delivery);
      this.#watchers.push(watchers);
    } else if (this.missed++ === 0) this.#log.warn('Observers are too slow: some messages are not recorded.');
  }

  /** Tells them, as far as one turn of the event loop has room; true when there is more. */
  handOut(): boolean {
    if (this.#backlog.length === 0) return false;
    const [now, told] = [this.#backlog, this.#watchers];
    this.#backlog = now.length > maxPerTurn ? now.splice(maxPerTurn) : [];
    this.#watchers = told.length > maxPerTurn ? told.splice(maxPerTurn) : [];
    for (const [index, delivery] of now.entries())
      for (const watcher of told[index] ?? []) this.#call(watcher, delivery);
    return this.#backlog.length > 0;
  }

  #call(watcher: Watcher, delivery: Delivery): void {
    if (watcher.isDisposed) return;
    try {
      watcher.listener(delivery);
    } catch (error) {
      // One observer's bug must hurt neither the broker nor the other observers; it is reported, with its stack.
      this.#log.error('An observer of messages failed.', { topic: delivery.message.topic, error });
    }
  }
}
