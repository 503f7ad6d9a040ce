import fc from 'fast-check';
import { generate, parser as createParser } from 'mqtt-packet';
import type { Packet } from 'mqtt-packet';
import { describe, expect, test } from 'vitest';
import { decode } from '../../../server/broker/engine/codec/decode.ts';
import {
  encodeCodes,
  encodeConnack,
  encodeDisconnect,
  encodePropertyFields,
  encodePublish,
} from '../../../server/broker/engine/codec/encode.ts';
import { FrameReader } from '../../../server/broker/engine/codec/frame-reader.ts';
import type { ClientPacket, ProtocolVersion, PublishPacket } from '../../../server/broker/engine/codec/packet.ts';
import { ProtocolViolation } from '../../../server/broker/engine/codec/reason.ts';
import { Outbox } from '../../../server/broker/engine/outbox.ts';
import { Spaces } from '../../../server/broker/engine/spaces.ts';

const text = fc.string({
  unit: fc.constantFrom('a', 'Z', '0', ' ', '/', 'ä', '日', '💡', '\ufeff'),
  minLength: 1,
  maxLength: 20,
});
const packetId = fc.integer({ min: 1, max: 65_535 });
const payload = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
const qos = fc.constantFrom(0, 1, 2);
const version = fc.constantFrom<ProtocolVersion>(4, 5);

const publishPacket = fc
  .record({ topic: text, payload, qos, retain: fc.boolean(), messageId: packetId, dup: fc.boolean() })
  .map((fields): Packet => ({ cmd: 'publish', ...fields, dup: fields.dup && fields.qos > 0 }));
const subscribePacket = fc
  .record({
    messageId: packetId,
    subscriptions: fc.array(fc.record({ topic: text, qos }), { minLength: 1, maxLength: 5 }),
  })
  .map((fields): Packet => ({ cmd: 'subscribe', ...fields }));
const unsubscribePacket = fc
  .record({ messageId: packetId, unsubscriptions: fc.array(text, { minLength: 1, maxLength: 5 }) })
  .map((fields): Packet => ({ cmd: 'unsubscribe', ...fields }));
const ackPacket = fc
  .record({ cmd: fc.constantFrom('puback', 'pubrec', 'pubrel', 'pubcomp'), messageId: packetId })
  .map((fields) => fields as Packet);
const pingPacket = fc.constant<Packet>({ cmd: 'pingreq' });
const anyPacket = fc.oneof(publishPacket, subscribePacket, unsubscribePacket, ackPacket, pingPacket);

const connectPacket = fc.record({
  clientId: text,
  clean: fc.boolean(),
  keepalive: fc.integer({ min: 0, max: 65_535 }),
  username: text,
  password: payload,
  will: fc.option(fc.record({ topic: text, payload, qos, retain: fc.boolean() }), { nil: undefined }),
});

interface Seen {
  readonly packets: unknown[];
  readonly error: ProtocolViolation | undefined;
}

/** Views of the buffer as values, so that they can be compared. */
const toValue = (packet: ClientPacket): unknown => {
  if (packet.type !== 'publish') return structuredClone(packet);
  const { bytes, start, end, topicStart, topicEnd, payloadStart, ...fields } = packet;
  return {
    ...structuredClone(fields),
    topic: bytes.toString('utf8', topicStart, topicEnd),
    payload: bytes.toString('hex', payloadStart, end),
    size: end - start,
  };
};

const readAll = (chunks: readonly Buffer[], protocol: ProtocolVersion | undefined): Seen => {
  const frames = new FrameReader(1024 * 1024);
  frames.version = protocol;
  const packets: unknown[] = [];
  try {
    for (const chunk of chunks) {
      frames.push(chunk);
      while (frames.next()) {
        const packet = decode(frames);
        if (packet.type === 'connect') frames.version = packet.version;
        packets.push(toValue(packet));
      }
    }
  } catch (error) {
    if (!(error instanceof ProtocolViolation)) throw error;
    return { packets, error };
  }
  return { packets, error: undefined };
};

/** Cuts bytes at the given places. */
const cut = (bytes: Buffer, places: readonly number[]): Buffer[] => {
  const sorted = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort(
    (first, second) => first - second,
  );
  const borders = [0, ...sorted, bytes.length];
  // Each chunk in memory of its own, as a socket gives them.
  return borders.slice(1).map((end, index) => Buffer.from(bytes.subarray(borders[index] ?? 0, end)));
};

