import { describe, expect, test } from 'vitest';
import { generate } from 'mqtt-packet';
import type { IPublishPacket } from 'mqtt-packet';
import { testClock } from '../../support/clock.ts';
import { makeEngine } from '../../support/engine.ts';
import { connectWire, openWire } from '../../support/wire.ts';
import type { Wire } from '../../support/wire.ts';

const message = (rest: Partial<IPublishPacket> = {}): IPublishPacket => ({
  cmd: 'publish',
  topic: 'a',
  payload: 'x'.repeat(1000),
  qos: 0,
  dup: false,
  retain: false,
  ...rest,
});

const subscribe = async (wire: Wire, qos: 0 | 1 | 2): Promise<void> => {
  wire.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'a', qos }] });
  await wire.expect('suback');
};

const bytesWritten = (wire: Wire): number => wire.writes.reduce((sum, chunk) => sum + chunk.length, 0);

describe('a client that does not read', () => {
  test('loses QoS 0 over its limit, counted; everybody else gets everything', async () => {
    const engine = makeEngine({ limits: { maxOutboundBytes: 20_000 } });
    const slow = await connectWire(engine, { clientId: 'slow' });
    const quick = await connectWire(engine, { clientId: 'quick' });
    await subscribe(slow, 0);
    await subscribe(quick, 0);
    slow.stall(true);
    const publisher = await connectWire(engine, { clientId: 'publisher' });
    for (let count = 0; count < 100; count++) {
      publisher.send(message());
      expect((await quick.expect('publish')).payload.length).toBe(1000);
    }
    expect(bytesWritten(slow)).toBeLessThan(25_000);
    const dropped = engine.clients().find((client) => client.clientId === 'slow')?.messagesDropped ?? 0;
    expect(dropped).toBeGreaterThan(70);
    expect(engine.retained('$SYS/broker/kachel/dropped/slow-client')).toBeDefined();
  });

  test('keeps QoS 1 in its queue and gets it when it reads again', async () => {
    const engine = makeEngine({ limits: { maxOutboundBytes: 20_000 } });
    const slow = await connectWire(engine, { clientId: 'slow' });
    await subscribe(slow, 1);
    slow.stall(true);
    for (let count = 0; count < 100; count++)
      await engine.publish({ topic: 'a', payload: Buffer.alloc(1000), qos: 1, retain: false });
    await slow.expectNothing();
    expect(bytesWritten(slow)).toBeLessThan(25_000);
    for (let previous = 0; previous < bytesWritten(slow);) {
      previous = bytesWritten(slow);
      slow.stall(false);
      slow.stall(true);
      await slow.expectNothing();
    }
    expect(bytesWritten(slow)).toBeGreaterThan(100 * 1000);
    expect(engine.stats().messagesDropped).toBe(0);
  });

  test('has less room when many do not read', async () => {
    const clock = testClock();
    const limits = { maxOutboundBytes: 100_000, maxTotalOutboundBytes: 150_000, congestedOutboundBytes: 5_000 };
    const engine = makeEngine({ clock, limits });
    const slow: Wire[] = [];
    for (const clientId of ['1', '2', '3', '4']) {
      const wire = await connectWire(engine, { clientId });
      await subscribe(wire, 0);
      wire.stall(true);
      slow.push(wire);
    }
    const flood = async (): Promise<void> => {
      for (let count = 0; count < 50; count++) {
        await engine.publish({ topic: 'a', payload: Buffer.alloc(1000), qos: 0, retain: false });
        await slow[0]?.expectNothing();
      }
    };
    await flood();
    const early = slow.map(bytesWritten);
    clock.advance(1_000);
    await flood();
    expect(slow.map(bytesWritten)).toEqual(early);
  });

  test('is sent off after the drain timeout, unless it makes progress', async () => {
    const clock = testClock();
    const engine = makeEngine({ clock, limits: { drainTimeoutMs: 10_000 } });
    const slow = await connectWire(engine, { clientId: 'slow' });
    await subscribe(slow, 0);
    slow.stall(true);
    await engine.publish({ topic: 'a', payload: Buffer.alloc(10), qos: 0, retain: false });
    await slow.expectNothing();
    clock.advance(8_000);
    slow.stall(false);
    clock.advance(1_000);
    slow.stall(true);
    await engine.publish({ topic: 'a', payload: Buffer.alloc(10), qos: 0, retain: false });
    await slow.expectNothing();
    clock.advance(8_000);
    expect(slow.isClosed()).toBe(false);
    clock.advance(4_000);
    await slow.closed;
  });
});

