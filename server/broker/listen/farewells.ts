import type { Socket } from 'node:net';

/** So long a peer may go on sending after our last word. */
const lingerMs = 2_000;
/** A peer that does not take its last bytes within this time is cut off. */
const takeMs = 5_000;
/** So much of what it still sends is read. */
const maxReadBytes = 256 * 1024;
/** So many connections of a listener wait for their peer's end; one more cuts off the oldest. */
const maxWaiting = 100;

/**
 * Connections whose last word is said. To close a socket while its peer still sends makes TCP reset it, and a reset
 * overtakes the last word: who answers a thousand messages would never read why it was sent off. So what still comes is
 * read and thrown away, for a while, until the peer ends its side too.
 */
export class Farewells {
  readonly #waiting = new Set<Socket>();
  #isOver = false;

  /** Ends our side of a connection; the whole of it as soon as the peer has ended its own. */
  say(socket: Socket): void {
    if (socket.destroyed || this.#waiting.has(socket)) return; // there is no end to wait for
    const isTaken = socket.writableLength === 0;
    socket.end();
    this.#waitFor(socket, isTaken ? lingerMs : takeMs);
    if (this.#isOver) socket.destroySoon();
    else if (this.#waiting.size > maxWaiting) this.#cutOffOldest();
  }

  /** From now on nobody is waited for longer than it takes to send the last word. */
  dispose(): void {
    this.#isOver = true;
    for (const socket of this.#waiting) socket.destroySoon();
  }

  #cutOffOldest(): void {
    for (const oldest of this.#waiting) {
      this.#waiting.delete(oldest);
      return oldest.destroySoon();
    }
  }

  #waitFor(socket: Socket, patienceMs: number): void {
    const readBefore = socket.bytesRead;
    const timer = setTimeout(() => socket.destroy(), patienceMs).unref();
    this.#waiting.add(socket);
    socket.on('data', () => {
      if (socket.bytesRead - readBefore > maxReadBytes) socket.destroy();
    });
    socket.once('close', () => {
      clearTimeout(timer);
      this.#waiting.delete(socket);
    });
  }
}
