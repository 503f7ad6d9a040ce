import { isUtf8 } from 'node:buffer';
import { isCleanText } from '../../../../shared/mqtt/topic.ts';
import { malformed } from './reason.ts';

const firstPrintable = 0x20;
const lastPrintable = 0x7e;

const isPlainAscii = (bytes: Buffer, start: number, end: number): boolean => {
  for (let index = start; index < end; index++) {
    const byte = bytes[index] ?? 0;
    if (byte < firstPrintable || byte > lastPrintable) return false;
  }
  return true;
};

/** Decodes an MQTT string strictly [MQTT-1.5.4-1] [MQTT-1.5.4-2]; a byte-order mark stays [MQTT-1.5.4-3]. */
export const decodeText = (bytes: Buffer, start: number, end: number): string => {
  if (isPlainAscii(bytes, start, end)) return bytes.toString('latin1', start, end);
  if (!isUtf8(bytes.subarray(start, end))) malformed('string is not UTF-8');
  const text = bytes.toString('utf8', start, end);
  if (!isCleanText(text)) malformed('string has a character that is not allowed');
  return text;
};

/** Reads the fields of one packet; every read past its end is a malformed packet. */
export class Reader {
  readonly bytes: Buffer;
  position: number;
  readonly end: number;

  constructor(bytes: Buffer, start: number, end: number) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  get remaining(): number {
    return this.end - this.position;
  }

  u8(): number {
    if (this.position >= this.end) malformed('packet is too short');
    return this.bytes[this.position++] ?? 0;
  }

  u16(): number {
    return (this.u8() << 8) | this.u8();
  }

  u32(): number {
    return this.u16() * 0x1_0000 + this.u16();
  }

  /** A variable byte integer in its shortest form [MQTT-1.5.5-1]. */
  varint(): number {
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.u8();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte >= 0x80) continue;
      if (byte === 0 && shift > 0) malformed('variable byte integer is not minimal');
      return value;
    }
    return malformed('variable byte integer is too long');
  }

  /** Skips `length` bytes and returns where they began. */
  skip(length: number): number {
    const start = this.position;
    if (length > this.end - start) malformed('packet is too short');
    this.position = start + length;
    return start;
  }

  text(): string {
    const length = this.u16();
    const start = this.skip(length);
    return decodeText(this.bytes, start, start + length);
  }

  /** Binary data as a view of the packet. */
  binary(): Buffer {
    const length = this.u16();
    const start = this.skip(length);
    return this.bytes.subarray(start, start + length);
  }

  /** Fails when fields ended before the packet did. */
  finish(): void {
    if (this.position !== this.end) malformed('packet is longer than its fields');
  }
}
