import type { QoS } from '../../../../shared/mqtt/message.ts';
import { decodeConnect } from './decode-connect.ts';
import { decodePublish } from './decode-publish.ts';
import type { FrameReader } from './frame-reader.ts';
import { packetType } from './packet.ts';
import type {
  AckPacket,
  AuthPacket,
  ClientPacket,
  DisconnectPacket,
  ProtocolVersion,
  SubscribeEntry,
  SubscribePacket,
  UnsubscribePacket,
} from './packet.ts';
import { readProperties } from './properties.ts';
import { Reader } from './reader.ts';
import { malformed, protocolError, reason, unanswerable } from './reason.ts';

/** [MQTT-2.2.1-3] leaves open which error a 0 is: in a request it is malformed, elsewhere not allowed. */
const readPacketId = (reader: Reader, refuse: (message: string) => never): number => {
  const packetId = reader.u16();
  if (packetId === 0) refuse('packet id is 0');
  return packetId;
};

const ackCodes: Readonly<Record<AckPacket['type'], readonly number[]>> = {
  puback: [0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99], // [MQTT-3.4.2-1]
  pubrec: [0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99], // [MQTT-3.5.2-1]
  pubrel: [0x00, 0x92], // [MQTT-3.6.2-1]
  pubcomp: [0x00, 0x92], // [MQTT-3.7.2-1]
};

const decodeAck = (type: AckPacket['type'], reader: Reader, version: ProtocolVersion): AckPacket => {
  const packetId = readPacketId(reader, protocolError);
  let code = 0;
  if (version === 5 && reader.remaining > 0) {
    code = reader.u8();
    if (!ackCodes[type].includes(code)) protocolError(`reason ${code} is not allowed in ${type}`);
    if (reader.remaining > 0) readProperties(reader, 'ack');
  }
  reader.finish();
  return { type, packetId, code };
};

const readEntry = (reader: Reader, version: ProtocolVersion): SubscribeEntry => {
  const filter = reader.text();
  const options = reader.u8();
  const reserved = version === 5 ? 0xc0 : 0xfc;
  if ((options & reserved) !== 0) malformed('reserved subscription options are set'); // [MQTT-3.8.3-5]
  const qos = options & 3;
  const retainHandling = (options >>> 4) & 3;
  if (qos === 3 || retainHandling === 3) malformed('QoS or retain handling is 3');
  return {
    filter,
    qos: qos as QoS, // checked above
    noLocal: (options & 0x04) !== 0,
    retainAsPublished: (options & 0x08) !== 0,
    retainHandling: retainHandling as 0 | 1 | 2, // checked above
  };
};

const decodeSubscribe = (reader: Reader, version: ProtocolVersion): SubscribePacket => {
  const packetId = readPacketId(reader, malformed);
  const identifier = version === 5 ? readProperties(reader, 'subscribe').subscriptionIdentifiers?.[0] : undefined;
  const entries: SubscribeEntry[] = [];
  while (reader.remaining > 0) entries.push(readEntry(reader, version));
  if (entries.length === 0) malformed('SUBSCRIBE without topic filter'); // [MQTT-3.8.3-2]
  return { type: 'subscribe', packetId, entries, identifier };
};

const decodeUnsubscribe = (reader: Reader, version: ProtocolVersion): UnsubscribePacket => {
  const packetId = readPacketId(reader, malformed);
  if (version === 5) readProperties(reader, 'unsubscribe');
  const filters: string[] = [];
  while (reader.remaining > 0) filters.push(reader.text());
  if (filters.length === 0) malformed('UNSUBSCRIBE without topic filter'); // [MQTT-3.10.3-2]
  return { type: 'unsubscribe', packetId, filters };
};

const disconnectCodes: readonly number[] = [
  0x00, 0x04, 0x80, 0x81, 0x82, 0x83, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9b,
];

const decodeDisconnect = (reader: Reader, version: ProtocolVersion): DisconnectPacket => {
  let code = 0;
  let sessionExpirySeconds: number | undefined;
  if (version === 5 && reader.remaining > 0) {
    code = reader.u8();
    if (!disconnectCodes.includes(code)) unanswerable(`reason ${code} is not allowed in DISCONNECT`); // [MQTT-3.14.2-1]
    if (reader.remaining > 0) sessionExpirySeconds = readProperties(reader, 'disconnect').sessionExpiryInterval;
  }
  reader.finish();
  return { type: 'disconnect', code, sessionExpirySeconds };
};

const decodeAuth = (reader: Reader): AuthPacket => {
  if (reader.remaining === 0) return { type: 'auth', code: reason.success, method: undefined };
  const code = reader.u8();
  const method = reader.remaining > 0 ? readProperties(reader, 'auth').authenticationMethod : undefined;
  reader.finish();
  if (code !== reason.continueAuthentication && code !== reason.reAuthenticate)
    protocolError('AUTH with a code of servers'); // [MQTT-3.15.2-1]
  return { type: 'auth', code, method };
};

const decodeEmpty = (reader: Reader): ClientPacket => {
  if (reader.remaining > 0) unanswerable('bytes behind PINGREQ');
  return { type: 'pingreq' };
};

/** Reads the packet the frame reader stands on. Throws `ProtocolViolation` when it breaks the standard. */
export const decode = (frame: FrameReader): ClientPacket => {
  const firstByte = frame.bytes[frame.start] ?? 0;
  const type = firstByte >>> 4;
  if (type === packetType.publish) return decodePublish(frame);
  const reader = new Reader(frame.bytes, frame.bodyStart, frame.end);
  const version = frame.version;
  if (version === undefined) return decodeConnect(reader, firstByte & 0x0f);
  switch (type) {
    case packetType.puback:
      return decodeAck('puback', reader, version);
    case packetType.pubrec:
      return decodeAck('pubrec', reader, version);
    case packetType.pubrel:
      return decodeAck('pubrel', reader, version);
    case packetType.pubcomp:
      return decodeAck('pubcomp', reader, version);
    case packetType.subscribe:
      return decodeSubscribe(reader, version);
    case packetType.unsubscribe:
      return decodeUnsubscribe(reader, version);
    case packetType.pingreq:
      return decodeEmpty(reader);
    case packetType.disconnect:
      return decodeDisconnect(reader, version);
    case packetType.auth:
      return decodeAuth(reader);
    case packetType.connect:
      return protocolError('second CONNECT'); // [MQTT-3.1.0-2]
    default:
      return protocolError(`packet type ${type} comes from servers only`);
  }
};
