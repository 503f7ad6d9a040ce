import type { Message, MessageProperties, QoS } from '../../../shared/mqtt/message.ts';
import type { Clock } from './clock.ts';
import { encodePropertyFields, encodePublish } from './codec/encode.ts';
import { ownPlace, passingPlace, waitingPlace } from './codec/frame-space.ts';
import type { Place } from './codec/frame-space.ts';
import type { ProtocolVersion } from './codec/packet.ts';
import type { Properties } from './codec/properties.ts';
import { readProperties, travelling } from './codec/properties.ts';
import { Reader } from './codec/reader.ts';
import { Writer } from './codec/writer.ts';
import { copyBytes } from './copy-bytes.ts';
import type { Principal } from './engine.ts';
import type { StoredMessage } from './store.ts';
import type { Topic } from './topics.ts';

/** A PUBLISH ready to be sent; `idOffset` is where its packet id lies (QoS 1 and 2). */
export interface Frame {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  readonly idOffset: number;
}

/** The frame a message came in, and the format it is written in. */
export interface SourceFrame extends Frame {
  readonly isVersion5: boolean;
}

export interface Publisher {
  readonly clientId: string;
  readonly principal: Principal;
}

interface RoutedFields {
  readonly topic: Topic;
  readonly payload: Buffer;
  readonly qos: QoS;
  readonly retain: boolean;
  readonly properties?: Properties | undefined;
  /** The same as they were written, where their order matters. */
  readonly propertyFields?: Buffer | undefined;
  readonly expiresAtMs?: number | undefined;
  readonly source?: SourceFrame | undefined;
}

const noFields = Buffer.alloc(0);
/** A user property as an array of two strings, beside what is in them. */
const pairBytes = 100;

/** On memory of its own: out of Node's pool a few bytes that are kept would hold 8 kB. */
const copyToWait = (bytes: Buffer, start: number, end: number): Place => {
  const place = waitingPlace(end - start);
  copyBytes({ bytes, start, end }, place.bytes, place.start);
  return place;
};

const copyToKeep = (bytes: Buffer): Buffer => {
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(copy);
  return copy;
};

/** One message inside the engine: encoded once per (version, QoS, retain) and shared by all who get it. */
export class RoutedMessage {
  readonly topic: Topic;
  readonly qos: QoS;
  readonly retain: boolean;
  /** What travels with the message; no expiry (see `expiresAtMs`), alias or subscription identifier. */
  readonly properties: Properties | undefined;
  /** Wall-clock milliseconds; undefined for never [MQTT-3.3.2-5]. */
  readonly expiresAtMs: number | undefined;
  /** Key in the store while deliveries refer to it; 0 when not stored. */
  storedId = 0;
  /** How many stored deliveries refer to it. */
  references = 0;

  #payload: Buffer;
  #source: SourceFrame | undefined;
  #isOwned = false;
  #isRemembering = true;
  #propertyFields: Buffer | undefined;
  /** By version, retain and QoS; made when first needed. */
  #frames: (Frame | undefined)[] | undefined;

  constructor(fields: RoutedFields) {
    this.topic = fields.topic;
    this.#payload = fields.payload;
    this.qos = fields.qos;
    this.retain = fields.retain;
    this.properties = fields.properties;
    this.#propertyFields = fields.propertyFields;
    this.expiresAtMs = fields.expiresAtMs;
    this.#source = fields.source;
  }

  get payload(): Buffer {
    return this.#payload;
  }

  /** Memory it takes while it is kept, roughly: a list of properties is there as bytes and as objects. */
  get keptBytes(): number {
    if (!this.properties) return this.#payload.length;
    const pairs = this.properties.userProperties?.length ?? 0;
    return this.#payload.length + 2 * this.propertyFields.length + pairs * pairBytes;
  }

