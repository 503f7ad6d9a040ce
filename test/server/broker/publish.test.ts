import { describe, expect, test } from 'vitest';
import type { IPublishPacket } from 'mqtt-packet';
import { testClock } from '../../support/clock.ts';
import { makeEngine } from '../../support/engine.ts';
import { connectWire } from '../../support/wire.ts';
import type { Wire } from '../../support/wire.ts';

const message = (topic: string, payload: string, rest: Partial<IPublishPacket> = {}): IPublishPacket => ({
  cmd: 'publish',
  topic,
  payload,
  qos: 0,
  dup: false,
  retain: false,
  ...rest,
});

const subscribe = async (
  wire: Wire,
  topic: string,
  options: object = {},
  properties?: object,
): Promise<readonly number[]> => {
  wire.send({
    cmd: 'subscribe',
    messageId: 99,
    subscriptions: [{ topic, qos: 2, ...options }],
    ...(properties && { properties }),
  });
  return (await wire.expect('suback')).granted as number[];
};

describe('acknowledgement [MQTT-3.3.4-1]', () => {
  test('QoS 1 is answered with PUBACK, QoS 2 with PUBREC and PUBCOMP, by their ids', async () => {
    const wire = await connectWire(makeEngine());
    wire.send(message('a', 'x', { qos: 1, messageId: 7 }));
    expect(await wire.expect('puback')).toMatchObject({ messageId: 7 });
    wire.send(message('a', 'x', { qos: 2, messageId: 8 }));
    expect(await wire.expect('pubrec')).toMatchObject({ messageId: 8 });
    wire.send({ cmd: 'pubrel', messageId: 8 });
    expect(await wire.expect('pubcomp')).toMatchObject({ messageId: 8 });
  });

  test('5.0 says when nobody subscribed', async () => {
    const wire = await connectWire(makeEngine(), { version: 5 });
    wire.send(message('a', 'x', { qos: 1, messageId: 7 }));
    expect(await wire.expect('puback')).toMatchObject({ messageId: 7, reasonCode: 0x10 });
  });

  test('3.1.1 [MQTT-4.6.0-2] acknowledgements keep the order of their publishes', async () => {
    const wire = await connectWire(makeEngine());
    for (const messageId of [5, 3, 9, 1]) wire.send(message('a', 'x', { qos: 1, messageId }));
    for (const messageId of [5, 3, 9, 1]) expect(await wire.expect('puback')).toMatchObject({ messageId });
  });
});

describe('QoS 2 in [MQTT-4.3.3-10]', () => {
  test('a repeated id is acknowledged again and delivered once; after PUBCOMP it is a new message', async () => {
    const engine = makeEngine();
    const subscriber = await connectWire(engine, { clientId: 'subscriber' });
    await subscribe(subscriber, 'a', { qos: 0 });
    const wire = await connectWire(engine);
    wire.send(message('a', 'one', { qos: 2, messageId: 1 }));
    await wire.expect('pubrec');
    wire.send(message('a', 'one', { qos: 2, messageId: 1, dup: true }));
    expect(await wire.expect('pubrec')).toMatchObject({ messageId: 1 });
    wire.send({ cmd: 'pubrel', messageId: 1 });
    await wire.expect('pubcomp');
    wire.send(message('a', 'two', { qos: 2, messageId: 1 }));
    await wire.expect('pubrec');
    expect((await subscriber.expect('publish')).payload.toString()).toBe('one');
    expect((await subscriber.expect('publish')).payload.toString()).toBe('two');
    await subscriber.expectNothing();
  });

  test('the id survives a reconnect of a kept session', async () => {
    const engine = makeEngine();
    const subscriber = await connectWire(engine, { clientId: 'subscriber' });
    await subscribe(subscriber, 'a', { qos: 0 });
    const first = await connectWire(engine, { connect: { clean: false } });
    first.send(message('a', 'one', { qos: 2, messageId: 1 }));
    await first.expect('pubrec');
    first.cut();
    await first.closed;
    const second = await connectWire(engine, { connect: { clean: false } });
    expect(second.connack.sessionPresent).toBe(true);
    second.send(message('a', 'one', { qos: 2, messageId: 1, dup: true }));
    await second.expect('pubrec');
    await subscriber.expect('publish');
    await subscriber.expectNothing();
  });

  test('5.0: PUBREL for an unknown id is answered with 0x92', async () => {
    const wire = await connectWire(makeEngine(), { version: 5 });
    wire.send({ cmd: 'pubrel', messageId: 4 });
    expect(await wire.expect('pubcomp')).toMatchObject({ messageId: 4, reasonCode: 0x92 });
    wire.send({ cmd: 'pubrec', messageId: 4 });
    expect(await wire.expect('pubrel')).toMatchObject({ messageId: 4, reasonCode: 0x92 });
  });
});

