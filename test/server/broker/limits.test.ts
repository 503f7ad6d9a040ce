import { generate } from 'mqtt-packet';
import { describe, expect, test } from 'vitest';
import { defaultLimits, countedLimits, limitName } from '../../../server/broker/engine/limits.ts';
import type { CountedLimit, EngineLimits } from '../../../server/broker/engine/limits.ts';
import { limitRanges } from '../../../server/broker/engine/limit-ranges.ts';
import type { Authentication, ConnectRequest, Engine } from '../../../server/broker/engine/engine.ts';
import { testClock } from '../../support/clock.ts';
import type { TestClock } from '../../support/clock.ts';
import { anyone, makeEngine } from '../../support/engine.ts';
import { bytes, kept, message, subscribe, unsubscribe } from '../../support/talk.ts';
import { connectWire, openWire } from '../../support/wire.ts';

interface Scene {
  readonly engine: Engine;
  readonly clock: TestClock;
}
type Overrun = (scene: Scene) => Promise<void>;

const say = (engine: Engine, topic: string, payload = '', more: { retain?: boolean; qos?: 0 | 1 } = {}) =>
  engine.publish({ topic, payload: Buffer.from(payload), qos: 0, retain: false, ...more });

/** Sends bytes before any CONNECT. */
const strange =
  (...content: Buffer[]): Overrun =>
  async ({ engine }) => {
    const wire = openWire(engine);
    for (const part of content) wire.send(part);
    await wire.closed;
  };

/** Logs in, sends, and waits until the broker has closed. */
const sentOff =
  (...content: Parameters<Awaited<ReturnType<typeof connectWire>>['send']>[0][]): Overrun =>
  async ({ engine }) => {
    const wire = await connectWire(engine, { version: 5 });
    wire.ignore();
    for (const part of content) wire.send(part);
    await wire.closed;
  };

const stalledSubscriber = async (engine: Engine, qos: 0 | 1) => {
  const wire = await connectWire(engine, { clientId: 'slow' });
  await subscribe(wire, 'a', { qos });
  wire.stall(true);
  return wire;
};

const absent = async (engine: Engine, clientId = 'away'): Promise<void> => {
  const wire = await connectWire(engine, kept(4, clientId));
  await subscribe(wire, 'a', { qos: 1 });
  wire.cut();
  await wire.closed;
};

/** A client id for which it never becomes known who it is. */
const neverKnown = 'never-known';
const authenticate = ({ clientId }: ConnectRequest): Promise<Authentication> =>
  clientId === neverKnown ? new Promise(() => undefined) : Promise.resolve({ ok: true, principal: anyone });

const connectAs = (clientId: string): Buffer =>
  generate({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, keepalive: 0, clientId });

const refused =
  (count: number): Overrun =>
  async ({ engine }) => {
    for (let index = 0; index < count; index++) await connectWire(engine, { clientId: `c${index}` });
    await openWire(engine).closed;
  };

