import { copyBytes } from './copy-bytes.ts';
import { spaceBytes, type Spaces } from './spaces.ts';

const smallestScratch = 128;
const largestScratch = 64 * 1024;
/** Ranges up to this size are copied together; larger ones are handed on by reference. */
const copyUpToBytes = 1024;

interface Range {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

/**
 * Collects what one client gets in one turn of the event loop. Frames that lie behind one another in the same buffer
 * (a publisher's burst) become one range without being copied; small pieces are copied together.
 */
export class Outbox {
  /** Bytes collected. */
  length = 0;

  #closed: Range[] = [];
  #bytes: Buffer | undefined;
  #start = 0;
  #end = 0;
  #scratch: Buffer | undefined;
  #used = 0;
  #nextScratchBytes = smallestScratch;
  /** Spaces that what was collected, or taken last, lies in. */
  #borrowed: Buffer[] = [];
  readonly #spaces: Spaces;

  constructor(spaces: Spaces) {
    this.#spaces = spaces;
  }

  /** Adds bytes by reference; they must not change afterwards. */
  push(bytes: Buffer, start: number, end: number): void {
    this.length += end - start;
    if (this.#bytes === bytes && this.#end === start) {
      this.#end = end;
      return;
    }
    this.#close();
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
  }

  /** Adds an acknowledgement in its short form. */
  pushAck(firstByte: number, packetId: number): void {
    const at = this.#reserve(4);
    const scratch = this.#bytes;
    if (!scratch) return;
    scratch[at] = firstByte;
    scratch[at + 1] = 2;
    scratch[at + 2] = packetId >>> 8;
    scratch[at + 3] = packetId & 0xff;
  }

  /** Adds a shared PUBLISH with this client's packet id in the place `idOffset`. */
  pushWithId(
    frame: { bytes: Buffer; start: number; end: number; idOffset: number },
    packetId: number,
    isDuplicate: boolean,
  ): void {
    const { bytes, start, end, idOffset } = frame;
    const copied = end - start <= copyUpToBytes ? end : idOffset + 2;
    const at = this.#reserve(copied - start);
    const scratch = this.#bytes;
    if (!scratch) return;
    copyBytes({ bytes, start, end: copied }, scratch, at);
    if (isDuplicate) scratch[at] = (scratch[at] ?? 0) | 0x08;
    scratch[at + idOffset - start] = packetId >>> 8;
    scratch[at + idOffset - start + 1] = packetId & 0xff;
    if (copied < end) this.push(bytes, copied, end);
  }

  /** Takes everything as one piece that may be kept, and starts anew. */
  take(): Buffer {
    const piece = this.lend();
    const own = this.#borrowed.length > 0 ? Buffer.from(piece) : piece;
    this.takeBack();
    return own;
  }

  /** Takes everything as one piece and starts anew. The piece is good until `takeBack`; after `giveUp` for ever. */
  lend(): Buffer {
    const bytes = this.#bytes;
    if (bytes && this.#closed.length === 0) {
      const isWhole = this.#start === 0 && this.#end === bytes.length;
      const only = isWhole ? bytes : bytes.subarray(this.#start, this.#end);
      this.#startAnew();
      return only;
    }
    this.#close();
    const whole = this.#join();
    this.#startAnew();
    return whole;
  }

  /** Nobody reads what was lent any more. */
  takeBack(): void {
    for (const space of this.#borrowed) this.#spaces.giveBack(space);
    if (this.#borrowed.length > 0) this.#borrowed = [];
  }

  /** Somebody goes on reading what was lent. */
  giveUp(): void {
    for (let count = this.#borrowed.length; count > 0; count--) this.#spaces.giveUp();
    this.#borrowed = [];
  }

  /** Forgets everything. */
  clear(): void {
    this.#startAnew();
    this.takeBack();
  }

  #join(): Buffer {
    const space = this.length <= spaceBytes ? this.#borrow() : undefined;
    const whole = space?.subarray(0, this.length) ?? Buffer.allocUnsafe(this.length);
    let at = 0;
    for (const range of this.#closed) at += copyBytes(range, whole, at);
    return whole;
  }

  #borrow(): Buffer | undefined {
    const space = this.#spaces.borrow();
    if (space) this.#borrowed.push(space);
    return space;
  }

  #startAnew(): void {
    this.#nextScratchBytes = Math.min(largestScratch, Math.max(smallestScratch, this.#used));
    if (this.#closed.length > 0) this.#closed = [];
    this.#bytes = undefined;
    this.#scratch = undefined;
    this.#used = 0;
    this.length = 0;
  }

  /** Makes room in the scratch buffer at the end of what was collected; the open range ends behind it. */
  #reserve(count: number): number {
    if (this.#bytes !== undefined && this.#bytes !== this.#scratch) this.#close();
    if (!this.#scratch || this.#used + count > this.#scratch.length) this.#renewScratch(count);
    const at = this.#used;
    if (this.#bytes !== this.#scratch) {
      this.#bytes = this.#scratch;
      this.#start = at;
    }
    this.#used += count;
    this.#end = this.#used;
    this.length += count;
    return at;
  }

  #renewScratch(needed: number): void {
    if (this.#bytes && this.#bytes === this.#scratch) this.#keepOpen();
    const space = needed <= spaceBytes ? this.#borrow() : undefined;
    this.#scratch = space ?? Buffer.allocUnsafe(Math.max(this.#nextScratchBytes, needed));
    this.#used = 0;
    this.#nextScratchBytes = Math.min(largestScratch, this.#scratch.length * 2);
  }

  /** Ends the open range: small ones move into the scratch buffer, so that few ranges remain. */
  #close(): void {
    const bytes = this.#bytes;
    if (!bytes) return;
    const size = this.#end - this.#start;
    if (bytes === this.#scratch || size > copyUpToBytes || this.#closed.length === 0) {
      this.#keepOpen();
      return;
    }
    const start = this.#start;
    this.#bytes = undefined;
    this.length -= size;
    const at = this.#reserve(size);
    if (this.#scratch) copyBytes({ bytes, start, end: start + size }, this.#scratch, at);
    this.#keepOpen();
  }

  #keepOpen(): void {
    if (!this.#bytes) return;
    const last = this.#closed.at(-1);
    if (last && last.bytes === this.#bytes && last.end === this.#start) {
      this.#closed[this.#closed.length - 1] = { bytes: last.bytes, start: last.start, end: this.#end };
    } else {
      this.#closed.push({ bytes: this.#bytes, start: this.#start, end: this.#end });
    }
    this.#bytes = undefined;
  }
}