describe('QoS 2 out [MQTT-4.3.3-1]', () => {
  test('PUBLISH, PUBREC, PUBREL, PUBCOMP; after PUBREC only PUBREL is sent again [MQTT-4.3.3-6]', async () => {
    const engine = makeEngine();
    const publisher = await connectWire(engine, { clientId: 'publisher' });
    const first = await connectWire(engine, { connect: { clean: false } });
    await subscribe(first, 'a');
    publisher.send(message('a', 'x', { qos: 2, messageId: 1 }));
    const sent = await first.expect('publish');
    expect(sent).toMatchObject({ qos: 2, dup: false });
    first.cut();
    await first.closed;
    const second = await connectWire(engine, { connect: { clean: false } });
    expect(await second.expect('publish')).toMatchObject({ messageId: sent.messageId, dup: true }); // [MQTT-4.4.0-1]
    second.send({ cmd: 'pubrec', messageId: sent.messageId ?? 0 });
    await second.expect('pubrel');
    second.cut();
    await second.closed;
    const third = await connectWire(engine, { connect: { clean: false } });
    expect(await third.expect('pubrel')).toMatchObject({ messageId: sent.messageId });
    third.send({ cmd: 'pubcomp', messageId: sent.messageId ?? 0 });
    third.cut();
    await third.closed;
    const fourth = await connectWire(engine, { connect: { clean: false } });
    await fourth.expectNothing();
  });
});

describe('who gets it', () => {
  test.each([
    [2, 1, 1],
    [0, 2, 0],
    [2, 2, 2],
    [1, 0, 0],
  ] as const)(
    '[MQTT-3.8.4-8] published with %i, granted %i, delivered with %i',
    async (published, granted, delivered) => {
      const wire = await connectWire(makeEngine());
      await subscribe(wire, 'a', { qos: granted });
      wire.send(message('a', 'x', { qos: published, messageId: 1 }));
      if (published === 2) await wire.expect('pubrec');
      expect(await wire.expect('publish')).toMatchObject({ qos: delivered, retain: false, dup: false });
    },
  );

  test('[MQTT-3.3.4-2] overlapping filters give one delivery at the highest QoS', async () => {
    const wire = await connectWire(makeEngine());
    await subscribe(wire, 'a/#', { qos: 0 });
    await subscribe(wire, 'a/+', { qos: 1 });
    await subscribe(wire, 'a/b', { qos: 0 });
    wire.send(message('a/b', 'x', { qos: 1, messageId: 1 }));
    expect(await wire.expect('publish')).toMatchObject({ qos: 1 });
    await wire.expect('puback');
    await wire.expectNothing();
  });

  test('[MQTT-3.3.4-4] one delivery carries all subscription identifiers', async () => {
    const wire = await connectWire(makeEngine(), { version: 5 });
    await subscribe(wire, 'a/#', {}, { subscriptionIdentifier: 3 });
    await subscribe(wire, 'a/+', {}, { subscriptionIdentifier: 300 });
    await subscribe(wire, 'a/b');
    wire.send(message('a/b', 'x'));
    const { properties } = await wire.expect('publish');
    expect([properties?.subscriptionIdentifier].flat().sort()).toEqual([3, 300]);
  });

  test('[MQTT-3.8.3-3] No Local keeps one’s own messages away', async () => {
    const engine = makeEngine();
    const wire = await connectWire(engine, { version: 5 });
    await subscribe(wire, 'a', { nl: true });
    const other = await connectWire(engine, { clientId: 'other' });
    wire.send(message('a', 'mine'));
    other.send(message('a', 'theirs'));
    expect((await wire.expect('publish')).payload.toString()).toBe('theirs');
    await wire.expectNothing();
  });

  test('[MQTT-3.3.1-13] Retain As Published keeps the flag, otherwise it is cleared [MQTT-3.3.1-12]', async () => {
    const engine = makeEngine();
    const plain = await connectWire(engine, { version: 5, clientId: 'plain' });
    const keeping = await connectWire(engine, { version: 5, clientId: 'keeping' });
    await subscribe(plain, 'a');
    await subscribe(keeping, 'a', { rap: true });
    plain.send(message('a', 'x', { retain: true }));
    expect((await plain.expect('publish')).retain).toBe(false);
    expect((await keeping.expect('publish')).retain).toBe(true);
  });

  test('nobody may publish to the server’s topics', async () => {
    const wire = await connectWire(makeEngine(), { version: 5 });
    await subscribe(wire, '$kachel/#');
    wire.send(message('$kachel/a', 'x', { qos: 1, messageId: 1 }));
    expect(await wire.expect('puback')).toMatchObject({ reasonCode: 0x87 });
    await wire.expectNothing();
  });

  test('[MQTT-4.7.2-1] leading wildcards do not see the server’s topics', async () => {
    const engine = makeEngine();
    const all = await connectWire(engine, { clientId: 'all' });
    const server = await connectWire(engine, { clientId: 'server' });
    await subscribe(all, '#');
    await subscribe(server, '$kachel/+');
    await engine.publish({ topic: '$kachel/a', payload: Buffer.from('x'), qos: 0, retain: false });
    await server.expect('publish');
    await all.expectNothing();
  });
});

