import { describe, expect, test } from 'vitest';
import type { Delivery, Engine, EngineEvent } from '../../server/broker/engine/engine.ts';
import { makeEngine } from '../support/engine.ts';
import { connectWire } from '../support/wire.ts';

/** Brokers that stand behind the contract; another one is one more line. */
const engines: readonly (readonly [name: string, make: () => Engine])[] = [['our own engine', () => makeEngine()]];

const say = (topic: string, payload: string, retain = false) =>
  ({ topic, payload: Buffer.from(payload), qos: 0, retain }) as const;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe.each(engines)('%s', (_name, make) => {
  test('carries messages between clients', async () => {
    const engine = make();
    const subscriber = await connectWire(engine, { clientId: 'subscriber' });
    subscriber.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'a/+', qos: 0 }] });
    await subscriber.expect('suback');
    const publisher = await connectWire(engine, { clientId: 'publisher' });
    publisher.send({ cmd: 'publish', dup: false, ...say('a/b', 'x') });
    expect(await subscriber.expect('publish')).toMatchObject({ topic: 'a/b', qos: 0 });
    await engine.close();
  });

  test('publishes as the server and keeps retained messages', async () => {
    const engine = make();
    await engine.publish(say('$kachel/a', 'x', true));
    expect(engine.retained('$kachel/a')).toEqual(say('$kachel/a', 'x', true));
    expect(engine.retained('$kachel/b')).toBeUndefined();
    await expect(engine.publish(say('a/#', 'x'))).rejects.toThrow('not a topic name');
    await engine.close();
  });

  test('lists retained messages by filter, as many as asked for', async () => {
    const engine = make();
    for (const topic of ['a/1', 'a/2', 'a/b/3', 'c']) await engine.publish(say(topic, 'x', true));
    const topics = (filter: string, limit: number): string[] =>
      engine.retainedMatching(filter, limit).map((message) => message.topic);
    expect(topics('a/#', 9).toSorted()).toEqual(['a/1', 'a/2', 'a/b/3']);
    expect(topics('+', 9)).toEqual(['c']);
    expect(topics('#', 2)).toHaveLength(2);
    await engine.close();
  });

  test('shows observers what was routed, who published it and when, in order', async () => {
    const engine = make();
    const seen: Delivery[] = [];
    const dispose = engine.observe('a/#', (delivery) => seen.push(delivery));
    const wire = await connectWire(engine);
    wire.send({ cmd: 'publish', dup: false, ...say('a/1', 'x') });
    await engine.publish(say('a/2', 'y'));
    await engine.publish(say('b', 'z'));
    await wire.expectNothing();
    expect(seen.map((delivery) => [delivery.message.topic, delivery.publisher?.clientId])).toEqual([
      ['a/1', 'client'],
      ['a/2', undefined],
    ]);
    expect(seen[0]?.atMs).toBeGreaterThan(0);
    dispose();
    await engine.publish(say('a/3', 'x'));
    await wire.expectNothing();
    expect(seen).toHaveLength(2);
    await engine.close();
  });

  test('an observer that throws hurts nobody', async () => {
    const engine = make();
    const seen: string[] = [];
    engine.observe('#', () => {
      throw new Error('a bug');
    });
    engine.observe('a', (delivery) => seen.push(delivery.message.topic));
    await engine.publish(say('a', 'x'));
    await turn();
    await turn();
    expect(seen).toEqual(['a']);
    await engine.close();
  });

  test('lists its clients and tells of their coming and going', async () => {
    const engine = make();
    const events: EngineEvent[] = [];
    engine.onEvent((event) => events.push(event));
    const will = { topic: 'status', payload: Buffer.from('gone'), qos: 0, retain: false } as const;
    const wire = await connectWire(engine, { clientId: 'lamp', connect: { will, keepalive: 30 } });
    wire.send({ cmd: 'publish', dup: false, ...say('a', 'x') });
    await wire.expectNothing();
    expect(engine.clients()).toMatchObject([
      {
        clientId: 'lamp',
        protocolVersion: 4,
        keepAliveSeconds: 30,
        messagesIn: 1,
        will: { topic: 'status', retain: false },
      },
    ]);
    wire.cut();
    await wire.closed;
    expect(engine.clients()).toEqual([]);
    expect(events).toMatchObject([
      { type: 'connected', client: { clientId: 'lamp' } },
      { type: 'disconnected', client: { clientId: 'lamp' }, byWill: true },
    ]);
    await engine.close();
  });

  test('cuts the connections it is told to', async () => {
    const engine = make();
    const one = await connectWire(engine, { clientId: 'one', version: 5 });
    const two = await connectWire(engine, { clientId: 'two', version: 5 });
    expect(engine.disconnect((client) => client.clientId === 'one', 'administrative')).toBe(1);
    expect((await one.expect('disconnect')).reasonCode).toBe(0x98);
    await one.closed;
    expect(two.isClosed()).toBe(false);
    await engine.close();
  });

  test('closes by saying so', async () => {
    const engine = make();
    const wire = await connectWire(engine, { version: 5 });
    await engine.close();
    expect((await wire.expect('disconnect')).reasonCode).toBe(0x8b);
    await wire.closed;
    expect(engine.stats().clientsConnected).toBe(0);
  });
});
