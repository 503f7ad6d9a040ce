import { describe, expect, test } from 'vitest';
import type { IPublishPacket } from 'mqtt-packet';
import { createMemoryStore } from '../../../server/broker/engine/memory-store.ts';
import type { Change } from '../../../server/broker/engine/store.ts';
import { testClock } from '../../support/clock.ts';
import { makeEngine } from '../../support/engine.ts';
import { connectWire } from '../../support/wire.ts';
import type { Wire } from '../../support/wire.ts';

const text = (packet: { payload: string | Buffer }): string => packet.payload.toString();

const subscribe = async (wire: Wire, topic: string, options: object = {}): Promise<void> => {
  wire.send({ cmd: 'subscribe', messageId: 99, subscriptions: [{ topic, qos: 2, ...options }] });
  await wire.expect('suback');
};

const message = (payload: string, rest: Partial<IPublishPacket> = {}): IPublishPacket => ({
  cmd: 'publish',
  topic: 'a',
  payload,
  qos: 1,
  messageId: 1,
  dup: false,
  retain: false,
  ...rest,
});

const kept = { connect: { clean: false } } as const;
const keptFor = (seconds: number): object => ({
  version: 5,
  connect: { clean: false, properties: { sessionExpiryInterval: seconds } },
});

describe('sessions', () => {
  test('3.1.1 [MQTT-3.1.2-6] a clean session leaves nothing behind', async () => {
    const engine = makeEngine();
    const first = await connectWire(engine);
    expect(first.connack.sessionPresent).toBe(false);
    await subscribe(first, 'a');
    first.send({ cmd: 'disconnect' });
    await first.closed;
    const second = await connectWire(engine, kept);
    expect(second.connack.sessionPresent).toBe(false);
    expect(engine.stats()).toMatchObject({ sessions: 1, subscriptions: 0 });
  });

  test('5.0 [MQTT-3.2.2-3] a kept session is there again, also without subscriptions', async () => {
    const engine = makeEngine();
    const first = await connectWire(engine, kept);
    first.send({ cmd: 'disconnect' });
    await first.closed;
    expect((await connectWire(engine, kept)).connack.sessionPresent).toBe(true);
  });

  test('5.0 [MQTT-3.1.2-4] Clean Start ends a kept session', async () => {
    const engine = makeEngine();
    const first = await connectWire(engine, kept);
    await subscribe(first, 'a');
    first.cut();
    await first.closed;
    const second = await connectWire(engine);
    expect(second.connack.sessionPresent).toBe(false);
    expect(engine.stats().subscriptions).toBe(0);
  });

  test('5.0 [MQTT-4.5.0-1] messages for an absent client wait in order', async () => {
    const engine = makeEngine();
    const first = await connectWire(engine, kept);
    await subscribe(first, 'a');
    first.cut();
    await first.closed;
    const publisher = await connectWire(engine, { clientId: 'publisher' });
    const payloads = Array.from({ length: 50 }, (_, index) => String(index));
    payloads.forEach((payload, index) =>
      publisher.send(message(payload, { messageId: index + 1, qos: index % 2 === 0 ? 1 : 2 })),
    );
    const second = await connectWire(engine, kept);
    const received: string[] = [];
    for (let count = 0; count < 50; count++) received.push(text(await second.expect('publish')));
    expect(received).toEqual(payloads);
  });

  test('5.0 [MQTT-4.1.0-2] a session ends when its expiry has passed', async () => {
    const clock = testClock();
    const engine = makeEngine({ clock });
    const first = await connectWire(engine, keptFor(60));
    first.cut();
    await first.closed;
    clock.advance(59_000);
    expect(engine.stats().sessions).toBe(1);
    clock.advance(2_000);
    expect(engine.stats().sessions).toBe(0);
  });

  test('5.0 [MQTT-4.1.0-2] who comes back after its session has expired finds none, also before anybody has looked', async () => {
    const clock = testClock();
    const engine = makeEngine({ clock });
    clock.advance(250); // clocks are looked at every 500 ms
    const first = await connectWire(engine, keptFor(60));
    first.cut();
    await first.closed;
    clock.advance(60_000);
    expect(engine.sessions()).toHaveLength(1);
    const second = await connectWire(engine, keptFor(60));
    expect(second.connack.sessionPresent).toBe(false);
  });

  test('many that expire at once end in parts, so that nobody waits for it; who comes back meanwhile is not ended', async () => {
    const clock = testClock();
    const engine = makeEngine({ clock });
    const clientIds = ['1', '2', '3', '4', '5'];
    for (const clientId of clientIds) {
      const wire = await connectWire(engine, { clientId, ...keptFor(60) });
      await subscribe(wire, 'a');
      wire.cut();
      await wire.closed;
    }
    for (let count = 0; count < 1_500; count++)
      await engine.publish({ topic: 'a', payload: Buffer.from('x'), qos: 1, retain: false });
    clock.advance(60_000);
    expect(engine.sessions()).toHaveLength(3);
    const [back = ''] = engine.sessions().map(({ clientId }) => clientId);
    const wire = await connectWire(engine, { clientId: back, ...keptFor(60) });
    expect(wire.connack.sessionPresent).toBe(false);
    await wire.expectNothing();
    expect(engine.sessions().map(({ clientId }) => clientId)).toEqual([back]);
    expect(engine.figures().queuedMessages).toBe(0);
  });

  test('DISCONNECT may shorten the expiry', async () => {
    const engine = makeEngine();
    const first = await connectWire(engine, keptFor(60));
    first.send({ cmd: 'disconnect', reasonCode: 0, properties: { sessionExpiryInterval: 0 } });
    await first.closed;
    expect(engine.stats().sessions).toBe(0);
  });

  test('a session is neither handed to somebody else nor ended by him', async () => {
    const engine = makeEngine({
      authenticate: ({ username = '' }) =>
        Promise.resolve({ ok: true, principal: { kind: 'device', id: username, name: username } }),
    });
    const owner = await connectWire(engine, { connect: { clean: false, username: 'one' } });
    await subscribe(owner, 'a');
    owner.cut();
    await owner.closed;
    await engine.publish({ topic: 'a', payload: Buffer.from('private'), qos: 1, retain: false });
    for (const clean of [false, true])
      await expect(connectWire(engine, { connect: { clean, username: 'two' } })).rejects.toThrow('refused with 2');
    const again = await connectWire(engine, { connect: { clean: false, username: 'one' } });
    expect((await again.expect('publish')).payload.toString()).toBe('private');
  });

  test('over its limit a queue loses what is oldest, and counts it', async () => {
    const engine = makeEngine({ limits: { maxQueuedMessages: 3 } });
    const first = await connectWire(engine, kept);
    await subscribe(first, 'a');
    first.cut();
    await first.closed;
    for (const payload of ['1', '2', '3', '4', '5'])
      await engine.publish({ topic: 'a', payload: Buffer.from(payload), qos: 1, retain: false });
    const second = await connectWire(engine, kept);
    expect([
      text(await second.expect('publish')),
      text(await second.expect('publish')),
      text(await second.expect('publish')),
    ]).toEqual(['3', '4', '5']);
    expect(engine.stats().messagesDropped).toBe(2);
  });
});