/** How each limit is overrun once, and what it must be set to for that. */
const overruns: Readonly<Record<CountedLimit, readonly [limits: Partial<EngineLimits>, overrun: Overrun]>> = {
  maxConnectPacketBytes: [{ maxConnectPacketBytes: 100 }, strange(connectAs('x'.repeat(200)))],
  maxPacketBytes: [{ maxPacketBytes: 100 }, sentOff(message('a', 'x'.repeat(200)))],
  maxEarlyBytes: [{ maxEarlyBytes: 100 }, strange(connectAs('c'), Buffer.alloc(200))],
  connectTimeoutMs: [
    { connectTimeoutMs: 1_000 },
    async ({ engine, clock }) => {
      const wire = openWire(engine);
      clock.advance(2_000);
      await wire.closed;
    },
  ],
  authenticateTimeoutMs: [
    { authenticateTimeoutMs: 5_000 },
    async ({ engine, clock }) => {
      const wire = openWire(engine);
      wire.send(connectAs(neverKnown));
      clock.advance(6_000);
      await wire.closed;
    },
  ],
  maxHalfOpenConnections: [
    { maxHalfOpenConnections: 2 },
    async ({ engine }) => {
      const [oldest, next] = [openWire(engine), openWire(engine)];
      const newest = await connectWire(engine); // is half open for a moment itself
      await oldest.closed;
      expect([next.isClosed(), newest.isClosed()]).toEqual([false, false]);
    },
  ],
  maxConnections: [{ maxConnections: 2 }, refused(2)],
  maxConnectionsPerAddress: [{ maxConnectionsPerAddress: 2 }, refused(2)],
  maxClientIdBytes: [{ maxClientIdBytes: 30 }, strange(connectAs('x'.repeat(31)))],
  maxTopicLevels: [{ maxTopicLevels: 10 }, sentOff(message(Array(11).fill('a').join('/')))],
  maxSubscriptionsPerClient: [
    { maxSubscriptionsPerClient: 1 },
    async ({ engine }) => {
      const wire = await connectWire(engine);
      expect(await subscribe(wire, 'a', { qos: 0 })).toBe(0);
      expect(await subscribe(wire, 'b', { qos: 0 })).toBe(0x80);
      expect(await subscribe(wire, 'a', { qos: 1 })).toBe(1);
    },
  ],
  maxSubscriptionLevels: [
    { maxSubscriptionLevels: 5 },
    async ({ engine }) => {
      const wire = await connectWire(engine);
      expect(await subscribe(wire, '+/+/+', { qos: 0 })).toBe(0);
      expect(await subscribe(wire, 'a/b/c', { qos: 0 })).toBe(0x80);
      expect(await subscribe(wire, '+/+/+', { qos: 1 })).toBe(1);
      expect(await subscribe(wire, 'a/b', { qos: 0 })).toBe(0);
      await unsubscribe(wire, '+/+/+');
      expect(await subscribe(wire, 'a/b/c', { qos: 0 })).toBe(0);
    },
  ],
  maxSubscriptionBytes: [
    { maxSubscriptionBytes: 1_024 },
    async ({ engine }) => {
      const wire = await connectWire(engine);
      const [long, other] = ['ä'.repeat(500), 'ö'.repeat(500)];
      expect(await subscribe(wire, long, { qos: 0 })).toBe(0);
      expect(await subscribe(wire, other, { qos: 0 })).toBe(0x80);
      expect(await subscribe(wire, long, { qos: 1 })).toBe(1);
      expect(await subscribe(wire, 'short', { qos: 0 })).toBe(0);
      await unsubscribe(wire, long);
      expect(await subscribe(wire, other, { qos: 0 })).toBe(0);
    },
  ],
  maxSessions: [
    { maxSessions: 1 },
    async ({ engine }) => {
      await connectWire(engine);
      await expect(connectWire(engine, { clientId: 'other' })).rejects.toThrow('refused');
    },
  ],
  maxRetainedMessages: [
    { maxRetainedMessages: 2 },
    async ({ engine }) => {
      for (const topic of ['a', 'b', 'c']) await say(engine, topic, 'x', { retain: true });
      await say(engine, 'a', 'y', { retain: true });
      await say(engine, '$kachel/own', 'x', { retain: true });
      expect([engine.retained('c'), engine.retained('$kachel/own')?.topic]).toEqual([undefined, '$kachel/own']);
    },
  ],
  maxRetainedBytes: [
    { maxRetainedBytes: 100_000 },
    async ({ engine }) => {
      await say(engine, 'a', 'x'.repeat(50_000), { retain: true });
      await say(engine, 'b', 'x'.repeat(50_000), { retain: true });
      await say(engine, 'a', 'x'.repeat(49_000), { retain: true });
      expect([engine.retained('b'), engine.retained('a')?.payload.length]).toEqual([undefined, 49_000]);
    },
  ],
  receiveMaximum: [
    { receiveMaximum: 1 },
    sentOff(...[1, 2].map((messageId) => message('a', 'x', { qos: 2, messageId }))),
  ],
  maxQueuedMessages: [
    { maxQueuedMessages: 2 },
    async ({ engine }) => {
      await absent(engine);
      for (const payload of ['1', '2', '3']) await say(engine, 'a', payload, { qos: 1 });
      expect(engine.figures().queuedMessages).toBe(2);
    },
  ],
  maxQueuedBytes: [
    { maxQueuedBytes: 1_000 },
    async ({ engine }) => {
      await absent(engine);
      for (const payload of ['1', '2', '3']) await say(engine, 'a', payload.repeat(400), { qos: 1 });
      expect(engine.figures().queuedMessages).toBe(2);
    },
  ],
  congestedQueuedMessages: [
    { maxTotalQueuedBytes: 1_000, congestedQueuedMessages: 1 },
    async ({ engine, clock }) => {
      await absent(engine);
      await say(engine, 'a', 'x'.repeat(1_000), { qos: 1 });
      clock.advance(1_000);
      await say(engine, 'a', 'x'.repeat(1_000), { qos: 1 });
      expect(engine.figures().queuedMessages).toBe(1);
    },
  ],
  maxOutboundBytes: [
    { maxOutboundBytes: 1_500 },
    async ({ engine }) => {
      const slow = await stalledSubscriber(engine, 0);
      for (let index = 0; index < 3; index++) {
        await say(engine, 'a', 'x'.repeat(1_000));
        await slow.expectNothing();
      }
    },
  ],
  congestedOutboundBytes: [
    { maxTotalOutboundBytes: 1_500, congestedOutboundBytes: 1_000 },
    async ({ engine, clock }) => {
      const slow = await stalledSubscriber(engine, 0);
      for (let index = 0; index < 2; index++) {
        await say(engine, 'a', 'x'.repeat(1_000));
        await slow.expectNothing();
      }
      clock.advance(1_000);
      await say(engine, 'a', 'x'.repeat(1_000));
    },
  ],
  maxUnreadAnswerBytes: [
    { maxUnreadAnswerBytes: 4_000 },
    async ({ engine }) => {
      const wire = await connectWire(engine);
      wire.stall(true);
      for (let index = 0; index < 50 && !wire.isClosed(); index++) {
        wire.send(Buffer.concat(Array<Buffer>(100).fill(generate({ cmd: 'pingreq' }))));
        await wire.expectNothing();
      }
      await wire.closed;
    },
  ],
  drainTimeoutMs: [
    { drainTimeoutMs: 1_000 },
    async ({ engine, clock }) => {
      const slow = await stalledSubscriber(engine, 0);
      await say(engine, 'a', 'x');
      await slow.expectNothing();
      clock.advance(3_000);
      await slow.closed;
    },
  ],
  topicAliasMaximum: [{ topicAliasMaximum: 5 }, sentOff(message('a', 'x', { properties: { topicAlias: 6 } }))],
  maxMessagesPerSecond: [
    { maxMessagesPerSecond: 5 },
    async ({ engine }) => {
      const wire = await connectWire(engine);
      for (let index = 0; index < 6; index++) wire.send(message('a'));
      await wire.expectNothing();
    },
  ],
  maxStrayAcksPerSecond: [
    { maxStrayAcksPerSecond: 100 },
    sentOff(...Array.from({ length: 101 }, () => ({ cmd: 'pubrel', messageId: 7 }) as const)),
  ],
};

