import { describe, expect, test } from 'vitest';
import { makeEngine } from '../../support/engine.ts';
import { both, message, payloadOf, subscribe, unsubscribe } from '../../support/talk.ts';
import { connectWire } from '../../support/wire.ts';

describe.each(both)('SUBACK (MQTT %i)', (version) => {
  test('3.1.1 [MQTT-3.8.4-1] [MQTT-3.8.4-2] [MQTT-3.8.4-4] [MQTT-3.8.4-5] [MQTT-3.9.3-1] [MQTT-3.9.3-2] [MQTT-2.3.1-7] 5.0 [MQTT-3.8.4-1] [MQTT-3.8.4-2] [MQTT-3.8.4-5] [MQTT-3.8.4-6] [MQTT-3.8.4-7] [MQTT-3.9.3-1] [MQTT-3.9.3-2] [MQTT-2.2.1-6] one for all filters, one code for each, in order, under the packet’s id', async () => {
    const engine = makeEngine({ authorize: (_principal, action, topic) => action !== 'subscribe' || topic !== 'no' });
    const wire = await connectWire(engine, { version });
    wire.send({
      cmd: 'subscribe',
      messageId: 258,
      subscriptions: [
        { topic: 'a', qos: 2 },
        { topic: 'no', qos: 1 },
        { topic: 'b', qos: 0 },
        { topic: 'a', qos: 1 },
      ],
    });
    expect(await wire.expect('suback')).toMatchObject({
      messageId: 258,
      granted: [2, version === 5 ? 0x87 : 0x80, 0, 1],
    });
    await wire.expectNothing();
    expect(engine.stats().subscriptions).toBe(2);
  });

  test('3.1.1 [MQTT-3.8.4-3] 5.0 [MQTT-3.8.4-3] [MQTT-3.8.4-4] an equal filter is replaced, retained messages come again, none is lost', async () => {
    const engine = makeEngine();
    const wire = await connectWire(engine, { version });
    await engine.publish({ topic: 'a', payload: Buffer.from('kept'), qos: 1, retain: true });
    await subscribe(wire, 'a', { qos: 0 }, version === 5 ? { subscriptionIdentifier: 1 } : undefined);
    expect(payloadOf(await wire.expect('publish'))).toBe('kept');
    const publisher = await connectWire(engine, { version, clientId: 'publisher' });
    wire.send({
      cmd: 'subscribe',
      messageId: 2,
      subscriptions: [{ topic: 'a', qos: 1 }],
      ...(version === 5 && { properties: { subscriptionIdentifier: 2 } }),
    });
    publisher.send(message('a', 'new', { qos: 1 }));
    await wire.expect('suback');
    const found = [await wire.expect('publish'), await wire.expect('publish')];
    expect(found.map(payloadOf)).toEqual(['kept', 'new']);
    for (const { qos, properties } of found) {
      expect(qos).toBe(1);
      if (version === 5) expect(properties?.subscriptionIdentifier).toBe(2);
    }
    expect(engine.stats().subscriptions).toBe(1);
  });

  test('3.1.1 [MQTT-3.8.3-2] wildcards are served, so no filter is refused for them', async () => {
    const wire = await connectWire(makeEngine(), { version });
    for (const filter of ['#', '+', 'a/+/b', '/#', '+/+']) expect(await subscribe(wire, filter, { qos: 1 })).toBe(1);
  });
});

