import { Reader } from './reader.ts';
import { malformed, protocolError } from './reason.ts';
import type { Writer } from './writer.ts';

/** All MQTT 5 properties by their standard names; which packet may carry which is in the table below. */
export interface Properties {
  payloadFormatIndicator?: number;
  messageExpiryInterval?: number;
  contentType?: string;
  responseTopic?: string;
  correlationData?: Buffer;
  subscriptionIdentifiers?: number[];
  sessionExpiryInterval?: number;
  assignedClientIdentifier?: string;
  serverKeepAlive?: number;
  authenticationMethod?: string;
  authenticationData?: Buffer;
  requestProblemInformation?: number;
  willDelayInterval?: number;
  requestResponseInformation?: number;
  responseInformation?: string;
  serverReference?: string;
  reasonString?: string;
  receiveMaximum?: number;
  topicAliasMaximum?: number;
  topicAlias?: number;
  maximumQos?: number;
  retainAvailable?: number;
  userProperties?: (readonly [string, string])[];
  maximumPacketSize?: number;
  wildcardSubscriptionAvailable?: number;
  subscriptionIdentifierAvailable?: number;
  sharedSubscriptionAvailable?: number;
}

/** The packets a client may send that carry properties, and the will inside CONNECT. */
export type PropertyOwner =
  'connect' | 'will' | 'publish' | 'ack' | 'subscribe' | 'unsubscribe' | 'disconnect' | 'auth';

type Kind = 'byte' | 'bit' | 'u16' | 'u32' | 'varint' | 'text' | 'binary' | 'pair';

interface Definition {
  readonly name: keyof Properties;
  readonly kind: Kind;
  /** Packets from a client that may carry it. */
  readonly in: readonly PropertyOwner[];
  /** How a 0 is refused, if it is. */
  readonly refuseZero?: (message: string) => never;
}

const message = ['publish', 'will'] as const;
const serverOnly = [] as const;

const definitions: Readonly<Record<number, Definition>> = {
  0x01: { name: 'payloadFormatIndicator', kind: 'bit', in: message },
  0x02: { name: 'messageExpiryInterval', kind: 'u32', in: message },
  0x03: { name: 'contentType', kind: 'text', in: message },
  0x08: { name: 'responseTopic', kind: 'text', in: message },
  0x09: { name: 'correlationData', kind: 'binary', in: message },
  0x0b: { name: 'subscriptionIdentifiers', kind: 'varint', in: ['subscribe'], refuseZero: malformed },
  0x11: { name: 'sessionExpiryInterval', kind: 'u32', in: ['connect', 'disconnect'] },
  0x12: { name: 'assignedClientIdentifier', kind: 'text', in: serverOnly },
  0x13: { name: 'serverKeepAlive', kind: 'u16', in: serverOnly },
  0x15: { name: 'authenticationMethod', kind: 'text', in: ['connect', 'auth'] },
  0x16: { name: 'authenticationData', kind: 'binary', in: ['connect', 'auth'] },
  0x17: { name: 'requestProblemInformation', kind: 'bit', in: ['connect'] },
  0x18: { name: 'willDelayInterval', kind: 'u32', in: ['will'] },
  0x19: { name: 'requestResponseInformation', kind: 'bit', in: ['connect'] },
  0x1a: { name: 'responseInformation', kind: 'text', in: serverOnly },
  0x1c: { name: 'serverReference', kind: 'text', in: ['disconnect'] },
  0x1f: { name: 'reasonString', kind: 'text', in: ['ack', 'disconnect', 'auth'] },
  0x21: { name: 'receiveMaximum', kind: 'u16', in: ['connect'], refuseZero: protocolError },
  0x22: { name: 'topicAliasMaximum', kind: 'u16', in: ['connect'] },
  0x23: { name: 'topicAlias', kind: 'u16', in: ['publish'] },
  0x24: { name: 'maximumQos', kind: 'byte', in: serverOnly },
  0x25: { name: 'retainAvailable', kind: 'byte', in: serverOnly },
  0x26: {
    name: 'userProperties',
    kind: 'pair',
    in: ['connect', 'will', 'publish', 'ack', 'subscribe', 'unsubscribe', 'disconnect', 'auth'],
  },
  0x27: { name: 'maximumPacketSize', kind: 'u32', in: ['connect'], refuseZero: protocolError },
  0x28: { name: 'wildcardSubscriptionAvailable', kind: 'byte', in: serverOnly },
  0x29: { name: 'subscriptionIdentifierAvailable', kind: 'byte', in: serverOnly },
  0x2a: { name: 'sharedSubscriptionAvailable', kind: 'byte', in: serverOnly },
};