// With a clock that stands still: what takes long would be handled in several turns.
describe('batching', () => {
  test('everything for one client in one turn is one write', async () => {
    const engine = makeEngine({ clock: testClock() });
    const wire = await connectWire(engine);
    await subscribe(wire, 1);
    const before = wire.writes.length;
    for (let messageId = 1; messageId <= 50; messageId++) wire.send(message({ qos: 1, messageId }));
    for (let count = 0; count < 100; count++) await wire.next();
    expect(wire.writes.length - before).toBe(1);
  });

  test('a client that has been alone for a while is answered at once; with others there, everything is one write again', async () => {
    const engine = makeEngine({ clock: testClock() });
    const wire = await connectWire(engine);
    const ping = async (): Promise<boolean> => {
      const before = wire.writes.length;
      wire.send({ cmd: 'pingreq' });
      const isAtOnce = wire.writes.length > before;
      await wire.expect('pingresp');
      return isAtOnce;
    };
    const count = async (): Promise<number> => {
      let atOnce = 0;
      for (let turn = 0; turn < 100; turn++) if (await ping()) atOnce++;
      return atOnce;
    };
    await count();
    expect(await count()).toBeGreaterThan(90);
    const other = await connectWire(engine, { clientId: 'other' });
    const both = async (): Promise<number> => {
      const before = wire.writes.length;
      wire.send({ cmd: 'pingreq' });
      other.send({ cmd: 'pingreq' });
      wire.send({ cmd: 'pingreq' });
      await wire.expect('pingresp');
      await wire.expect('pingresp');
      await other.expect('pingresp');
      return wire.writes.length - before;
    };
    for (let turn = 0; turn < 50; turn++) await both();
    expect(await both()).toBe(1);
  });
});

describe('a client that floods', () => {
  /** Each message takes a millisecond. */
  const slowEngine = () => {
    const clock = testClock();
    return makeEngine({ clock, inspectorFor: () => () => void clock.advance(1) });
  };
  const burst = (count: number, topic = 'a'): Buffer =>
    Buffer.concat(Array.from({ length: count }, (_, index) => generate(message({ topic, payload: `${index}` }))));

  test('takes its share of a turn, then the others come; nothing is lost, and nothing overtakes', async () => {
    const engine = slowEngine();
    const watcher = await connectWire(engine, { clientId: 'watcher' });
    await subscribe(watcher, 0);
    const flooder = await connectWire(engine, { clientId: 'flooder' });
    const other = await connectWire(engine, { clientId: 'other' });
    flooder.send(burst(100));
    flooder.send(burst(100));
    other.send(message({ payload: 'other' }));
    const came: string[] = [];
    for (let count = 0; count < 201; count++) came.push((await watcher.expect('publish')).payload.toString());
    expect(came.indexOf('other')).toBeLessThan(20);
    const numbers = Array.from({ length: 100 }, (_, index) => `${index}`);
    expect(came.filter((payload) => payload !== 'other')).toEqual([...numbers, ...numbers]);
  });

  test('is not read from meanwhile, and read from again afterwards', async () => {
    const engine = slowEngine();
    const watcher = await connectWire(engine, { clientId: 'watcher' });
    await subscribe(watcher, 0);
    const flooder = await connectWire(engine, { clientId: 'flooder' });
    flooder.send(burst(100));
    expect(flooder.isPaused()).toBe(true);
    for (let count = 0; count < 100; count++) await watcher.expect('publish');
    await watcher.expectNothing();
    expect(flooder.isPaused()).toBe(false);
  });

  test('is read from when it is sent off, so that its end is seen', async () => {
    const engine = slowEngine();
    const flooder = await connectWire(engine, { clientId: 'flooder' });
    flooder.send(burst(100));
    expect(flooder.isPaused()).toBe(true);
    engine.disconnect(() => true, 'administrative');
    expect(flooder.isPaused()).toBe(false);
    await flooder.closed;
  });
});