describe('after a restart on the same store', () => {
  test('sessions, subscriptions, queued and open messages, QoS 2 ids and retained messages are there', async () => {
    const store = createMemoryStore();
    const before = makeEngine({ store });
    const sleeper = await connectWire(before, kept);
    await subscribe(sleeper, 'a');
    const publisher = await connectWire(before, { clientId: 'publisher', connect: { clean: false } });
    publisher.send(message('open', { qos: 2, messageId: 1 }));
    const open = await sleeper.expect('publish');
    await publisher.expect('pubrec');
    sleeper.cut();
    await sleeper.closed;
    publisher.send(message('queued', { messageId: 2, retain: true }));
    await publisher.expect('puback');

    // No close: the first engine just stops being used, as after kill -9.
    const after = makeEngine({ store });
    const resumed = await connectWire(after, kept);
    expect(resumed.connack.sessionPresent).toBe(true);
    expect(await resumed.expect('publish')).toMatchObject({ messageId: open.messageId, dup: true, qos: 2 });
    expect(text(await resumed.expect('publish'))).toBe('queued');
    const again = await connectWire(after, { clientId: 'publisher', connect: { clean: false } });
    again.send(message('open', { qos: 2, messageId: 1, dup: true }));
    await again.expect('pubrec');
    await resumed.expectNothing();
    expect(after.retained('a')?.payload.toString()).toBe('queued');
  });

  test('a message kept for two sessions is kept once and forgotten after the last', async () => {
    const store = createMemoryStore();
    const engine = makeEngine({ store });
    for (const clientId of ['one', 'two']) {
      const wire = await connectWire(engine, { clientId, connect: { clean: false } });
      await subscribe(wire, 'a');
      wire.cut();
      await wire.closed;
    }
    await engine.publish({ topic: 'a', payload: Buffer.from('x'), qos: 1, retain: false });
    expect(store.load().messages.size).toBe(1);
    for (const clientId of ['one', 'two']) {
      const wire = await connectWire(engine, { clientId, connect: { clean: false } });
      const { messageId = 0 } = await wire.expect('publish');
      wire.send({ cmd: 'puback', messageId });
      await wire.expectNothing();
    }
    await engine.close();
    expect(store.load().messages.size).toBe(0);
  });
});

