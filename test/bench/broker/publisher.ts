import type { Client } from './client.ts';
import type { Template } from './packets.ts';

const maxWaitingBytes = 64 * 1024;
const lastId = 65_535;

/** Sends numbered copies of one message. */
export class Publisher {
  sent = 0;
  readonly client: Client;
  readonly #template: Template;
  readonly #number: number;
  readonly #isConfirmed: boolean;
  #id = 0;

  constructor(client: Client, number: number, template: Template) {
    this.client = client;
    this.#template = template;
    this.#number = number;
    this.#isConfirmed = template.idAt > 0;
  }

  /** Messages that are not acknowledged; 0 for QoS 0. */
  get unacknowledged(): number {
    return this.#isConfirmed ? this.sent - this.client.acknowledged : 0;
  }

  get isBusy(): boolean {
    return this.client.isClosed || this.client.waitingBytes > maxWaitingBytes;
  }

  /** Sends so many in one write. */
  send(count: number): void {
    const { bytes, payloadAt, idAt } = this.#template;
    const size = bytes.length;
    const block = Buffer.allocUnsafe(size * count);
    const nowMs = performance.now();
    for (let index = 0; index < count; index++) {
      const at = index * size;
      bytes.copy(block, at);
      if (idAt > 0) this.#stampId(block, at + idAt);
      block.writeUInt32LE(this.#number, at + payloadAt);
      block.writeUInt32LE(this.sent++, at + payloadAt + 4);
      block.writeDoubleLE(nowMs, at + payloadAt + 8);
    }
    this.client.write(block);
  }

  #stampId(block: Buffer, at: number): void {
    this.#id = this.#id === lastId ? 1 : this.#id + 1;
    block[at] = this.#id >>> 8;
    block[at + 1] = this.#id & 0xff;
  }
}

/** Notes what a subscriber gets, and counts what is missing or in the wrong order. */
export class Arrivals {
  disordered = 0;
  readonly #next: Uint32Array;

  constructor(publishers: number) {
    this.#next = new Uint32Array(publishers);
  }

  note(bytes: Buffer, payloadAt: number): void {
    const publisher = bytes.readUInt32LE(payloadAt);
    const sequence = bytes.readUInt32LE(payloadAt + 4);
    if (this.#next[publisher] !== sequence) this.disordered++;
    this.#next[publisher] = sequence + 1;
  }
}
