import { describe, expect, test } from 'vitest';
import { makeEngine } from '../../support/engine.ts';
import { bytes, written } from '../../support/talk.ts';
import { connectWire } from '../../support/wire.ts';

/** The connection closes, and nothing is said. */
const silence = -1;

/** What a 5.0 client is told before its connection closes: the reason, or `silence`. */
const lastWordsFor = async (hex: string): Promise<number> => {
  const wire = await connectWire(makeEngine(), { version: 5 });
  const before = wire.writes.length;
  wire.send(bytes(hex));
  await wire.closed;
  const words = written(wire, before);
  if (words === '') return silence;
  expect(words).toMatch(/^e001/);
  return Number.parseInt(words.slice(4), 16);
};

/** What each packet breaks, its bytes without the property length of 5.0, with it, and the reason told in 5.0. */
const cases: readonly (readonly [name: string, v311: string, v5: string, code: number])[] = [
  ['3.1.1 [MQTT-4.8.0-1] 5.0 [MQTT-4.13.1-1] packet type 0', '00 00', '00 00', 0x82],
  ['a packet only servers send', '20 02 0000', '20 03 000000', 0x82],
  ['3.1.1 [MQTT-2.2.2-1] [MQTT-2.2.2-2] 5.0 [MQTT-2.1.3-1] flags in PINGREQ', 'c1 00', 'c1 00', 0x81],
  [
    '3.1.1 [MQTT-3.8.1-1] 5.0 [MQTT-3.8.1-1] flags in SUBSCRIBE',
    '80 06 0001 0001 61 00',
    '80 07 0001 00 0001 61 00',
    0x81,
  ],
  [
    '3.1.1 [MQTT-3.10.1-1] 5.0 [MQTT-3.10.1-1] flags in UNSUBSCRIBE',
    'a0 05 0001 0001 61',
    'a0 06 0001 00 0001 61',
    0x81,
  ],
  ['3.1.1 [MQTT-3.6.1-1] 5.0 [MQTT-3.6.1-1] flags in PUBREL', '60 02 0001', '60 02 0001', 0x81],
  ['3.1.1 [MQTT-3.14.1-1] 5.0 [MQTT-3.14.1-1] flags in DISCONNECT', 'e1 00', 'e1 00', 0x81],
  ['3.1.1 [MQTT-3.3.1-4] 5.0 [MQTT-3.3.1-4] QoS 3', '36 05 0001 61 0001', '36 06 0001 61 0001 00', 0x81],
  ['3.1.1 [MQTT-3.3.1-2] 5.0 [MQTT-3.3.1-2] DUP with QoS 0', '38 03 0001 61', '38 04 0001 61 00', 0x81],
  [
    '3.1.1 [MQTT-2.3.1-1] 5.0 [MQTT-2.2.1-3] packet id 0 in PUBLISH',
    '32 05 0001 61 0000',
    '32 06 0001 61 0000 00',
    0x82,
  ],
  [
    '3.1.1 [MQTT-2.3.1-1] 5.0 [MQTT-2.2.1-3] packet id 0 in SUBSCRIBE',
    '82 06 0000 0001 61 00',
    '82 07 0000 00 0001 61 00',
    0x81,
  ],
  [
    '3.1.1 [MQTT-3.3.2-2] [MQTT-4.7.1-1] 5.0 [MQTT-3.3.2-2] [MQTT-4.7.0-1] wildcard in a topic name',
    '30 05 0003 612f2b',
    '30 06 0003 612f2b 00',
    0x81,
  ],
  [
    '3.1.1 [MQTT-1.5.3-2] [MQTT-4.7.3-2] 5.0 [MQTT-1.5.4-2] [MQTT-4.7.3-2] NUL in a topic name',
    '30 03 0001 00',
    '30 04 0001 00 00',
    0x81,
  ],
  [
    '3.1.1 [MQTT-1.5.3-1] [MQTT-3.3.2-1] 5.0 [MQTT-1.5.4-1] [MQTT-3.3.2-1] surrogate in a topic name',
    '30 05 0003 eda080',
    '30 06 0003 eda080 00',
    0x81,
  ],
  ['a control character in a topic name', '30 03 0001 07', '30 04 0001 07 00', 0x81],
  ['a noncharacter in a topic name', '30 05 0003 efbfbf', '30 06 0003 efbfbf 00', 0x81],
  ['a topic longer than its packet', '30 03 0005 61', '30 04 0005 61 00', 0x81],
  ['3.1.1 [MQTT-3.8.3-3] 5.0 [MQTT-3.8.3-2] SUBSCRIBE without filter', '82 02 0001', '82 03 0001 00', 0x81],
  ['3.1.1 [MQTT-3.10.3-2] 5.0 [MQTT-3.10.3-2] UNSUBSCRIBE without filter', 'a2 02 0001', 'a2 03 0001 00', 0x81],
  [
    '3.1.1 [MQTT-3.8.3-4] 5.0 [MQTT-3.8.3-5] reserved subscription options',
    '82 06 0001 0001 61 40',
    '82 07 0001 00 0001 61 40',
    0x81,
  ],
  ['QoS 3 in SUBSCRIBE', '82 06 0001 0001 61 03', '82 07 0001 00 0001 61 03', 0x81],
  [
    '3.1.1 [MQTT-4.7.1-2] 5.0 [MQTT-4.7.1-1] # in the middle',
    '82 08 0001 0003 232f61 00',
    '82 09 0001 00 0003 232f61 00',
    0x81,
  ],
  [
    '3.1.1 [MQTT-4.7.1-3] 5.0 [MQTT-4.7.1-2] + beside other characters',
    '82 07 0001 0002 612b 00',
    '82 08 0001 00 0002 612b 00',
    0x81,
  ],
  ['3.1.1 [MQTT-4.7.3-1] 5.0 [MQTT-4.7.3-1] empty filter', '82 05 0001 0000 00', '82 06 0001 00 0000 00', 0x81],
  [
    'a filter in SUBSCRIBE that is not UTF-8: 3.1.1 [MQTT-3.8.3-1] 5.0 [MQTT-3.8.3-1]',
    '82 06 0001 0001 ff 00',
    '82 07 0001 00 0001 ff 00',
    0x81,
  ],
  [
    'a filter in UNSUBSCRIBE that is not UTF-8: 3.1.1 [MQTT-3.10.3-1] 5.0 [MQTT-3.10.3-1]',
    'a2 05 0001 0001 ff',
    'a2 06 0001 00 0001 ff',
    0x81,
  ],
  ['packet id 0 in UNSUBSCRIBE', 'a2 05 0000 0001 61', 'a2 06 0000 00 0001 61', 0x81],
  ['bytes behind PINGREQ', 'c0 01 00', 'c0 01 00', silence],
  ['PUBACK that is too short', '40 01 00', '40 01 00', 0x81],
  ['5.0 [MQTT-1.5.5-1] remaining length that is not minimal', 'c0 8000', 'c0 8000', 0x81],
  ['remaining length of five bytes', 'c0 80808080 01', 'c0 80808080 01', silence],
  ['a packet only servers send, with a remaining length of five bytes', '20 80808080 01', '20 80808080 01', silence],
  ['a packet over the limit', '30 ffffff7f', '30 ffffff7f', 0x95],
];