describe('limits', () => {
  test('connections per address, loopback not counted', async () => {
    const engine = makeEngine({ limits: { maxConnectionsPerAddress: 2 } });
    const far = { remoteAddress: '198.51.100.7' };
    await connectWire(engine, { clientId: '1', origin: far });
    const second = await connectWire(engine, { clientId: '2', origin: far });
    await openWire(engine, { origin: far }).closed;
    await connectWire(engine, { clientId: '3', origin: { remoteAddress: '198.51.100.8' } });
    second.cut();
    await second.closed;
    await connectWire(engine, { clientId: '4', origin: far });
    for (let index = 0; index < 5; index++)
      await connectWire(engine, { clientId: `l${index}`, origin: { remoteAddress: '::ffff:127.0.0.1' } });
  });

  test('connections in all', async () => {
    const engine = makeEngine({ limits: { maxConnections: 1 } });
    await connectWire(engine);
    await openWire(engine).closed;
  });

  test('sessions in all', async () => {
    const engine = makeEngine({ limits: { maxSessions: 1 } });
    const first = await connectWire(engine, { connect: { clean: false } });
    first.cut();
    await first.closed;
    await expect(connectWire(engine, { clientId: 'other', version: 5 })).rejects.toThrow(`refused with ${0x97}`);
    await connectWire(engine, { connect: { clean: false } });
  });

  test('topic levels', async () => {
    const wire = await connectWire(makeEngine({ limits: { maxTopicLevels: 10 } }), { version: 5 });
    wire.send(message({ topic: Array(10).fill('a').join('/') }));
    await wire.expectNothing();
    wire.send(message({ topic: Array(11).fill('a').join('/') }));
    expect((await wire.expect('disconnect')).reasonCode).toBe(0x81);
  });

  test('packet size before and after login', async () => {
    const engine = makeEngine({ limits: { maxConnectPacketBytes: 100, maxPacketBytes: 2000 } });
    const early = openWire(engine);
    early.send({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: true,
      keepalive: 0,
      clientId: 'x'.repeat(200),
    });
    await early.closed;
    const wire = await connectWire(engine, { version: 5 });
    expect(wire.connack.properties?.maximumPacketSize).toBe(2000);
    wire.send(message());
    await wire.expectNothing();
    wire.send(message({ payload: 'x'.repeat(2000) }));
    expect((await wire.expect('disconnect')).reasonCode).toBe(0x95);
  });

  test('messages per second of one client: those over it are dropped, counted and refused in 5.0', async () => {
    const clock = testClock();
    const engine = makeEngine({ clock, limits: { maxMessagesPerSecond: 10 } });
    const watcher = await connectWire(engine, { clientId: 'watcher' });
    await subscribe(watcher, 0);
    const wire = await connectWire(engine, { version: 5 });
    for (let messageId = 1; messageId <= 12; messageId++) wire.send(message({ qos: 1, messageId }));
    const codes: (number | undefined)[] = [];
    for (let count = 0; count < 12; count++) codes.push((await wire.expect('puback')).reasonCode);
    expect(codes.filter((code) => code === 0x97)).toHaveLength(2);
    for (let count = 0; count < 10; count++) await watcher.expect('publish');
    clock.advance(500);
    for (let messageId = 1; messageId <= 6; messageId++) wire.send(message({ qos: 1, messageId }));
    for (let count = 0; count < 5; count++) await watcher.expect('publish');
    await watcher.expectNothing();
    expect(engine.stats().messagesDropped).toBe(3);
  });
});
