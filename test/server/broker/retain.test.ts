import { describe, expect, test } from 'vitest';
import { makeEngine } from '../../support/engine.ts';
import { both, message, payloadOf, subscribe } from '../../support/talk.ts';
import { connectWire } from '../../support/wire.ts';

test('a few come parents first, and many all the same', async () => {
  const engine = makeEngine();
  const keep = (topic: string): Promise<void> =>
    engine.publish({ topic, payload: Buffer.from('x'), qos: 0, retain: true });
  for (const topic of ['a/b/c', 'd', 'a', 'a/b']) await keep(topic);
  const wire = await connectWire(engine);
  await subscribe(wire, '#', { qos: 0 });
  for (const topic of ['a', 'a/b', 'a/b/c', 'd']) expect(await wire.expect('publish')).toMatchObject({ topic });
  for (let index = 0; index < 200; index++) await keep(`many/${index}`);
  const other = await connectWire(engine, { clientId: 'other' });
  await subscribe(other, '#', { qos: 0 });
  const topics = new Set<string>();
  for (let index = 0; index < 204; index++) topics.add((await other.expect('publish')).topic);
  expect(topics.size).toBe(204);
  await other.expectNothing();
});

describe.each(both)('RETAIN (MQTT %i)', (version) => {
  test('3.1.1 [MQTT-3.3.1-5] [MQTT-3.3.1-6] [MQTT-3.3.1-7] [MQTT-3.3.1-8] 5.0 [MQTT-3.3.1-5] the last one, with its QoS, reaches a new subscription with RETAIN 1', async () => {
    const engine = makeEngine();
    const wire = await connectWire(engine, { version });
    wire.send(message('a', 'one', { retain: true, qos: 1 }));
    await wire.expect('puback');
    wire.send(message('a', 'two', { retain: true }));
    wire.send(message('b', 'three', { retain: true, qos: 1 }));
    await wire.expect('puback');
    await subscribe(wire, '+');
    const found = [await wire.expect('publish'), await wire.expect('publish')];
    expect(found.map((packet) => [packet.topic, payloadOf(packet), packet.qos, packet.retain])).toEqual([
      ['a', 'two', 0, true],
      ['b', 'three', 1, true],
    ]);
    await wire.expectNothing();
  });

  test('3.1.1 [MQTT-3.3.1-9] 5.0 [MQTT-3.3.1-12] an established subscription gets RETAIN 0', async () => {
    const wire = await connectWire(makeEngine(), { version });
    await subscribe(wire, 'a', { qos: 0 });
    wire.send(message('a', 'x', { retain: true }));
    expect((await wire.expect('publish')).retain).toBe(false);
  });

  test('3.1.1 [MQTT-3.3.1-10] [MQTT-3.3.1-11] 5.0 [MQTT-3.3.1-6] [MQTT-3.3.1-7] an empty one is delivered, deletes, and is not kept', async () => {
    const engine = makeEngine();
    const wire = await connectWire(engine, { version });
    wire.send(message('a', 'x', { retain: true }));
    await subscribe(wire, 'a', { qos: 0 });
    await wire.expect('publish');
    wire.send(message('a', '', { retain: true }));
    expect(payloadOf(await wire.expect('publish'))).toBe('');
    expect(engine.retained('a')).toBeUndefined();
    await subscribe(wire, 'a', { qos: 0 });
    await wire.expectNothing();
  });

  test('3.1.1 [MQTT-3.3.1-12] 5.0 [MQTT-3.3.1-8] RETAIN 0 leaves what is kept alone, empty or not', async () => {
    const engine = makeEngine();
    const wire = await connectWire(engine, { version });
    wire.send(message('a', 'kept', { retain: true }));
    wire.send(message('a', 'passing'));
    wire.send(message('a', ''));
    wire.send(message('b', 'passing'));
    await wire.expectNothing();
    expect(engine.retained('a')?.payload.toString()).toBe('kept');
    expect(engine.retained('b')).toBeUndefined();
  });

  test('3.1.1 [MQTT-3.1.2-7] a retained message outlives the session that published it', async () => {
    const engine = makeEngine();
    const wire = await connectWire(engine, { version });
    wire.send(message('a', 'x', { retain: true }));
    wire.send(version === 5 ? { cmd: 'disconnect', reasonCode: 0 } : { cmd: 'disconnect' });
    await wire.closed;
    expect(engine.stats().sessions).toBe(0);
    expect(engine.retained('a')).toBeDefined();
  });
});

test('5.0 [MQTT-3.3.1-13] Retain As Published keeps the publisher’s flag, set or not', async () => {
  const wire = await connectWire(makeEngine(), { version: 5 });
  await subscribe(wire, 'a', { qos: 0, rap: true });
  for (const retain of [true, false]) {
    wire.send(message('a', 'x', { retain }));
    expect((await wire.expect('publish')).retain).toBe(retain);
  }
});

describe('what is retained under #', () => {
  const keep = (engine: ReturnType<typeof makeEngine>, topic: string, payload: string): Promise<void> =>
    engine.publish({ topic, payload: Buffer.from(payload), qos: 0, retain: true });

  test('is each topic that has a message, with the last one, and nothing of the server', async () => {
    const engine = makeEngine();
    await keep(engine, 'a', 'first');
    await keep(engine, 'a/b', 'below');
    await keep(engine, 'gone', 'soon');
    await keep(engine, 'a', 'last');
    await keep(engine, 'gone', '');
    await keep(engine, '$kachel/own', 'ours');
    const found = engine
      .retainedMatching('#', 100)
      .map(({ topic, payload }) => [topic, Buffer.from(payload).toString()]);
    expect(found).toEqual([
      ['a', 'last'],
      ['a/b', 'below'],
    ]);
    expect(engine.retainedMatching('$kachel/#', 100).map(({ topic }) => topic)).toEqual(['$kachel/own']);
  });

  test('may change while a slow client is sent it', async () => {
    const engine = makeEngine({ limits: { maxOutboundBytes: 1_000 } });
    for (let index = 0; index < 20; index++) await keep(engine, `t/${index}`, 'x'.repeat(200));
    const wire = await connectWire(engine);
    wire.stall(true);
    wire.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: '#', qos: 0 }] });
    await wire.expectNothing();
    await keep(engine, 't/19', '');
    for (let turn = 0; turn < 20; turn++) {
      wire.stall(false);
      wire.stall(true);
      await wire.expectNothing();
    }
    const text = Buffer.concat(wire.writes).toString();
    for (let index = 0; index < 19; index++) expect(text.split(`t/${index}x`)).toHaveLength(2);
    expect(text.includes(`t/19${'x'.repeat(200)}`)).toBe(false);
  });
});