describe('wills', () => {
  const will = { topic: 'status', payload: Buffer.from('gone'), qos: 1, retain: true } as const;

  test('5.0 [MQTT-3.14.4-3] forgotten after DISCONNECT, kept with reason 0x04', async () => {
    const engine = makeEngine();
    const quiet = await connectWire(engine, { connect: { will } });
    quiet.send({ cmd: 'disconnect' });
    await quiet.closed;
    expect(engine.retained('status')).toBeUndefined();
    const loud = await connectWire(engine, { version: 5, connect: { will } });
    loud.send({ cmd: 'disconnect', reasonCode: 4 });
    await loud.closed;
    expect(engine.retained('status')).toBeDefined();
  });

  const delayed = {
    version: 5,
    connect: {
      clean: false,
      properties: { sessionExpiryInterval: 100 },
      will: { ...will, properties: { willDelayInterval: 10 } },
    },
  } as const;

  test('the delay passes, or the session ends first', async () => {
    const clock = testClock();
    const engine = makeEngine({ clock });
    const wire = await connectWire(engine, delayed);
    wire.cut();
    await wire.closed;
    clock.advance(9_000);
    expect(engine.retained('status')).toBeUndefined();
    clock.advance(2_000);
    expect(engine.retained('status')).toBeDefined();
  });

  test('ending the session by Clean Start publishes a will that waits', async () => {
    const engine = makeEngine();
    const wire = await connectWire(engine, delayed);
    wire.cut();
    await wire.closed;
    await connectWire(engine, { version: 5 });
    expect(engine.retained('status')).toBeDefined();
  });

  test('a delayed will survives a restart', async () => {
    const clock = testClock();
    const store = createMemoryStore();
    const before = makeEngine({ clock, store });
    const wire = await connectWire(before, delayed);
    wire.cut();
    await wire.closed;
    clock.advance(1_000);
    await before.publish({ topic: 'x', payload: Buffer.from('x'), qos: 1, retain: true });
    const after = makeEngine({ clock, store });
    clock.advance(11_000);
    expect(after.retained('status')?.payload.toString()).toBe('gone');
  });

  describe('of a session that ends with its connection, when the broker dies', () => {
    const crash = async () => {
      const clock = testClock();
      const store = createMemoryStore();
      const before = makeEngine({ clock, store });
      await connectWire(before, { connect: { will } });
      await before.publish({ topic: 'x', payload: Buffer.from('x'), qos: 1, retain: true });
      return { clock, store, after: makeEngine({ clock, store }) };
    };

    test('is published if the client does not come back', async () => {
      const { clock, store, after } = await crash();
      clock.advance(40_000);
      expect(after.retained('status')?.payload.toString()).toBe('gone');
      expect(after.stats().sessions).toBe(0);
      await after.close();
      expect([...store.load().sessions]).toEqual([]);
    });

    test('is not if it does', async () => {
      const { clock, after } = await crash();
      const back = await connectWire(after, { connect: { clean: false } });
      expect(back.connack.sessionPresent).toBe(false);
      clock.advance(40_000);
      expect(after.retained('status')).toBeUndefined();
    });
  });
});

test('the end of a session with much waiting is written in parts, so that nobody else waits for it', async () => {
  const store = createMemoryStore();
  const batches: (readonly Change[])[] = [];
  const commit = (changes: readonly Change[]): void => void batches.push(changes);
  const clock = testClock();
  const engine = makeEngine({ store: { load: () => store.load(), commit }, clock });
  const wire = await connectWire(engine, kept);
  await subscribe(wire, 'a', { qos: 1 });
  wire.cut();
  await wire.closed;
  for (let index = 0; index < 3_000; index++)
    void engine.publish({ topic: 'a', payload: Buffer.from('x'), qos: 1, retain: false });
  await wire.expectNothing();
  batches.length = 0;
  await connectWire(engine);
  for (let seconds = 0; seconds < 10; seconds++) {
    clock.advance(500);
    await wire.expectNothing();
  }
  const ended = batches.flatMap((changes) => changes.filter(({ type }) => type === 'message-end'));
  expect(ended).toHaveLength(3_000);
  expect(Math.max(...batches.map(({ length }) => length))).toBeLessThan(1_000);
});