const wireForms = new Map(
  Object.entries(definitions).map(([id, { name, kind }]) => [name as string, { id: Number(id), kind }]),
);

const checkNumber = (value: number, definition: Definition): void => {
  if (value === 0) definition.refuseZero?.(`${definition.name} is 0`);
  if (definition.kind === 'bit' && value > 1) protocolError(`${definition.name} is neither 0 nor 1`);
};

const readNumber = (reader: Reader, kind: Kind): number => {
  if (kind === 'u16') return reader.u16();
  if (kind === 'u32') return reader.u32();
  if (kind === 'varint') return reader.varint();
  return reader.u8();
};

const readValue = (reader: Reader, kind: Kind): string | number | Buffer => {
  if (kind === 'text') return reader.text();
  if (kind === 'binary') return reader.binary();
  return readNumber(reader, kind);
};

/** A value that cannot be read is worse than one that is not allowed here [MQTT-3.3.4-6]; in a request both are malformed. */
const refuseMisplaced = (reader: Reader, owner: PropertyOwner, { name, kind }: Definition): never => {
  readValue(reader, kind);
  const refuse = owner === 'subscribe' || owner === 'unsubscribe' ? malformed : protocolError;
  return refuse(`property ${name} is not allowed in ${owner}`);
};

const readDefinition = (reader: Reader, owner: PropertyOwner): Definition => {
  const id = reader.varint();
  const definition = definitions[id];
  if (!definition) return malformed(`property ${id} does not exist`);
  return definition.in.includes(owner) ? definition : refuseMisplaced(reader, owner, definition);
};

const readOne = (reader: Reader, owner: PropertyOwner, found: Record<string, unknown>): keyof Properties => {
  const definition = readDefinition(reader, owner);
  if (definition.kind === 'pair') {
    const pairs = (found[definition.name] ??= []) as [string, string][];
    pairs.push([reader.text(), reader.text()]);
    return definition.name;
  }
  if (definition.name in found) protocolError(`property ${definition.name} is given twice`);
  const value = readValue(reader, definition.kind);
  if (typeof value === 'number') checkNumber(value, definition);
  found[definition.name] = definition.name === 'subscriptionIdentifiers' ? [value] : value;
  return definition.name;
};

/** Told of every property that was read, with its bytes. */
type OnField = (name: keyof Properties, field: Buffer) => void;

/** What travels on with a message. */
export const travelling: ReadonlySet<string> = new Set<keyof Properties>([
  'payloadFormatIndicator',
  'contentType',
  'responseTopic',
  'correlationData',
  'userProperties',
]);

/** Reads a property block. Unknown ones are malformed (0x81), repeated or misplaced ones a protocol error (0x82; misplaced in a request: 0x81). */
export const readProperties = (reader: Reader, owner: PropertyOwner, onField?: OnField): Properties => {
  const length = reader.varint();
  const blockStart = reader.skip(length);
  const block = new Reader(reader.bytes, blockStart, reader.position); // nothing behind it is read as a value
  const found: Record<string, unknown> = {};
  while (block.remaining > 0) {
    const start = block.position;
    const name = readOne(block, owner, found);
    onField?.(name, block.bytes.subarray(start, block.position));
  }
  return found; // every name and type comes from the table
};

const writeOne = (writer: Writer, kind: Kind, id: number, value: unknown): void => {
  if (kind === 'pair') {
    for (const [name, text] of value as readonly (readonly [string, string])[]) writer.varint(id).text(name).text(text);
    return;
  }
  if (kind === 'varint') {
    for (const identifier of value as readonly number[]) writer.varint(id).varint(identifier);
    return;
  }
  writer.varint(id);
  if (kind === 'text') writer.text(value as string);
  else if (kind === 'binary') writer.binary(value as Uint8Array);
  else if (kind === 'u16') writer.u16(value as number);
  else if (kind === 'u32') writer.u32(value as number);
  else writer.u8(value as number);
};

/** Writes the properties that are set, without the length in front, in the order in which they were set or received. */
export const writePropertyFields = (writer: Writer, properties: Properties): void => {
  for (const [name, value] of Object.entries(properties)) {
    const form = wireForms.get(name);
    if (form && value !== undefined) writeOne(writer, form.kind, form.id, value);
  }
};
