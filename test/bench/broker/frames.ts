/** The little of RFC 6455 that a load generator needs: binary frames, masked with zeros, which leaves bytes as they are. */
export const upgradeRequest = (path: string, port: number): string =>
  [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Protocol: mqtt',
    '',
    '',
  ].join('\r\n');

const endOfHead = '\r\n\r\n';
const closeFrame = 8;

export class WebSocketFrames {
  isOpen = false;
  #rest: Buffer | undefined;

  wrap(bytes: Buffer): Buffer {
    const { length } = bytes;
    const size = length < 126 ? 0 : length < 65_536 ? 2 : 8;
    const frame = Buffer.alloc(2 + size + 4 + length);
    frame[0] = 0x82;
    frame[1] = 0x80 | (size === 0 ? length : size === 2 ? 126 : 127);
    if (size === 2) frame.writeUInt16BE(length, 2);
    if (size === 8) frame.writeBigUInt64BE(BigInt(length), 2);
    bytes.copy(frame, 2 + size + 4);
    return frame;
  }

  /** The payloads of whole frames; the head of the upgrade's reply is swallowed. */
  unwrap(bytes: Buffer): Buffer[] {
    let data = this.#rest ? Buffer.concat([this.#rest, bytes]) : bytes;
    if (!this.isOpen) {
      const end = data.indexOf(endOfHead);
      this.#rest = end < 0 ? Buffer.from(data) : undefined;
      if (end < 0) return [];
      if (!data.subarray(0, 12).equals(Buffer.from('HTTP/1.1 101'))) throw new Error('the upgrade was refused');
      this.isOpen = true;
      data = data.subarray(end + endOfHead.length);
    }
    return this.#cut(data);
  }

  #cut(data: Buffer): Buffer[] {
    const parts: Buffer[] = [];
    let at = 0;
    for (let found = frameAt(data, at); found; found = frameAt(data, at)) {
      // The broker's goodbye after DISCONNECT; the socket closes by itself.
      if (((data[at] ?? 0) & 15) !== closeFrame) parts.push(data.subarray(found.start, found.end));
      at = found.end;
    }
    this.#rest = at < data.length ? Buffer.from(data.subarray(at)) : undefined;
    return parts;
  }
}

function frameAt(data: Buffer, at: number): { start: number; end: number } | undefined {
  if (data.length - at < 2) return undefined;
  const short = (data[at + 1] ?? 0) & 127;
  const start = at + 2 + (short < 126 ? 0 : short === 126 ? 2 : 8);
  if (data.length < start) return undefined;
  const length = short < 126 ? short : short === 126 ? data.readUInt16BE(at + 2) : Number(data.readBigUInt64BE(at + 2));
  return data.length < start + length ? undefined : { start, end: start + length };
}