describe('each limit, once it is overrun, is counted under its own name', () => {
  test.each(countedLimits)('%s', async (limit) => {
    const [limits, overrun] = overruns[limit];
    const clock = testClock();
    const engine = makeEngine({ clock, limits, authenticate });
    await overrun({ engine, clock });
    const exceeded = Object.entries(engine.figures().limitsExceeded).filter(([, count]) => count > 0);
    expect(exceeded).toEqual([[limitName(limit), 1]]);
    clock.advance(10_000);
    const shown = engine.retained(`$SYS/broker/kachel/limit-exceeded/${limitName(limit)}`);
    expect(Buffer.from(shown!.payload).toString()).not.toBe('0');
  });
});

test.each(Object.entries(defaultLimits))('%s is by default within what it may be', (name, value) => {
  const range = limitRanges[name as keyof EngineLimits];
  if ('words' in range) expect(range.words).toContain(value);
  else if ('isSwitch' in range) expect(typeof value).toBe('boolean');
  else {
    expect(value).toBeGreaterThanOrEqual(range.min);
    expect(value).toBeLessThanOrEqual(range.max);
  }
});

describe('acknowledgements of nothing', () => {
  test.each(['40 02 0007', '50 02 0007', '62 02 0007', '70 02 0007'])(
    '%s too often ends the connection',
    async (ack) => {
      const engine = makeEngine({ clock: testClock(), limits: { maxStrayAcksPerSecond: 10 } });
      const wire = await connectWire(engine);
      wire.ignore();
      for (let index = 0; index < 11; index++) wire.send(bytes(ack));
      await wire.closed;
    },
  );

  test('now and then hurt nobody: answers may cross on the way', async () => {
    const clock = testClock();
    const engine = makeEngine({ clock, limits: { maxStrayAcksPerSecond: 10 } });
    const wire = await connectWire(engine);
    for (let second = 0; second < 10; second++) {
      for (let index = 0; index < 9; index++) {
        wire.send({ cmd: 'pubrel', messageId: 7 });
        await wire.expect('pubcomp');
      }
      clock.advance(1_000);
    }
    expect(wire.isClosed()).toBe(false);
  });
});