describe('decoding', () => {
  test('agrees with an independent encoder on every packet a client sends', () => {
    fc.assert(
      fc.property(version, fc.array(anyPacket, { minLength: 1, maxLength: 8 }), (protocolVersion, packets) => {
        const bytes = Buffer.concat(packets.map((packet) => generate(packet, { protocolVersion })));
        const { packets: seen, error } = readAll([bytes], protocolVersion);
        expect(error).toBeUndefined();
        expect(seen).toHaveLength(packets.length);
        packets.forEach((packet, index) => {
          if (packet.cmd === 'publish') {
            expect(seen[index]).toMatchObject({
              type: 'publish',
              topic: packet.topic,
              payload: Buffer.from(packet.payload).toString('hex'),
              qos: packet.qos,
              retain: packet.retain,
              isDuplicate: packet.dup,
              packetId: packet.qos > 0 ? packet.messageId : 0,
            });
          } else if (packet.cmd === 'subscribe') {
            const entries = packet.subscriptions.map((entry) => ({ filter: entry.topic, qos: entry.qos }));
            expect(seen[index]).toMatchObject({ type: 'subscribe', packetId: packet.messageId, entries });
          } else if (packet.cmd === 'unsubscribe') {
            expect(seen[index]).toMatchObject({ packetId: packet.messageId, filters: packet.unsubscriptions });
          } else expect(seen[index]).toMatchObject({ type: packet.cmd });
        });
      }),
    );
  });

  test('CONNECT agrees too', () => {
    fc.assert(
      fc.property(version, connectPacket, (protocolVersion, fields) => {
        const { will, ...rest } = fields;
        const packet = {
          cmd: 'connect',
          protocolId: 'MQTT',
          protocolVersion,
          ...rest,
          ...(will && { will }),
        } as Packet;
        const { packets } = readAll([generate(packet)], undefined);
        expect(packets).toMatchObject([
          {
            type: 'connect',
            version: protocolVersion,
            clientId: fields.clientId,
            isCleanStart: fields.clean,
            keepAliveSeconds: fields.keepalive,
            username: fields.username,
            ...(will && { will: { topic: will.topic, qos: will.qos, retain: will.retain } }),
          },
        ]);
      }),
    );
  });

  test('does not depend on where the chunks end', () => {
    fc.assert(
      fc.property(
        version,
        fc.array(anyPacket, { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(), { maxLength: 30 }),
        (protocolVersion, packets, places) => {
          const bytes = Buffer.concat(packets.map((packet) => generate(packet, { protocolVersion })));
          expect(readAll(cut(bytes, places), protocolVersion)).toEqual(readAll([bytes], protocolVersion));
        },
      ),
    );
  });

  test('gives the same packets byte by byte', () => {
    const packets: Packet[] = [
      { cmd: 'publish', topic: 'a/b', payload: Buffer.alloc(200, 1), qos: 2, messageId: 7, dup: false, retain: true },
      { cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: '#', qos: 1 }] },
      { cmd: 'pingreq' },
      { cmd: 'publish', topic: 'a', payload: Buffer.alloc(20_000, 2), qos: 0, dup: false, retain: false },
    ];
    const bytes = Buffer.concat(packets.map((packet) => generate(packet)));
    const single = [...bytes].map((byte) => Buffer.from([byte]));
    expect(readAll(single, 4)).toEqual(readAll([bytes], 4));
    expect(readAll(single, 4).packets).toHaveLength(4);
  });

  test('mutated packets are either read or refused, and never break anything else', () => {
    fc.assert(
      fc.property(
        version,
        anyPacket,
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        (protocolVersion, packet, changes) => {
          const bytes = Buffer.from(generate(packet, { protocolVersion }));
          for (const [place, value] of changes) bytes[place % bytes.length] = value;
          readAll([bytes], protocolVersion); // throws only for a bug
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('any bytes at all are either read or refused', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<ProtocolVersion | undefined>(undefined, 3, 4, 5),
        fc.uint8Array({ maxLength: 80 }),
        (protocol, bytes) => {
          readAll([Buffer.from(bytes)], protocol); // throws only for a bug
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

const parseOne = (bytes: Buffer, protocolVersion: number): Packet => {
  const parser = createParser({ protocolVersion });
  const packets: Packet[] = [];
  parser.on('packet', (packet: Packet) => packets.push(packet));
  parser.parse(bytes);
  const [packet] = packets;
  if (packets.length !== 1 || !packet) throw new Error('not exactly one packet');
  return packet;
};

describe('encoding', () => {
  test('PUBLISH is understood by an independent decoder, properties included', () => {
    const properties = fc.record(
      {
        payloadFormatIndicator: fc.constantFrom(0, 1),
        messageExpiryInterval: fc.nat(4_294_967_295),
        contentType: text,
        responseTopic: text,
        correlationData: payload,
        topicAlias: packetId,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        version,
        text,
        payload,
        qos,
        fc.boolean(),
        properties,
        (protocolVersion, topic, body, level, retain, props) => {
          const { bytes } = encodePublish(protocolVersion, {
            topic: Buffer.from(topic),
            payload: body,
            qos: level,
            retain,
            packetId: 77,
            propertyFields: encodePropertyFields(props),
          });
          const packet = parseOne(bytes, protocolVersion);
          expect(packet).toMatchObject({
            cmd: 'publish',
            topic,
            qos: level,
            retain,
            ...(level > 0 && { messageId: 77 }),
          });
          expect(packet.cmd === 'publish' && Buffer.from(packet.payload).equals(body)).toBe(true);
          if (protocolVersion !== 5 || Object.keys(props).length === 0) return;
          const expected = {
            ...props,
            ...('payloadFormatIndicator' in props && { payloadFormatIndicator: props.payloadFormatIndicator === 1 }),
          };
          expect(packet).toMatchObject({ properties: expected });
        },
      ),
    );
  });

  test('what is encoded is decoded the same', () => {
    const pairs = fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(text, payload, pairs, (topic, body, userProperties) => {
        const { bytes } = encodePublish(5, {
          topic: Buffer.from(topic),
          payload: body,
          qos: 1,
          retain: false,
          packetId: 3,
          propertyFields: encodePropertyFields({ userProperties }),
        });
        const frames = new FrameReader(100_000);
        frames.version = 5;
        frames.push(bytes);
        expect(frames.next()).toBe(true);
        const packet = decode(frames) as PublishPacket;
        expect(packet.properties).toEqual({ userProperties }); // order and repetition kept [MQTT-3.3.2-18]
      }),
    );
  });

  test('CONNACK, SUBACK, UNSUBACK and DISCONNECT', () => {
    expect(parseOne(encodeConnack(4, { isSessionPresent: true, code: 0 }), 4)).toMatchObject({
      sessionPresent: true,
      returnCode: 0,
    });
    expect(encodeConnack(3, { isSessionPresent: true, code: 0 }).toString('hex')).toBe('20020000');
    expect(
      parseOne(
        encodeConnack(5, {
          isSessionPresent: false,
          code: 0,
          properties: { receiveMaximum: 10, assignedClientIdentifier: 'x' },
        }),
        5,
      ),
    ).toMatchObject({ reasonCode: 0, properties: { receiveMaximum: 10, assignedClientIdentifier: 'x' } });
    expect(parseOne(encodeCodes('suback', 5, { packetId: 9, codes: [0, 1, 0x87] }), 5)).toMatchObject({
      cmd: 'suback',
      messageId: 9,
      granted: [0, 1, 0x87],
    });
    expect(parseOne(encodeCodes('unsuback', 4, { packetId: 9, codes: [0] }), 4)).toMatchObject({
      cmd: 'unsuback',
      messageId: 9,
    });
    expect(parseOne(encodeDisconnect(0x8e, 'why'), 5)).toMatchObject({
      reasonCode: 0x8e,
      properties: { reasonString: 'why' },
    });
  });
});

test('the outbox gives out what went in, in order, however it was put together', () => {
  const shared = Buffer.from(Array.from({ length: 5_000 }, (_, index) => index % 251));
  const step = fc.oneof(
    fc.record({ kind: fc.constant('range' as const), start: fc.nat(4_000), size: fc.integer({ min: 1, max: 999 }) }),
    fc.record({ kind: fc.constant('next' as const), size: fc.integer({ min: 1, max: 50 }) }),
    fc.record({ kind: fc.constant('ack' as const), id: packetId }),
    fc.record({ kind: fc.constant('frame' as const), size: fc.integer({ min: 8, max: 2_500 }), id: packetId }),
  );
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), (steps) => {
      const outbox = new Outbox(new Spaces());
      const expected: Buffer[] = [];
      let position = 0;
      const push = (start: number, size: number): void => {
        const end = Math.min(shared.length, start + size);
        outbox.push(shared, start, end);
        expected.push(Buffer.from(shared.subarray(start, end)));
        position = end;
      };
      for (const item of steps) {
        if (item.kind === 'range') push(item.start, item.size);
        else if (item.kind === 'next') push(position, item.size);
        else if (item.kind === 'ack') {
          outbox.pushAck(0x40, item.id);
          expected.push(Buffer.from([0x40, 2, item.id >>> 8, item.id & 255]));
        } else {
          outbox.pushWithId({ bytes: shared, start: 0, end: item.size, idOffset: 4 }, item.id, true);
          const frame = Buffer.from(shared.subarray(0, item.size));
          frame.writeUInt16BE(item.id, 4);
          frame[0] = (frame[0] ?? 0) | 8;
          expected.push(frame);
        }
      }
      const whole = Buffer.concat(expected);
      expect(outbox.length).toBe(whole.length);
      expect(outbox.take().equals(whole)).toBe(true);
      expect(outbox.length).toBe(0);
    }),
  );
});
