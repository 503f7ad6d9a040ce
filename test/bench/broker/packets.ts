/** Packets of 3.1.1 as bytes, prepared once: the load generator must cost less than what it measures. */

const protocolLevel = 4;
const keepAliveSeconds = 3_600;
/** Publisher (4 bytes), sequence (4), time of sending (8); the rest of a payload is filling. */
export const stampBytes = 16;

const text = (value: string): Buffer => {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

const packet = (firstByte: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const length: number[] = [];
  let rest = body.length;
  do {
    const more = rest >= 0x80 ? 0x80 : 0;
    length.push((rest & 0x7f) | more);
    rest >>>= 7;
  } while (rest > 0);
  return Buffer.concat([Buffer.from([firstByte, ...length]), body]);
};

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** A session that stays when `isKept`. */
export function connectPacket(clientId: string, credentials?: Credentials, isKept = false): Buffer {
  const flags = (isKept ? 0 : 0x02) | (credentials ? 0xc0 : 0);
  const head = Buffer.from([protocolLevel, flags, keepAliveSeconds >> 8, keepAliveSeconds & 0xff]);
  const login = credentials ? [text(credentials.username), text(credentials.password)] : [];
  return packet(0x10, text('MQTT'), head, text(clientId), ...login);
}

export const subscribePacket = (filters: readonly string[], qos: number): Buffer =>
  packet(0x82, Buffer.from([0, 1]), ...filters.flatMap((filter) => [text(filter), Buffer.from([qos])]));

export const disconnectPacket = Buffer.from([0xe0, 0]);

/** One message to be copied many times; `idAt` is 0 for QoS 0. */
export interface Template {
  readonly bytes: Buffer;
  readonly idAt: number;
  readonly payloadAt: number;
}

export function publishTemplate(
  topic: string,
  { qos, payloadBytes, retain = false }: { qos: number; payloadBytes: number; retain?: boolean },
): Template {
  const name = text(topic);
  const id = Buffer.alloc(qos > 0 ? 2 : 0);
  const bytes = packet(0x30 | (qos << 1) | (retain ? 1 : 0), name, id, Buffer.alloc(payloadBytes, 'x'));
  const payloadAt = bytes.length - payloadBytes;
  return { bytes, idAt: qos > 0 ? payloadAt - 2 : 0, payloadAt };
}