test('a client with messages waiting may ask whether the broker is there as often as it likes', async () => {
  const engine = makeEngine({ limits: { maxUnreadAnswerBytes: 1_000 } });
  const wire = await connectWire(engine);
  for (let index = 0; index < 2_000; index++) {
    wire.send({ cmd: 'pingreq' });
    await wire.expect('pingresp');
  }
  expect(wire.isClosed()).toBe(false);
});

test('bytes that wait count with their properties', async () => {
  const engine = makeEngine();
  await absent(engine);
  const properties = { userProperties: Array.from({ length: 50 }, () => ['name', 'x'.repeat(100)] as const) };
  await engine.publish({ topic: 'a', payload: Buffer.from('x'), qos: 1, retain: false, properties });
  expect(engine.figures().queuedBytes).toBeGreaterThan(5_000);
});

test('retained messages count with the levels that they alone have', async () => {
  const deep = (last: string): string => [...Array<string>(99).fill('x'), last].join('/');
  const engine = makeEngine();
  const grownBy = async (topic: string): Promise<number> => {
    const before = engine.figures().retainedBytes;
    await say(engine, topic, 'x', { retain: true });
    return engine.figures().retainedBytes - before;
  };
  const first = await grownBy(deep('a'));
  expect(first).toBeGreaterThan(99 * 100);
  expect(await grownBy(deep('b'))).toBeLessThan(first / 10);
  const before = engine.figures().retainedBytes;
  await say(engine, deep('a'), '', { retain: true });
  await say(engine, deep('b'), '', { retain: true });
  expect(before - engine.figures().retainedBytes).toBeGreaterThan(first);
});

test('a retained message holds no more memory than its own bytes', async () => {
  const engine = makeEngine();
  await say(engine, 'a', 'xyz', { retain: true });
  expect(engine.retained('a')?.payload.buffer.byteLength).toBe(3);
});

test('a client may have all its subscriptions with ordinary filters: neither their levels nor their bytes are in the way', async () => {
  const wire = await connectWire(makeEngine());
  const { maxSubscriptionsPerClient: count } = defaultLimits;
  const perPacket = 100;
  for (let from = 0; from < count; from += perPacket) {
    const subscriptions = Array.from({ length: perPacket }, (_, index) => ({
      topic: `${from + index}/${'room/'.repeat(8)}`.padEnd(200, 'x'),
      qos: 0 as const,
    }));
    wire.send({ cmd: 'subscribe', messageId: 1, subscriptions });
    expect((await wire.expect('suback')).granted).toEqual(Array(perPacket).fill(0));
  }
});
