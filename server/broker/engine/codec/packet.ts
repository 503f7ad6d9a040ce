import type { QoS } from '../../../../shared/mqtt/message.ts';
import type { Properties } from './properties.ts';
import type { ReasonCode } from './reason.ts';

/** 3 is MQTT 3.1 (`MQIsdp`), 4 is 3.1.1, 5 is 5.0. */
export type ProtocolVersion = 3 | 4 | 5;

/** The upper four bits of the first byte. */
export const packetType = {
  connect: 1,
  connack: 2,
  publish: 3,
  puback: 4,
  pubrec: 5,
  pubrel: 6,
  pubcomp: 7,
  subscribe: 8,
  suback: 9,
  unsubscribe: 10,
  unsuback: 11,
  pingreq: 12,
  pingresp: 13,
  disconnect: 14,
  auth: 15,
} as const;

export interface WillFields {
  readonly topic: string;
  readonly payload: Buffer;
  readonly qos: QoS;
  readonly retain: boolean;
  readonly properties: Properties;
  /** Those that travel with the message, as they were written. */
  readonly propertyFields: Buffer;
}

export interface ConnectPacket {
  readonly type: 'connect';
  readonly version: ProtocolVersion;
  readonly clientId: string;
  readonly isCleanStart: boolean;
  readonly keepAliveSeconds: number;
  readonly username?: string;
  readonly password?: Buffer;
  readonly will?: WillFields;
  readonly properties: Properties;
}

/** A PUBLISH; topic and payload are views of the frame and die with it unless copied. */
export interface PublishPacket {
  readonly type: 'publish';
  readonly qos: QoS;
  readonly isDuplicate: boolean;
  readonly retain: boolean;
  readonly packetId: number;
  /** Undefined when there are none, which is also so for every 3.1 and 3.1.1 packet. */
  readonly properties: Properties | undefined;
  readonly topicStart: number;
  readonly topicEnd: number;
  readonly payloadStart: number;
  /** The bytes that hold the whole packet, from `start` to `end`. */
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

export interface AckPacket {
  readonly type: 'puback' | 'pubrec' | 'pubrel' | 'pubcomp';
  readonly packetId: number;
  readonly code: ReasonCode;
}

export interface SubscribeEntry {
  readonly filter: string;
  readonly qos: QoS;
  readonly noLocal: boolean;
  readonly retainAsPublished: boolean;
  readonly retainHandling: 0 | 1 | 2;
}

export interface SubscribePacket {
  readonly type: 'subscribe';
  readonly packetId: number;
  readonly entries: readonly SubscribeEntry[];
  readonly identifier: number | undefined;
}

export interface UnsubscribePacket {
  readonly type: 'unsubscribe';
  readonly packetId: number;
  readonly filters: readonly string[];
}

export interface PingreqPacket {
  readonly type: 'pingreq';
}

export interface DisconnectPacket {
  readonly type: 'disconnect';
  readonly code: ReasonCode;
  readonly sessionExpirySeconds: number | undefined;
}

export interface AuthPacket {
  readonly type: 'auth';
  readonly code: ReasonCode;
  readonly method: string | undefined;
}

/** What a client may send. */
export type ClientPacket =
  | ConnectPacket
  | PublishPacket
  | AckPacket
  | SubscribePacket
  | UnsubscribePacket
  | PingreqPacket
  | DisconnectPacket
  | AuthPacket;
