import type { QoS } from '../../../../shared/mqtt/message.ts';
import { ownPlace } from './frame-space.ts';
import type { Place } from './frame-space.ts';
import { packetType } from './packet.ts';
import type { ProtocolVersion } from './packet.ts';
import { writePropertyFields } from './properties.ts';
import type { Properties } from './properties.ts';
import type { ReasonCode } from './reason.ts';
import { varintSize, Writer } from './writer.ts';

// Encoding is synchronous and each function ends with a copy, so two writers serve the whole process.
const body = new Writer();
const fields = new Writer();

/** The bytes of a property list without the length in front; empty when none is set. */
export const encodePropertyFields = (properties: Properties): Buffer => {
  writePropertyFields(fields.reset(), properties);
  return fields.body();
};

const appendProperties = (properties: Properties): void => {
  writePropertyFields(fields.reset(), properties);
  body.varint(fields.length).raw(fields.body());
};

export interface ConnackFields {
  readonly isSessionPresent: boolean;
  readonly code: ReasonCode;
  readonly properties?: Properties;
}

/** Those of 3.1 and 3.1.1, by their two bytes: so few that each is written once. */
const shortConnacks = new Map<number, Buffer>();

const encodeShortConnack = (isSessionPresent: boolean, code: ReasonCode): Buffer => {
  const fields = (isSessionPresent ? 0x100 : 0) | code;
  const bytes =
    shortConnacks.get(fields) ??
    body
      .reset()
      .u16(fields)
      .packet(packetType.connack << 4);
  shortConnacks.set(fields, bytes);
  return bytes;
};

export const encodeConnack = (version: ProtocolVersion, connack: ConnackFields): Buffer => {
  const { isSessionPresent, code, properties = {} } = connack;
  // 3.1 has a reserved byte where later versions say whether a session was found.
  if (version !== 5) return encodeShortConnack(isSessionPresent && version !== 3, code);
  body
    .reset()
    .u8(isSessionPresent ? 1 : 0)
    .u8(code);
  appendProperties(properties);
  return body.packet(packetType.connack << 4);
};

/** First bytes of the acknowledgements; PUBREL has fixed flags [MQTT-3.6.1-1]. */
export const ackByte = {
  puback: packetType.puback << 4,
  pubrec: packetType.pubrec << 4,
  pubrel: (packetType.pubrel << 4) | 2,
  pubcomp: packetType.pubcomp << 4,
} as const;

/** An acknowledgement with a reason (5.0 only); the short form without one is written by the outbox. */
export const encodeAck = (
  firstByte: number,
  packetId: number,
  answer: { code: ReasonCode; reasonString?: string | undefined },
): Buffer => {
  body.reset().u16(packetId).u8(answer.code);
  if (answer.reasonString !== undefined) appendProperties({ reasonString: answer.reasonString });
  return body.packet(firstByte);
};

export interface CodesFields {
  readonly packetId: number;
  readonly codes: readonly ReasonCode[];
  readonly reasonString?: string | undefined;
}

/** SUBACK and UNSUBACK: one code per filter, in order [MQTT-3.9.3-1] [MQTT-3.11.3-1]; 3.x has no codes in UNSUBACK. */
export const encodeCodes = (
  type: 'suback' | 'unsuback',
  version: ProtocolVersion,
  { packetId, codes, reasonString }: CodesFields,
): Buffer => {
  body.reset().u16(packetId);
  if (version === 5) appendProperties(reasonString === undefined ? {} : { reasonString });
  if (version === 5 || type === 'suback') for (const code of codes) body.u8(code);
  return body.packet(packetType[type] << 4);
};

export const pingresp = Buffer.from([packetType.pingresp << 4, 0]);

/** A server's DISCONNECT exists in 5.0 only. */
export const encodeDisconnect = (code: ReasonCode, reasonString?: string): Buffer => {
  body.reset().u8(code);
  if (reasonString !== undefined) appendProperties({ reasonString });
  return body.packet(packetType.disconnect << 4);
};

export interface PublishFields {
  readonly topic: Uint8Array;
  readonly payload: Uint8Array;
  readonly qos: QoS;
  readonly retain: boolean;
  readonly isDuplicate?: boolean;
  readonly packetId?: number;
  /** Property fields without their length; ignored for 3.x. */
  readonly propertyFields?: Uint8Array;
}

/** A PUBLISH, and where it lies. */
export interface EncodedPublish {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  /** Where its packet id lies (QoS 1 and 2). */
  readonly idOffset: number;
}

const firstByteOf = ({ isDuplicate, qos, retain }: PublishFields): number =>
  (packetType.publish << 4) | (isDuplicate ? 8 : 0) | (qos << 1) | (retain ? 1 : 0);

export const encodePublish = (
  version: ProtocolVersion,
  publish: PublishFields,
  placeFor: (size: number) => Place = ownPlace,
): EncodedPublish => {
  const { topic, payload, qos } = publish;
  const properties = version === 5 ? (publish.propertyFields?.length ?? 0) : 0;
  const propertyBytes = version === 5 ? varintSize(properties) + properties : 0;
  const length = 2 + topic.length + (qos > 0 ? 2 : 0) + propertyBytes + payload.length;
  const { bytes, start } = placeFor(1 + varintSize(length) + length);
  bytes[start] = firstByteOf(publish);
  let at = writeVarint(bytes, start + 1, length);
  at = bytes.writeUInt16BE(topic.length, at);
  bytes.set(topic, at);
  at += topic.length;
  const idOffset = at;
  if (qos > 0) at = bytes.writeUInt16BE(publish.packetId ?? 0, at);
  if (version === 5) {
    at = writeVarint(bytes, at, properties);
    if (publish.propertyFields) bytes.set(publish.propertyFields, at);
    at += properties;
  }
  bytes.set(payload, at);
  return { bytes, start, end: at + payload.length, idOffset };
};

const writeVarint = (bytes: Buffer, position: number, value: number): number => {
  let at = position;
  let rest = value;
  while (rest >= 0x80) {
    bytes[at++] = (rest & 0x7f) | 0x80;
    rest = Math.floor(rest / 0x80);
  }
  bytes[at++] = rest;
  return at;
};