describe('5.0 properties', () => {
  test('[MQTT-3.3.2-17] everything about a message travels on, in order', async () => {
    const engine = makeEngine();
    const wire = await connectWire(engine, { version: 5 });
    await subscribe(wire, 'a');
    const properties = {
      payloadFormatIndicator: true,
      contentType: 'text/plain',
      responseTopic: 'reply/here',
      correlationData: Buffer.from([1, 2, 3]),
      userProperties: { b: ['2', '3'], a: '1' },
    };
    wire.send(message('a', 'x', { properties }));
    const received = (await wire.expect('publish')).properties;
    expect({ ...received, userProperties: { ...received?.userProperties } }).toEqual(properties);
  });

  test('[MQTT-3.3.2-6] the expiry counts down while a message waits, and ends it [MQTT-3.3.2-5]', async () => {
    const clock = testClock();
    const engine = makeEngine({ clock });
    const kept = { connect: { clean: false, properties: { sessionExpiryInterval: 1000 } }, version: 5 } as const;
    const sleeper = await connectWire(engine, kept);
    await subscribe(sleeper, 'a');
    sleeper.cut();
    await sleeper.closed;
    const publisher = await connectWire(engine, { version: 5, clientId: 'publisher' });
    publisher.send(message('a', 'short', { qos: 1, messageId: 1, properties: { messageExpiryInterval: 5 } }));
    publisher.send(message('a', 'long', { qos: 1, messageId: 2, properties: { messageExpiryInterval: 60 } }));
    await publisher.expect('puback');
    clock.advance(10_000);
    const awake = await connectWire(engine, kept);
    expect(await awake.expect('publish')).toMatchObject({ properties: { messageExpiryInterval: 50 } });
    await awake.expectNothing();
  });

  test('topic aliases of a client are resolved and re-mapped [MQTT-3.3.2-12]', async () => {
    const engine = makeEngine();
    const wire = await connectWire(engine, { version: 5 });
    const subscriber = await connectWire(engine, { version: 5, clientId: 'subscriber' });
    await subscribe(subscriber, '#');
    wire.send(message('a', '1', { properties: { topicAlias: 1 } }));
    wire.send(message('', '2', { properties: { topicAlias: 1 } }));
    wire.send(message('b', '3', { properties: { topicAlias: 1 } }));
    wire.send(message('', '4', { properties: { topicAlias: 1 } }));
    const topics: string[] = [];
    for (let count = 0; count < 4; count++) topics.push((await subscriber.expect('publish')).topic);
    expect(topics).toEqual(['a', 'a', 'b', 'b']);
  });

  test('[MQTT-3.1.2-26] aliases are used towards a client as far as it allows', async () => {
    const wire = await connectWire(makeEngine(), { version: 5, connect: { properties: { topicAliasMaximum: 1 } } });
    await subscribe(wire, '#');
    for (const topic of ['a', 'a', 'b', 'b']) wire.send(message(topic, 'x'));
    expect(await wire.expect('publish')).toMatchObject({ topic: 'a', properties: { topicAlias: 1 } });
    expect(await wire.expect('publish')).toMatchObject({ topic: '', properties: { topicAlias: 1 } });
    expect(await wire.expect('publish')).toMatchObject({ topic: 'b' });
    expect(await wire.expect('publish')).toMatchObject({ topic: 'b' });
  });
});

describe('flow control', () => {
  test('[MQTT-3.3.4-9] no more than the client’s receive maximum is open', async () => {
    const engine = makeEngine();
    const wire = await connectWire(engine, { version: 5, connect: { properties: { receiveMaximum: 2 } } });
    await subscribe(wire, 'a', { qos: 1 });
    for (const payload of ['1', '2', '3'])
      await engine.publish({ topic: 'a', payload: Buffer.from(payload), qos: 1, retain: false });
    const first = await wire.expect('publish');
    await wire.expect('publish');
    wire.send({ cmd: 'pingreq' });
    await wire.expect('pingresp'); // [MQTT-3.3.4-10]
    await wire.expectNothing();
    wire.send({ cmd: 'puback', messageId: first.messageId ?? 0 });
    expect((await wire.expect('publish')).payload.toString()).toBe('3');
  });

  test('[MQTT-3.3.4-7] a client over the broker’s receive maximum is told 0x93', async () => {
    const wire = await connectWire(makeEngine({ limits: { receiveMaximum: 2 } }), { version: 5 });
    for (const messageId of [1, 2, 3]) wire.send(message('a', 'x', { qos: 2, messageId }));
    await wire.expect('pubrec');
    await wire.expect('pubrec');
    expect((await wire.expect('disconnect')).reasonCode).toBe(0x93);
  });

  test('[MQTT-3.1.2-25] a message too large for a client is dropped for it alone', async () => {
    const engine = makeEngine();
    const small = await connectWire(engine, { version: 5, connect: { properties: { maximumPacketSize: 40 } } });
    await subscribe(small, 'a', { qos: 1 });
    await engine.publish({ topic: 'a', payload: Buffer.alloc(100), qos: 1, retain: false });
    await engine.publish({ topic: 'a', payload: Buffer.from('x'), qos: 1, retain: false });
    expect(await small.expect('publish')).toMatchObject({ payload: Buffer.from('x'), messageId: 2 }); // id 1 went by
    expect(engine.clients()[0]?.messagesDropped).toBe(1);
  });
});