describe.each(cases)('%s', (_name, v311, v5, code) => {
  test('closes a 3.1.1 connection without a word', async () => {
    const engine = makeEngine();
    const wire = await connectWire(engine);
    const written = wire.writes.length;
    wire.send(bytes(v311));
    await wire.closed;
    expect(wire.writes.length).toBe(written);
    expect(engine.stats().clientsConnected).toBe(0);
  });

  test('closes a 5.0 connection with its reason', async () => {
    expect(await lastWordsFor(v5)).toBe(code);
  });
});

describe('5.0 only', () => {
  test.each([
    ['5.0 [MQTT-3.3.4-6] subscription identifier in PUBLISH', '30 06 0001 61 02 0b 01', 0x82],
    ['a subscription identifier in PUBLISH that cannot be read', '30 07 0001 61 03 0b 8000', 0x81],
    ['a property whose value would lie behind the properties, in PUBLISH', '30 07 0001 61 01 01 0102', 0x81],
    ['a property whose value would lie behind the properties, in SUBSCRIBE', '82 08 0001 01 0b 0001 61 00', 0x81],
    ['5.0 [MQTT-2.1.3-1] flags in a packet that only servers send', 'd1 00', 0x81],
    ['flags in CONNACK', '21 03 000000', 0x82],
    ['packet id 0 in PUBACK', '40 02 0000', 0x82],
    ['5.0 [MQTT-3.3.2-8] topic alias 0', '30 07 0001 61 03 23 0000', 0x94],
    ['5.0 [MQTT-3.3.2-9] [MQTT-3.2.2-17] topic alias over the maximum', '30 07 0001 61 03 23 ffff', 0x94],
    ['empty topic without alias', '30 03 0000 00', 0x81],
    ['empty topic with an unmapped alias', '30 06 0000 03 23 0001', 0x82],
    ['5.0 [MQTT-3.3.2-14] wildcard in the response topic', '30 08 0001 61 04 08 0001 23', 0x82],
    ['payload format 2', '30 06 0001 61 02 01 02', 0x82],
    ['property length beyond the packet', '30 04 0001 61 09', 0x81],
    ['5.0 [MQTT-1.5.5-1] property length that is not minimal', '30 05 0001 61 8000', 0x81],
    ['unknown property', '30 06 0001 61 02 7f 00', 0x81],
    ['a property of another packet in PUBLISH', '30 09 0001 61 05 1100000001', 0x82],
    ['a property of another packet in PUBACK', '40 09 0001 00 05 1100000001', 0x82],
    ['a property of another packet in PUBACK that cannot be read', '40 06 0001 00 02 1100', 0x81],
    ['a property of another packet in PUBREC', '50 09 0001 00 05 1100000001', 0x82],
    ['a property of another packet in PUBREL', '62 09 0001 00 05 1100000001', 0x82],
    ['a property of another packet in PUBCOMP', '70 09 0001 00 05 1100000001', 0x82],
    ['a property of another packet in SUBSCRIBE', '82 0c 0001 05 1100000001 0001 61 00', 0x81],
    ['a property of another packet in UNSUBSCRIBE', 'a2 0b 0001 05 1100000001 0001 61', 0x81],
    ['a property of another packet in DISCONNECT', 'e0 05 00 03 210001', 0x82],
    ['5.0 [MQTT-2.2.2-1] missing property length in SUBSCRIBE', '82 02 0001', 0x81],
    ['5.0 [MQTT-3.8.3-4] No Local on a shared subscription', '82 10 0001 00 000a 2473686172652f612f62 04', 0x82],
    ['retain handling 3', '82 07 0001 00 0001 61 30', 0x81],
    ['subscription identifier 0', '82 09 0001 02 0b00 0001 61 00', 0x81],
    ['5.0 [MQTT-4.8.2-1] a share without filter', '82 0e 0001 00 0008 2473686172652f61 00', 0x82],
    ['5.0 [MQTT-4.8.2-1] a share with an empty filter', '82 0f 0001 00 0009 2473686172652f612f 00', 0x82],
    ['5.0 [MQTT-4.8.2-2] a share name with a wildcard', '82 11 0001 00 000b 2473686172652f2b2f6162 00', 0x82],
    ['5.0 [MQTT-4.7.1-1] # in a share name', '82 11 0001 00 000b 2473686172652f232f6162 00', 0x81],
    ['5.0 [MQTT-4.12.0-7] AUTH without method', 'f0 00', 0x82],
    ['5.0 [MQTT-3.6.2-1] PUBREL with another code', '62 03 0001 80', 0x82],
    ['5.0 [MQTT-3.14.2-1] DISCONNECT with a server code', 'e0 01 8e', silence],
    ['DISCONNECT with a server reference is a goodbye', 'e0 06 00 04 1c 0001 61', silence],
    ['DISCONNECT with two server references', 'e0 0a 00 08 1c 0001 61 1c 0001 62', 0x82],
    ['5.0 [MQTT-3.7.2-1] PUBCOMP with another code', '70 03 0001 80', 0x82],
    ['5.0 [MQTT-3.4.2-1] PUBACK with another code', '40 03 0001 92', 0x82],
    ['5.0 [MQTT-3.5.2-1] PUBREC with another code', '50 03 0001 92', 0x82],
    ['5.0 [MQTT-3.15.1-1] flags in AUTH', 'f1 00', 0x81],
    ['5.0 [MQTT-3.15.2-1] AUTH with a code of servers', 'f0 02 00 00', 0x82],
    ['5.0 [MQTT-4.12.1-1] re-authentication without a method', 'f0 02 19 00', 0x82],
    ['5.0 [MQTT-3.3.2-13] response topic that is not UTF-8', '30 08 0001 61 04 08 0001 ff', 0x81],
    ['5.0 [MQTT-3.3.2-19] content type that is not UTF-8', '30 08 0001 61 04 03 0001 ff', 0x81],
    ['5.0 [MQTT-1.5.7-1] name of a user property that is not UTF-8', '30 0b 0001 61 07 26 0001 ff 0001 61', 0x81],
    ['5.0 [MQTT-1.5.7-1] value of a user property that is not UTF-8', '30 0b 0001 61 07 26 0001 61 0001 ff', 0x81],
    ['raising the session expiry from 0', 'e0 07 00 05 11 00000001', 0x82],
  ])('%s', async (_name, hex, code) => {
    expect(await lastWordsFor(hex)).toBe(code);
  });
});

test('3.1 allows DUP in SUBSCRIBE', async () => {
  const wire = await connectWire(makeEngine(), { version: 3 });
  wire.send(bytes('8a 06 0001 0001 61 00'));
  expect((await wire.expect('suback')).messageId).toBe(1);
});

test.each([4, 5] as const)(
  '3.1.1 [MQTT-1.5.3-3] 5.0 [MQTT-1.5.4-3] a byte-order mark in a topic is kept (MQTT %i)',
  async (version) => {
    const wire = await connectWire(makeEngine(), { version });
    wire.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: '\ufeffa', qos: 0 }] });
    await wire.expect('suback');
    wire.send(bytes(version === 5 ? '30 07 0004 efbbbf61 00' : '30 06 0004 efbbbf61'));
    expect((await wire.expect('publish')).topic).toBe('\ufeffa');
  },
);
