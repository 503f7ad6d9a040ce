import { FilterTree } from '../../../shared/mqtt/filter-tree.ts';
import type { Delivery } from './engine.ts';
import type { EngineLog } from './options.ts';

/** Deliveries that may wait for observers; beyond that they are counted and lost to them. */
const maxBacklog = 20_000;
/** Deliveries handed out before sockets get their turn again. */
const maxPerTurn = 2_000;

type Listener = (delivery: Delivery) => void;

/** Those who watch messages after they were routed: never on the hot path, in order, bounded. */
export class Observers {
  /** Deliveries observers missed because they were too slow. */
  missed = 0;

  readonly #tree = new FilterTree<{ readonly listener: Listener }>();
  readonly #log: EngineLog;
  readonly #later: (run: () => void) => void;
  #backlog: Delivery[] = [];
  #isScheduled = false;

  constructor(log: EngineLog, later: (run: () => void) => void) {
    this.#log = log;
    this.#later = later;
  }

  add(filter: string, listener: Listener): () => void {
    const entry = { listener };
    this.#tree.add(filter, entry);
    return () => void this.#tree.remove(filter, entry);
  }

  isObserved(topic: string): boolean {
    return this.#tree.match(topic).length > 0;
  }

  push(delivery: Delivery): void {
    if (this.#backlog.length >= maxBacklog) {
      if (this.missed++ === 0) this.#log.warn('Observers are too slow: some messages are not recorded.');
      return;
    }
    this.#backlog.push(delivery);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#later(() => {
      this.#isScheduled = false;
      this.#handOut();
    });
  }

  #handOut(): void {
    const now = this.#backlog.splice(0, maxPerTurn);
    if (this.#backlog.length > 0) this.#schedule();
    for (const delivery of now)
      this.#tree.forEachMatch(delivery.message.topic, ({ listener }) => this.#call(listener, delivery));
  }

  #call(listener: Listener, delivery: Delivery): void {
    try {
      listener(delivery);
    } catch (error) {
      // One observer's bug must hurt neither the broker nor the other observers; it is reported, with its stack.
      this.#log.error('An observer of messages failed.', { topic: delivery.message.topic, error });
    }
  }
}
