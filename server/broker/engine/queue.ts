import type { Delivery } from './session.ts';

const compactAfter = 64;

const sizeOf = (delivery: Delivery): number => delivery.message?.keptBytes ?? 0;

/** What a queue takes for each message beside the message, roughly. */
const placeBytes = 200;

/** QoS 1 and 2 messages that wait for their session: first in, first out. */
export class DeliveryQueue {
  #items: (Delivery | undefined)[] = [];
  #head = 0;
  #bytes = 0;

  get length(): number {
    return this.#items.length - this.#head;
  }

  /** Bytes of the messages that wait. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Memory it takes, messages that others wait for too included. */
  get memoryBytes(): number {
    return this.#bytes + this.length * placeBytes;
  }

  push(delivery: Delivery): void {
    this.#items.push(delivery);
    this.#bytes += sizeOf(delivery);
  }

  shift(): Delivery | undefined {
    const delivery = this.#items[this.#head];
    if (!delivery) return undefined;
    this.#items[this.#head++] = undefined;
    this.#bytes -= sizeOf(delivery);
    if (this.#head >= compactAfter && this.#head * 2 >= this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return delivery;
  }

  /** What waits, in order. */
  *[Symbol.iterator](): Generator<Delivery> {
    for (let index = this.#head; index < this.#items.length; index++) {
      const delivery = this.#items[index];
      if (delivery) yield delivery;
    }
  }

  /** Takes everything out. */
  drain(): Delivery[] {
    const all = this.#items.slice(this.#head) as Delivery[]; // only those before the head are gone
    this.#items = [];
    this.#head = 0;
    this.#bytes = 0;
    return all;
  }
}