  /** Copies what lies in a socket's buffer: called before a message outlives its turn. */
  own(): this {
    if (this.#isOwned) return this;
    this.#isOwned = true;
    this.#frames = undefined;
    const source = this.#source;
    if (source && this.expiresAtMs === undefined) this.#ownFrame(source);
    else {
      const { bytes, start } = copyToWait(this.#payload, 0, this.#payload.length);
      this.#payload = bytes.subarray(start, start + this.#payload.length);
      this.#source = undefined;
    }
    return this;
  }

  /** Copied whole, the frame goes on being the one that all share; the payload is its end. */
  #ownFrame({ bytes, start, end, idOffset, isVersion5 }: SourceFrame): void {
    const place = copyToWait(bytes, start, end);
    const moved = place.start - start;
    this.#payload = place.bytes.subarray(end + moved - this.#payload.length, end + moved);
    this.#source = { bytes: place.bytes, start: place.start, end: end + moved, idOffset: idOffset + moved, isVersion5 };
  }

  /** A copy to keep for long: on its own bytes, and without remembering frames. */
  kept(): RoutedMessage {
    const { topic, qos, retain, properties, expiresAtMs } = this;
    const copy = new RoutedMessage({
      topic,
      payload: copyToKeep(this.#payload),
      qos,
      retain,
      properties,
      expiresAtMs,
    });
    copy.#isOwned = true;
    copy.#isRemembering = false;
    return copy;
  }

  isExpired(nowMs: number): boolean {
    return this.expiresAtMs !== undefined && this.expiresAtMs <= nowMs;
  }

  /** The frame that all clients of one protocol format share. */
  frame(version: ProtocolVersion, delivery: { qos: QoS; retain: boolean }, clock: Clock): Frame {
    const isVersion5 = version === 5;
    const index = (isVersion5 ? 8 : 0) | (delivery.retain ? 4 : 0) | delivery.qos;
    const known = this.#frames?.[index];
    if (known) return known;
    const source = this.#source;
    const isSame = source?.isVersion5 === isVersion5 && delivery.qos === this.qos && delivery.retain === this.retain;
    if (isSame && source) return source;
    const frame = this.encode(version, delivery, { nowMs: clock.now() });
    if (this.#isShareable) (this.#frames ??= [])[index] = frame;
    return frame;
  }

  /** The seconds left in an expiry change, so such a frame is shared within its turn only (`own` forgets it). */
  get #isShareable(): boolean {
    return this.#isRemembering && (!this.#isOwned || this.expiresAtMs === undefined);
  }

  /** A frame for one client alone: with its subscription identifiers, or a topic alias. */
  encode(version: ProtocolVersion, delivery: { qos: QoS; retain: boolean }, own: OwnFields): Frame {
    const fields = {
      topic: own.isTopicOmitted ? noFields : this.topic.bytes,
      payload: this.#payload,
      qos: delivery.qos,
      retain: delivery.retain,
      propertyFields: version === 5 ? this.#fieldsFor(own) : noFields,
    };
    return encodePublish(version, fields, this.#isRemembering ? ownPlace : passingPlace);
  }

  /** The properties as an encoded list, without expiry. */
  get propertyFields(): Buffer {
    this.#propertyFields ??= this.properties ? encodePropertyFields(this.properties) : noFields;
    return this.#propertyFields;
  }

  #fieldsFor(own: OwnFields): Buffer {
    const extra: Properties = {};
    if (this.expiresAtMs !== undefined)
      extra.messageExpiryInterval = Math.max(0, Math.ceil((this.expiresAtMs - own.nowMs) / 1000)); // [MQTT-3.3.2-6]
    if (own.identifiers && own.identifiers.length > 0) extra.subscriptionIdentifiers = [...own.identifiers];
    if (own.alias) extra.topicAlias = own.alias;
    const fields = this.propertyFields;
    for (const _ in extra) return Buffer.concat([fields, encodePropertyFields(extra)]);
    return fields;
  }
}

interface OwnFields {
  readonly nowMs: number;
  readonly identifiers?: readonly number[] | undefined;
  readonly alias?: number | undefined;
  readonly isTopicOmitted?: boolean;
}

/** Takes the parts of received properties that travel on with the message, in their order. */
export const forwardedProperties = (received: Properties): Properties | undefined => {
  const kept = Object.entries(received).filter(([name, value]) => travelling.has(name) && value !== undefined);
  if (kept.length === 0) return undefined;
  const properties: Properties = Object.fromEntries(kept);
  if (properties.correlationData) properties.correlationData = Buffer.from(properties.correlationData);
  return properties;
};

/** When a message with this expiry interval dies. */
export const expiryOf = (intervalSeconds: number | undefined, nowMs: number): number | undefined =>
  intervalSeconds === undefined ? undefined : nowMs + intervalSeconds * 1000;

export const toStored = (message: RoutedMessage): StoredMessage => ({
  topic: message.topic.name,
  payload: message.own().payload,
  qos: message.qos,
  retain: message.retain,
  propertyFields: message.propertyFields,
  expiresAtMs: message.expiresAtMs,
});

/** Reads a property list as it lies in the store. */
export const parsePropertyFields = (fields: Uint8Array): Properties | undefined => {
  if (fields.length === 0) return undefined;
  const block = new Writer().varint(fields.length).raw(fields).body();
  return readProperties(new Reader(block, 0, block.length), 'publish');
};

const propertiesToPublic = (message: RoutedMessage, nowMs: number): MessageProperties | undefined => {
  const { properties, expiresAtMs } = message;
  if (!properties && expiresAtMs === undefined) return undefined;
  const { payloadFormatIndicator, contentType, responseTopic, correlationData, userProperties } = properties ?? {};
  return {
    ...(payloadFormatIndicator !== undefined && { payloadFormatIndicator: payloadFormatIndicator === 1 ? 1 : 0 }),
    ...(expiresAtMs !== undefined && {
      messageExpiryIntervalSeconds: Math.max(0, Math.ceil((expiresAtMs - nowMs) / 1000)),
    }),
    ...(contentType !== undefined && { contentType }),
    ...(responseTopic !== undefined && { responseTopic }),
    ...(correlationData && { correlationData }),
    ...(userProperties && { userProperties }),
  };
};

/** The message as the rest of Kachel knows it. */
export const toPublic = (message: RoutedMessage, nowMs: number): Message => {
  const properties = propertiesToPublic(message, nowMs);
  const { topic, payload, qos, retain } = message;
  return properties
    ? { topic: topic.name, payload, qos, retain, properties }
    : { topic: topic.name, payload, qos, retain };
};

/** Properties of a message the server itself publishes, in the engine's names. */
export const fromPublicProperties = (properties: MessageProperties): Properties | undefined =>
  forwardedProperties({
    ...(properties.payloadFormatIndicator !== undefined && {
      payloadFormatIndicator: properties.payloadFormatIndicator,
    }),
    ...(properties.contentType !== undefined && { contentType: properties.contentType }),
    ...(properties.responseTopic !== undefined && { responseTopic: properties.responseTopic }),
    ...(properties.correlationData && { correlationData: Buffer.from(properties.correlationData) }),
    ...(properties.userProperties && { userProperties: [...properties.userProperties] }),
  });
