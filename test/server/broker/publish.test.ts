import { describe, expect, test } from 'vitest';
import type { IPublishPacket } from 'mqtt-packet';
import { testClock } from '../../support/clock.ts';
import { makeEngine } from '../../support/engine.ts';
import { both, cut, kept, message, payloadOf, subscribe } from '../../support/talk.ts';
import { connectWire } from '../../support/wire.ts';

describe.each(both)('PUBLISH to subscribers (MQTT %i)', (version) => {
  test('3.1.1 [MQTT-3.3.2-3] 5.0 [MQTT-3.3.2-3] the topic arrives as it was published', async () => {
    const wire = await connectWire(makeEngine(), { version });
    await subscribe(wire, '#', { qos: 0 });
    for (const topic of ['a', '/a//b/', 'Grün/lampe', 'a b']) {
      wire.send(message(topic));
      expect((await wire.expect('publish')).topic).toBe(topic);
    }
  });

  test('3.1.1 [MQTT-3.3.5-1] 5.0 [MQTT-3.3.4-2] overlapping filters: one copy at the highest QoS among them', async () => {
    const engine = makeEngine();
    const wire = await connectWire(engine, { version });
    await subscribe(wire, 'a/#', { qos: 0 });
    await subscribe(wire, 'a/b', { qos: 2 });
    await subscribe(wire, 'a/+', { qos: 1 });
    await engine.publish({ topic: 'a/b', payload: Buffer.from('x'), qos: 2, retain: false });
    expect((await wire.expect('publish')).qos).toBe(2);
    await wire.expectNothing();
  });

  test.each([
    [0, 2, 0],
    [1, 2, 1],
    [2, 1, 1],
    [2, 0, 0],
    [2, 2, 2],
  ] as const)(
    '3.1.1 [MQTT-3.8.4-6] 5.0 [MQTT-3.8.4-8] published with QoS %i, granted %i, delivered with %i',
    async (published, granted, delivered) => {
      const engine = makeEngine();
      const wire = await connectWire(engine, { version });
      await subscribe(wire, 'a', { qos: granted });
      await engine.publish({ topic: 'a', payload: Buffer.from('x'), qos: published, retain: false });
      expect((await wire.expect('publish')).qos).toBe(delivered);
    },
  );

  test('3.1.1 [MQTT-4.5.0-1] [MQTT-3.1.2-5] 5.0 [MQTT-4.5.0-1] every matching session gets it, connected or kept', async () => {
    const engine = makeEngine();
    const away = await connectWire(engine, kept(version, 'away'));
    await subscribe(away, 'a', { qos: 1 });
    await cut(away);
    const there = await connectWire(engine, { version, clientId: 'there' });
    await subscribe(there, '+', { qos: 1 });
    const publisher = await connectWire(engine, { version, clientId: 'publisher' });
    publisher.send(message('a', 'x', { qos: 1 }));
    await publisher.expect('puback');
    expect(payloadOf(await there.expect('publish'))).toBe('x');
    expect(payloadOf(await (await connectWire(engine, kept(version, 'away'))).expect('publish'))).toBe('x');
  });

  test('3.1.1 [MQTT-4.6.0-5] [MQTT-4.6.0-6] 5.0 [MQTT-4.6.0-5] [MQTT-4.6.0-6] every topic keeps its order, per QoS, also through a break', async () => {
    const engine = makeEngine();
    const first = await connectWire(engine, kept(version));
    await subscribe(first, '#');
    const publisher = await connectWire(engine, { version, clientId: 'publisher' });
    const send = (from: number): void => {
      for (let value = from; value < from + 10; value++) {
        const qos = value % 2 === 0 ? 1 : 2;
        publisher.send(message(`t/${value % 3}`, String(value), { qos, messageId: value + 1 }));
      }
    };
    send(0);
    for (let count = 0; count < 10; count++) await first.expect('publish');
    await cut(first);
    send(10);
    const second = await connectWire(engine, kept(version));
    const values: number[] = [];
    for (let count = 0; count < 20; count++) values.push(Number(payloadOf(await second.expect('publish'))));
    expect(values).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  test('3.1.1 [MQTT-4.7.2-1] 5.0 [MQTT-4.7.2-1] leading wildcards pass `$` topics by', async () => {
    const engine = makeEngine();
    const wire = await connectWire(engine, { version });
    await subscribe(wire, '#', { qos: 0 });
    await subscribe(wire, '+/a', { qos: 0 });
    await engine.publish({ topic: '$x/a', payload: Buffer.from('x'), qos: 0, retain: false });
    await wire.expectNothing();
    await subscribe(wire, '$x/+', { qos: 0 });
    await engine.publish({ topic: '$x/a', payload: Buffer.from('x'), qos: 0, retain: false });
    await wire.expect('publish');
  });

  test.each([
    ['a', 'A'],
    ['/a', 'a'],
    ['a/', 'a'],
    ['ä', 'a\u0308'],
    ['a', 'a '],
  ])('3.1.1 [MQTT-4.7.3-4] 5.0 [MQTT-4.7.3-4] %j and %j are two topics', async (filter, topic) => {
    const engine = makeEngine();
    const wire = await connectWire(engine, { version });
    await subscribe(wire, filter, { qos: 0 });
    await engine.publish({ topic, payload: Buffer.from('x'), qos: 0, retain: false });
    await wire.expectNothing();
    await engine.publish({ topic: filter, payload: Buffer.from('x'), qos: 0, retain: false });
    await wire.expect('publish');
  });

  test('3.1.1 [MQTT-4.7.3-3] 5.0 [MQTT-4.7.3-3] the longest topic is a topic', async () => {
    const wire = await connectWire(makeEngine(), { version });
    const topic = 'x'.repeat(65_535);
    expect(await subscribe(wire, topic, { qos: 0 })).toBe(0);
    wire.send(message(topic));
    expect((await wire.expect('publish')).topic).toBe(topic);
  });

  test('3.1.1 [MQTT-3.3.5-2] a PUBLISH that is not allowed is acknowledged and dropped in 3.1.1, refused in 5.0', async () => {
    const engine = makeEngine({ authorize: (_principal, action) => action !== 'publish' });
    const wire = await connectWire(engine, { version });
    await subscribe(wire, '#');
    wire.send(message('a', 'x', { qos: 1, messageId: 1, retain: true }));
    expect(await wire.expect('puback')).toMatchObject({ messageId: 1, ...(version === 5 && { reasonCode: 0x87 }) });
    wire.send(message('a', 'x', { qos: 2, messageId: 2 }));
    expect(await wire.expect('pubrec')).toMatchObject({ messageId: 2, ...(version === 5 && { reasonCode: 0x87 }) });
    await wire.expectNothing();
    expect(engine.retained('a')).toBeUndefined();
    expect(engine.stats().messagesDropped).toBe(2);
  });
});

describe('5.0', () => {
  test('nobody may publish to the server’s topics, which needs no words', async () => {
    const engine = makeEngine();
    const wire = await connectWire(engine, { version: 5 });
    await subscribe(wire, '$kachel/#');
    wire.send(message('$kachel/a', 'x', { qos: 1, messageId: 1 }));
    const puback = await wire.expect('puback');
    wire.send(message('$SYS/broker/connection/me', 'x', { qos: 2, messageId: 2 }));
    for (const answer of [puback, await wire.expect('pubrec')]) {
      expect(answer.reasonCode).toBe(0x87);
      expect(answer.properties?.reasonString).toBeUndefined();
    }
    await wire.expectNothing();
    expect(engine.stats().messagesDropped).toBe(2);
  });

  test('a bridge of Mosquitto may say that it is there, and nobody is told', async () => {
    const engine = makeEngine();
    const wire = await connectWire(engine, { version: 5 });
    await subscribe(wire, '$SYS/broker/connection/#');
    const topic = '$SYS/broker/connection/bridge/state';
    wire.send(message(topic, '1', { qos: 1, messageId: 1, retain: true }));
    expect(await wire.expect('puback')).toMatchObject({ reasonCode: 0x10 });
    wire.send(message(topic, '1', { qos: 2, messageId: 2, retain: true }));
    expect(await wire.expect('pubrec')).toMatchObject({ reasonCode: 0x10 });
    wire.send({ cmd: 'pubrel', messageId: 2 });
    expect(await wire.expect('pubcomp')).toMatchObject({ reasonCode: 0 });
    await wire.expectNothing();
    expect(engine.retained(topic)).toBeUndefined();
    expect(engine.stats().messagesDropped).toBe(0);
  });

  const properties = {
    payloadFormatIndicator: true,
    contentType: 'text/plain',
    responseTopic: 'answers/1',
    correlationData: Buffer.from([0, 1, 255]),
    userProperties: { b: ['1', '1', '2'], a: '3' },
  } as const;

  test('5.0 [MQTT-3.3.2-4] [MQTT-3.3.2-15] [MQTT-3.3.2-16] [MQTT-3.3.2-17] [MQTT-3.3.2-18] [MQTT-3.3.2-20] what travels with a message arrives unchanged, now, kept and retained', async () => {
    const engine = makeEngine();
    const first = await connectWire(engine, kept(5));
    await subscribe(first, 'a', { qos: 1 });
    const publisher = await connectWire(engine, { version: 5, clientId: 'publisher' });
    const sent: IPublishPacket['properties'] = { ...properties, userProperties: { b: ['1', '1', '2'], a: '3' } };
    publisher.send(message('a', 'x', { qos: 1, properties: sent }));
    expect((await first.expect('publish')).properties).toEqual(properties);
    await cut(first);
    publisher.send(message('a', 'x', { qos: 1, messageId: 2, retain: true, properties: sent }));
    const second = await connectWire(engine, kept(5));
    expect((await second.expect('publish')).properties).toEqual(properties);
    expect((await second.expect('publish')).properties).toEqual(properties);
    const late = await connectWire(engine, { version: 5, clientId: 'late' });
    await subscribe(late, 'a', { qos: 0 });
    expect((await late.expect('publish')).properties).toEqual(properties);
  });

  test('5.0 [MQTT-3.3.2-5] [MQTT-3.3.2-6] a message that waits counts down, and is gone when its time is over', async () => {
    const clock = testClock();
    const engine = makeEngine({ clock });
    await cut(await connectWire(engine, kept(5)).then(async (wire) => (await subscribe(wire, 'a', { qos: 1 }), wire)));
    const put = (payload: string, seconds: number): Promise<void> =>
      engine.publish({
        topic: 'a',
        payload: Buffer.from(payload),
        qos: 1,
        retain: false,
        properties: { messageExpiryIntervalSeconds: seconds },
      });
    await put('short', 5);
    await put('long', 20);
    clock.advance(8_000);
    const wire = await connectWire(engine, kept(5));
    const packet = await wire.expect('publish');
    expect(payloadOf(packet)).toBe('long');
    expect(packet.properties?.messageExpiryInterval).toBe(12);
    await wire.expectNothing();
  });

  test('5.0 [MQTT-3.3.2-7] an alias ends with its connection, even if the session goes on', async () => {
    const engine = makeEngine();
    const first = await connectWire(engine, kept(5));
    first.send(message('a', 'x', { properties: { topicAlias: 1 } }));
    await first.expectNothing();
    await cut(first);
    const second = await connectWire(engine, kept(5));
    second.send(message('', 'x', { properties: { topicAlias: 1 } }));
    expect((await second.expect('disconnect')).reasonCode).toBe(0x82);
  });

  test('5.0 [MQTT-3.3.2-12] every alias up to the maximum is taken, in any order, and a new topic maps it anew', async () => {
    const engine = makeEngine({ limits: { topicAliasMaximum: 3 } });
    const wire = await connectWire(engine, { version: 5 });
    await subscribe(wire, '#', { qos: 0 });
    for (const [topic, topicAlias, expected] of [
      ['three', 3, 'three'],
      ['one', 1, 'one'],
      ['', 3, 'three'],
      ['new', 3, 'new'],
      ['', 3, 'new'],
      ['', 1, 'one'],
    ] as const) {
      wire.send(message(topic, 'x', { properties: { topicAlias } }));
      const packet = await wire.expect('publish');
      expect(packet.topic).toBe(expected);
      expect(packet.properties?.topicAlias).toBeUndefined();
    }
  });

  test.each([undefined, 0, 2])(
    '5.0 [MQTT-3.1.2-26] [MQTT-3.1.2-27] [MQTT-3.3.2-11] aliases for a client stay within its maximum of %s',
    async (topicAliasMaximum) => {
      const engine = makeEngine();
      const connect = topicAliasMaximum === undefined ? {} : { properties: { topicAliasMaximum } };
      const wire = await connectWire(engine, { version: 5, connect });
      await subscribe(wire, '#', { qos: 0 });
      const used = new Set<number>();
      for (const topic of ['a', 'b', 'c', 'a', 'b', 'c']) {
        await engine.publish({ topic, payload: Buffer.from('x'), qos: 0, retain: false });
        const alias = (await wire.expect('publish')).properties?.topicAlias;
        if (alias !== undefined) used.add(alias);
      }
      expect([...used].sort()).toEqual(topicAliasMaximum ? [1, 2] : []);
    },
  );

  test('5.0 [MQTT-3.1.2-25] what is too large for a client counts as delivered and takes none of its window', async () => {
    const engine = makeEngine();
    const wire = await connectWire(engine, {
      version: 5,
      connect: { properties: { maximumPacketSize: 40, receiveMaximum: 1 } },
    });
    await subscribe(wire, 'a', { qos: 1 });
    for (const size of [100, 100, 1])
      await engine.publish({ topic: 'a', payload: Buffer.alloc(size), qos: 1, retain: false });
    expect((await wire.expect('publish')).payload).toHaveLength(1);
  });

  test('5.0 [MQTT-3.3.4-3] [MQTT-3.3.4-4] [MQTT-3.3.4-5] the one copy carries the identifiers of all that match and have one', async () => {
    const engine = makeEngine();
    const wire = await connectWire(engine, { version: 5 });
    await subscribe(wire, 'a/#', { qos: 0 }, { subscriptionIdentifier: 7 });
    await subscribe(wire, 'a/+', { qos: 1 }, { subscriptionIdentifier: 7 });
    await subscribe(wire, '+/b', { qos: 0 }, { subscriptionIdentifier: 300 });
    await subscribe(wire, 'a/b', { qos: 0 });
    await subscribe(wire, 'c', { qos: 0 }, { subscriptionIdentifier: 9 });
    await engine.publish({ topic: 'a/b', payload: Buffer.from('x'), qos: 0, retain: false });
    const found = [(await wire.expect('publish')).properties?.subscriptionIdentifier].flat();
    expect(found.sort((first = 0, second = 0) => first - second)).toEqual([7, 7, 300]);
    await wire.expectNothing();
  });

  test('5.0 [MQTT-3.8.3-3] No Local keeps away what the same client id published, from others it lets all through', async () => {
    const engine = makeEngine();
    const wire = await connectWire(engine, { version: 5 });
    await subscribe(wire, 'a', { qos: 0, nl: true });
    const other = await connectWire(engine, { version: 5, clientId: 'other' });
    wire.send(message('a', 'mine'));
    other.send(message('a', 'theirs'));
    expect(payloadOf(await wire.expect('publish'))).toBe('theirs');
    await wire.expectNothing();
  });
});
