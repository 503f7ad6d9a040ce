import { malformed, ProtocolViolation, protocolError, reason, unanswerable } from './reason.ts';
import { packetType } from './packet.ts';
import type { ProtocolVersion } from './packet.ts';

const maxHeaderBytes = 5;
const firstAssemblyBytes = 4096;

const nothing: Buffer = Buffer.alloc(0);

/**
 * Bits 3-0 of the first byte that the standard fixes, by packet type [MQTT-2.1.3-1]; -1 means that they vary, or (in
 * CONNACK) that the packet is not allowed whatever they are.
 */
const requiredFlags: readonly number[] = [-1, 0, -1, -1, 0, 0, 2, 0, 2, 0, 2, 0, 0, 0, 0, 0];

/**
 * Cuts a byte stream into packets, over any chunk borders. Packets that lie whole in one chunk are not copied.
 * Pull-based: push chunks, then call `next` until it says false; a connection that must wait just stops calling.
 */
export class FrameReader {
  /** The current packet: `bytes` from `start` to `end`, fields from `bodyStart`. Valid until the next call of `next`. */
  bytes = nothing;
  start = 0;
  bodyStart = 0;
  end = 0;
  /** Largest packet accepted, whole packet counted. */
  maxPacketBytes: number;
  /** Undefined until CONNECT said it. */
  version: ProtocolVersion | undefined = undefined;

  #chunk: Buffer | undefined;
  #offset = 0;
  #waiting: Buffer[] = [];
  #partial: Buffer | undefined;
  #partialLength = 0;

  constructor(maxPacketBytes: number) {
    this.maxPacketBytes = maxPacketBytes;
  }

  /** Bytes pushed and not yet given out as packets. */
  get bufferedBytes(): number {
    let total = this.#partialLength + (this.#chunk ? this.#chunk.length - this.#offset : 0);
    for (const chunk of this.#waiting) total += chunk.length;
    return total;
  }

  push(chunk: Buffer): void {
    if (chunk.length === 0) return;
    if (this.#chunk) {
      this.#waiting.push(chunk);
      return;
    }
    this.#chunk = chunk;
    this.#offset = 0;
  }

  /** Moves to the next whole packet; false when more bytes are needed. Throws on a wrong fixed header. */
  next(): boolean {
    while (this.#chunk) {
      const found = this.#partial ? this.#continuePartial(this.#chunk) : this.#cut(this.#chunk);
      if (this.#chunk && this.#offset >= this.#chunk.length) this.#nextChunk();
      if (found) return true;
    }
    this.bytes = nothing; // an idle connection must not hold on to its last chunk
    return false;
  }

  #nextChunk(): void {
    this.#chunk = this.#waiting.shift();
    this.#offset = 0;
  }

  /** Takes a packet straight from the chunk, or moves the rest of it aside. */
  #cut(chunk: Buffer): boolean {
    const total = this.#measure(chunk, this.#offset, chunk.length);
    if (total === 0 || this.#offset + total > chunk.length) {
      const rest = chunk.length - this.#offset;
      this.#partial = Buffer.allocUnsafeSlow(Math.max(rest, maxHeaderBytes, Math.min(total, firstAssemblyBytes)));
      chunk.copy(this.#partial, 0, this.#offset);
      this.#partialLength = rest;
      this.#offset = chunk.length;
      return false;
    }
    this.bytes = chunk;
    this.start = this.#offset;
    this.#offset += total;
    this.end = this.#offset;
    return true;
  }

  #continuePartial(chunk: Buffer): boolean {
    let partial = this.#partial ?? malformed('no partial packet');
    let total = this.#measure(partial, 0, this.#partialLength);
    while (total === 0 && this.#offset < chunk.length) {
      partial[this.#partialLength++] = chunk[this.#offset++] ?? 0;
      total = this.#measure(partial, 0, this.#partialLength);
    }
    if (total === 0) return false;
    const taken = Math.min(total - this.#partialLength, chunk.length - this.#offset);
    partial = this.#grow(partial, this.#partialLength + taken, total);
    chunk.copy(partial, this.#partialLength, this.#offset, this.#offset + taken);
    this.#partialLength += taken;
    this.#offset += taken;
    if (this.#partialLength < total) return false;
    this.bytes = partial;
    this.start = 0;
    this.end = total;
    this.#partial = undefined;
    this.#partialLength = 0;
    return true;
  }

  /** Memory follows the bytes that came, not the length that was announced. */
  #grow(partial: Buffer, needed: number, total: number): Buffer {
    if (needed <= partial.length) return partial;
    const grown = Buffer.allocUnsafeSlow(Math.min(total, Math.max(needed, partial.length * 2)));
    partial.copy(grown, 0, 0, this.#partialLength);
    this.#partial = grown;
    return grown;
  }

  /** Size of the packet that begins at `start`, or 0 when its fixed header is not complete. Sets `bodyStart`. */
  #measure(bytes: Buffer, start: number, end: number): number {
    if (start >= end) return 0;
    this.#checkFirstByte(bytes[start] ?? 0);
    let length = 0;
    for (let index = 1; index < maxHeaderBytes; index++) {
      if (start + index >= end) return 0;
      const byte = bytes[start + index] ?? 0;
      length += (byte & 0x7f) * 2 ** (7 * (index - 1));
      if (byte >= 0x80) continue;
      if (byte === 0 && index > 1) malformed('remaining length is not minimal'); // [MQTT-1.5.5-1]
      const total = 1 + index + length;
      if (total > this.maxPacketBytes) this.#refuseSize(total);
      this.bodyStart = start + index + 1;
      return total;
    }
    return unanswerable('remaining length is longer than four bytes'); // where would the next packet begin?
  }

  #refuseSize(bytes: number): never {
    const limit = this.version === undefined ? 'maxConnectPacketBytes' : 'maxPacketBytes';
    throw new ProtocolViolation(reason.packetTooLarge, `packet of ${bytes} bytes is too large`, limit);
  }

  #checkFirstByte(firstByte: number): void {
    const type = firstByte >>> 4;
    if (this.version === undefined) {
      if (type !== packetType.connect) protocolError('first packet is not CONNECT'); // [MQTT-3.1.0-1]
      return; // its flags are checked once the version is known: 3.1 does not use them
    }
    if (type === 0 || (type === packetType.auth && this.version < 5))
      protocolError(`packet type ${type} does not exist`);
    const required = requiredFlags[type] ?? 0;
    // 3.1 has DUP in SUBSCRIBE, UNSUBSCRIBE and PUBREL and does not check the rest.
    if (this.version > 3 && required >= 0 && (firstByte & 0x0f) !== required) malformed('reserved flags are wrong');
  }
}
