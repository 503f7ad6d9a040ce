import type { QoS } from '../../../../shared/mqtt/message.ts';
import { isTopicName } from '../../../../shared/mqtt/topic.ts';
import type { ConnectPacket, ProtocolVersion, WillFields } from './packet.ts';
import { readProperties, travelling } from './properties.ts';
import type { Properties } from './properties.ts';
import { decodeText } from './reader.ts';
import type { Reader } from './reader.ts';
import { malformed, ProtocolViolation, protocolError, reason } from './reason.ts';

/** What could be read of a CONNECT before it failed: decides whether and how the refusal is written. */
export class ConnectViolation extends ProtocolViolation {
  readonly version: ProtocolVersion | undefined;

  constructor(cause: Pick<ProtocolViolation, 'code' | 'message'>, version: ProtocolVersion | undefined) {
    super(cause.code, cause.message);
    this.version = version;
  }
}

const readVersion = (reader: Reader): ProtocolVersion => {
  const name = reader.text();
  const level = reader.u8();
  if (name !== 'MQTT' && name !== 'MQIsdp')
    throw new ConnectViolation({ code: reason.protocolError, message: 'not MQTT' }, undefined);
  if (name === 'MQIsdp' && level === 3) return 3;
  if (name === 'MQTT' && (level === 4 || level === 5)) return level;
  // [MQTT-3.1.2-2]: a 3.1.1-shaped answer is the one that every other level can read, except those above 5.
  throw new ConnectViolation(
    { code: reason.unsupportedProtocolVersion, message: `protocol level ${level} is not served` },
    level > 5 ? 5 : 4,
  );
};

interface ConnectFlags {
  readonly isCleanStart: boolean;
  readonly hasWill: boolean;
  readonly willQos: QoS;
  readonly willRetain: boolean;
  readonly hasUsername: boolean;
  readonly hasPassword: boolean;
}

const readFlags = (reader: Reader, version: ProtocolVersion): ConnectFlags => {
  const byte = reader.u8();
  const willQos = (byte >>> 3) & 3;
  const hasWill = (byte & 0x04) !== 0;
  const hasUsername = (byte & 0x80) !== 0;
  const hasPassword = (byte & 0x40) !== 0;
  if ((byte & 1) !== 0 && version !== 3) malformed('reserved connect flag is set'); // [MQTT-3.1.2-3]
  if (willQos === 3) malformed('will QoS is 3'); // [MQTT-3.1.2-12]
  if (!hasWill && (byte & 0x38) !== 0) malformed('will QoS or retain without a will'); // [MQTT-3.1.2-11] [MQTT-3.1.2-13]
  if (version === 4 && hasPassword && !hasUsername) malformed('password without user name'); // 3.1.1 [MQTT-3.1.2-22]
  return {
    isCleanStart: (byte & 0x02) !== 0,
    hasWill,
    willQos: willQos as QoS, // checked above
    willRetain: (byte & 0x20) !== 0,
    hasUsername,
    hasPassword,
  };
};

/** A fault in what a client says in confidence (will, user name, password) closes without a word: CONNACK is a MAY [MQTT-3.1.4-1]. */
const untold = <Field>(read: () => Field): Field => {
  try {
    return read();
  } catch (error) {
    throw error instanceof ProtocolViolation ? new ConnectViolation(error, undefined) : error;
  }
};

const readWillTopic = (reader: Reader): string => {
  const topic = reader.text();
  if (topic.startsWith('$CONTROL/')) malformed('will is a command to a broker'); // nobody leaves one by mistake
  return isTopicName(topic) ? topic : malformed('will topic is not a topic name');
};

const readWill = (reader: Reader, flags: ConnectFlags, version: ProtocolVersion): WillFields => {
  const fields: Buffer[] = [];
  const keep = (name: string, field: Buffer): void => void (travelling.has(name) && fields.push(field));
  const properties: Properties = version === 5 ? readProperties(reader, 'will', keep) : {};
  checkResponseTopic(properties);
  return {
    topic: untold(() => readWillTopic(reader)),
    payload: untold(() => Buffer.from(reader.binary())),
    qos: flags.willQos,
    retain: flags.willRetain,
    properties,
    propertyFields: Buffer.concat(fields),
  };
};

/** [MQTT-3.3.2-14] */
export const checkResponseTopic = (properties: Properties): void => {
  if (properties.responseTopic !== undefined && !isTopicName(properties.responseTopic))
    protocolError('response topic is not a topic name');
};

/** Whatever is wrong with its characters [MQTT-3.1.3-4], it is a client id that this server does not take [MQTT-3.1.3-8]. */
const readClientId = (reader: Reader): string => {
  const bytes = reader.binary();
  try {
    return decodeText(bytes, 0, bytes.length);
  } catch (error) {
    if (!(error instanceof ProtocolViolation)) throw error;
    throw new ProtocolViolation(reason.clientIdentifierNotValid, `client id: ${error.message}`);
  }
};

const readConnectProperties = (reader: Reader): Properties => {
  const properties = readProperties(reader, 'connect');
  if (properties.authenticationData && properties.authenticationMethod === undefined)
    protocolError('authentication data without method');
  return properties;
};

const readRest = (reader: Reader, version: ProtocolVersion): ConnectPacket => {
  const flags = readFlags(reader, version);
  const keepAliveSeconds = reader.u16();
  const properties: Properties = version === 5 ? readConnectProperties(reader) : {};
  const clientId = readClientId(reader);
  const will = flags.hasWill ? readWill(reader, flags, version) : undefined;
  // In 3.1 the remaining length wins over the flags: a flag without its field means that the field is absent.
  const isPresent = (flag: boolean): boolean => flag && (version !== 3 || reader.remaining > 0);
  const username = isPresent(flags.hasUsername) ? untold(() => reader.text()) : undefined;
  const password = isPresent(flags.hasPassword) ? untold(() => Buffer.from(reader.binary())) : undefined;
  reader.finish();
  return {
    type: 'connect',
    version,
    clientId,
    isCleanStart: flags.isCleanStart,
    keepAliveSeconds,
    properties,
    ...(will && { will }),
    ...(username !== undefined && { username }),
    ...(password && { password }),
  };
};

/** Reads CONNECT [MQTT-3.1.4-1]; throws `ConnectViolation` with the version as far as it was understood. */
export const decodeConnect = (reader: Reader, headerFlags: number): ConnectPacket => {
  const version = readVersion(reader);
  try {
    if (headerFlags !== 0 && version !== 3) malformed('reserved flags are wrong'); // [MQTT-2.1.3-1]
    return readRest(reader, version);
  } catch (error) {
    const isTold = error instanceof ProtocolViolation && !(error instanceof ConnectViolation);
    throw isTold ? new ConnectViolation(error, version) : error;
  }
};