describe.each(both)('UNSUBACK (MQTT %i)', (version) => {
  test('3.1.1 [MQTT-3.10.4-1] [MQTT-3.10.4-4] [MQTT-3.10.4-5] [MQTT-3.10.4-6] 5.0 [MQTT-3.10.4-1] [MQTT-3.10.4-5] [MQTT-3.10.4-6] [MQTT-2.2.1-6] [MQTT-3.10.4-4] [MQTT-3.11.3-1] [MQTT-3.11.3-2] one for all filters, equal character by character, also for none', async () => {
    const engine = makeEngine();
    const wire = await connectWire(engine, { version });
    await subscribe(wire, 'a/+');
    await subscribe(wire, 'b');
    wire.send({ cmd: 'unsubscribe', messageId: 300, unsubscriptions: ['a/b', 'b', 'c'] });
    const answer = await wire.expect('unsuback');
    expect(answer.messageId).toBe(300);
    if (version === 5) expect(answer.granted).toEqual([0x11, 0, 0x11]);
    await engine.publish({ topic: 'b', payload: Buffer.from('x'), qos: 0, retain: false });
    await wire.expectNothing();
    await engine.publish({ topic: 'a/b', payload: Buffer.from('x'), qos: 0, retain: false });
    await wire.expect('publish');
  });

  test('3.1.1 [MQTT-3.10.4-2] [MQTT-3.10.4-3] 5.0 [MQTT-3.10.4-2] [MQTT-3.10.4-3] nothing new is queued, what began is completed', async () => {
    const engine = makeEngine();
    const wire = await connectWire(engine, { version });
    await subscribe(wire, 'a');
    await engine.publish({ topic: 'a', payload: Buffer.from('x'), qos: 2, retain: false });
    const { messageId = 0 } = await wire.expect('publish');
    await unsubscribe(wire, 'a');
    await engine.publish({ topic: 'a', payload: Buffer.from('late'), qos: 1, retain: false });
    wire.send({ cmd: 'pubrec', messageId });
    expect((await wire.expect('pubrel')).messageId).toBe(messageId);
    wire.send({ cmd: 'pubcomp', messageId });
    await wire.expectNothing();
  });
});

describe('5.0', () => {
  test('5.0 [MQTT-3.9.2-1] [MQTT-3.9.2-2] [MQTT-3.1.2-29] the reason in words is left out where it is not wanted or does not fit', async () => {
    const engine = makeEngine({ authorize: (_principal, action) => action !== 'subscribe' });
    const wordsFor = async (properties: object): Promise<unknown> => {
      const wire = await connectWire(engine, { version: 5, connect: { properties } });
      wire.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'a', qos: 0 }] });
      const answer = await wire.expect('suback');
      expect(answer.granted).toEqual([0x87]);
      expect(answer.properties?.userProperties).toBeUndefined();
      return answer.properties?.reasonString;
    };
    expect(await wordsFor({})).toBe('not allowed to subscribe to this topic filter');
    expect(await wordsFor({ requestProblemInformation: false })).toBeUndefined();
    expect(await wordsFor({ maximumPacketSize: 40 })).toBeUndefined();
  });

  test('5.0 [MQTT-3.11.2-1] [MQTT-3.11.2-2] UNSUBACK needs no words', async () => {
    const wire = await connectWire(makeEngine(), { version: 5 });
    wire.send({ cmd: 'unsubscribe', messageId: 1, unsubscriptions: ['a'] });
    const answer = await wire.expect('unsuback');
    expect(answer.properties?.reasonString).toBeUndefined();
    expect(answer.properties?.userProperties).toBeUndefined();
  });

  test.each([
    ['SUBACK', 'subscribe'],
    ['UNSUBACK', 'unsubscribe'],
  ] as const)('5.0 [MQTT-3.1.2-24] a %s that would be too large for the client is not begun', async (_name, cmd) => {
    const engine = makeEngine();
    const wire = await connectWire(engine, { version: 5, connect: { properties: { maximumPacketSize: 40 } } });
    const filters = Array.from({ length: 50 }, (_, index) => `t/${index}`);
    wire.send(
      cmd === 'subscribe'
        ? { cmd, messageId: 1, subscriptions: filters.map((topic) => ({ topic, qos: 0 })) }
        : { cmd, messageId: 1, unsubscriptions: filters },
    );
    expect((await wire.expect('disconnect')).reasonCode).toBe(0x95);
    expect(engine.stats().subscriptions).toBe(0);
  });
});
