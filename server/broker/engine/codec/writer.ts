const fixedHeaderRoom = 5;
const initialBytes = 1024;

/** How many bytes a variable byte integer takes. */
export const varintSize = (value: number): number =>
  value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x20_0000 ? 3 : 4;

/** Writes the fields of one packet behind room for its fixed header. */
export class Writer {
  #bytes = Buffer.allocUnsafeSlow(initialBytes);
  #position = fixedHeaderRoom;

  /** Bytes of the body so far. */
  get length(): number {
    return this.#position - fixedHeaderRoom;
  }

  u8(value: number): this {
    this.#reserve(1);
    this.#bytes[this.#position++] = value;
    return this;
  }

  u16(value: number): this {
    return this.u8(value >>> 8).u8(value & 0xff);
  }

  u32(value: number): this {
    return this.u16(value >>> 16).u16(value & 0xffff);
  }

  varint(value: number): this {
    let rest = value;
    while (rest >= 0x80) {
      this.u8((rest & 0x7f) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    return this.u8(rest);
  }

  text(value: string): this {
    const length = Buffer.byteLength(value);
    this.u16(length).#reserve(length);
    this.#position += this.#bytes.write(value, this.#position, length, 'utf8');
    return this;
  }

  binary(value: Uint8Array): this {
    return this.u16(value.length).raw(value);
  }

  raw(value: Uint8Array): this {
    this.#reserve(value.length);
    this.#bytes.set(value, this.#position);
    this.#position += value.length;
    return this;
  }

  /** Starts anew, keeping the buffer. */
  reset(): this {
    this.#position = fixedHeaderRoom;
    return this;
  }

  /** A copy of the body. */
  body(): Buffer {
    return Buffer.from(this.#bytes.subarray(fixedHeaderRoom, this.#position));
  }

  /** The whole packet as a buffer of its own. */
  packet(firstByte: number): Buffer {
    const length = this.length;
    let at = fixedHeaderRoom - 1 - varintSize(length);
    const start = at;
    this.#bytes[at++] = firstByte;
    let rest = length;
    while (rest >= 0x80) {
      this.#bytes[at++] = (rest & 0x7f) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[at] = rest;
    return Buffer.from(this.#bytes.subarray(start, this.#position));
  }

  #reserve(count: number): void {
    const needed = this.#position + count;
    if (needed <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(grown, 0, 0, this.#position);
    this.#bytes = grown;
  }
}
