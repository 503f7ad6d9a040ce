import type { QoS } from '../../../../shared/mqtt/message.ts';
import { checkResponseTopic } from './decode-connect.ts';
import type { FrameReader } from './frame-reader.ts';
import type { PublishPacket } from './packet.ts';
import { readProperties } from './properties.ts';
import type { Properties } from './properties.ts';
import { Reader } from './reader.ts';
import { malformed, protocolError } from './reason.ts';

/** Where the payload begins, and the properties in front of it; a packet without properties says so with a 0. */
const readFields = (frame: FrameReader, at: number): { properties: Properties | undefined; payloadStart: number } => {
  if (frame.bytes[at] === 0 && at < frame.end) return { properties: undefined, payloadStart: at + 1 };
  const reader = new Reader(frame.bytes, at, frame.end);
  const properties = readProperties(reader, 'publish');
  checkResponseTopic(properties);
  return { properties, payloadStart: reader.position };
};

const checkFlags = (qos: number, isDuplicate: boolean): QoS => {
  if (qos === 3) malformed('QoS 3 does not exist'); // [MQTT-3.3.1-4]
  if (isDuplicate && qos === 0) malformed('DUP with QoS 0'); // [MQTT-3.3.1-2]
  return qos as QoS; // 0 to 2: 3 was refused
};

/** Reads PUBLISH without copying: topic and payload stay where they lie. */
export const decodePublish = (frame: FrameReader): PublishPacket => {
  const { bytes, start, end, bodyStart } = frame;
  const flags = bytes[start] ?? 0;
  const isDuplicate = (flags & 0x08) !== 0;
  const qos = checkFlags((flags >>> 1) & 3, isDuplicate);
  if (end - bodyStart < 2) malformed('packet is too short');
  const topicStart = bodyStart + 2;
  const topicEnd = topicStart + bytes.readUInt16BE(bodyStart);
  const idEnd = qos === 0 ? topicEnd : topicEnd + 2;
  if (idEnd > end) malformed('packet is too short');
  const packetId = qos === 0 ? 0 : bytes.readUInt16BE(topicEnd);
  if (qos !== 0 && packetId === 0) protocolError('packet id is 0'); // [MQTT-2.2.1-3]
  const fields = frame.version === 5 ? readFields(frame, idEnd) : undefined;
  return {
    type: 'publish',
    qos,
    isDuplicate,
    retain: (flags & 1) !== 0,
    packetId,
    properties: fields?.properties,
    topicStart,
    topicEnd,
    payloadStart: fields ? fields.payloadStart : idEnd,
    bytes,
    start,
    end,
  };
};
