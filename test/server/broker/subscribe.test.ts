import { describe, expect, test } from 'vitest';
import type { Engine } from '../../../server/broker/engine/engine.ts';
import { testClock } from '../../support/clock.ts';
import { makeEngine } from '../../support/engine.ts';
import { connectWire } from '../../support/wire.ts';
import type { Wire } from '../../support/wire.ts';

const put = (engine: Engine, topic: string, payload: string, qos: 0 | 1 | 2 = 0): Promise<void> =>
  engine.publish({ topic, payload: Buffer.from(payload), qos, retain: true });

const say = (engine: Engine, topic: string, payload = 'x', qos: 0 | 1 | 2 = 0): Promise<void> =>
  engine.publish({ topic, payload: Buffer.from(payload), qos, retain: false });

const subscribe = (wire: Wire, topic: string, options: object = {}): void =>
  wire.send({ cmd: 'subscribe', messageId: 5, subscriptions: [{ topic, qos: 1, ...options }] });

describe('SUBSCRIBE', () => {
  test('over the limit of one client: 0x97, or 0x80', async () => {
    const engine = makeEngine({ limits: { maxSubscriptionsPerClient: 1 } });
    const wire = await connectWire(engine, { version: 5 });
    subscribe(wire, 'a');
    expect((await wire.expect('suback')).granted).toEqual([1]);
    subscribe(wire, 'b');
    expect((await wire.expect('suback')).granted).toEqual([0x97]);
    subscribe(wire, 'a');
    expect((await wire.expect('suback')).granted).toEqual([1]);
  });
});

describe('retained messages', () => {
  test.each([
    [0, 2],
    [1, 1],
    [2, 0],
  ])(
    '5.0 [MQTT-3.3.1-9] [MQTT-3.3.1-10] [MQTT-3.3.1-11] [MQTT-3.8.4-4] retain handling %i sends them %i times to two equal subscriptions',
    async (rh, times) => {
      const engine = makeEngine();
      await put(engine, 'a', 'x');
      const wire = await connectWire(engine, { version: 5 });
      let count = 0;
      for (let round = 0; round < 2; round++) {
        subscribe(wire, 'a', { rh });
        await wire.expect('suback');
        wire.send({ cmd: 'pingreq' });
        while ((await wire.next()).cmd === 'publish') count++;
      }
      expect(count).toBe(times);
    },
  );

  test.each([
    ['#', ['/', 'a', 'a/', 'a/b', 'a/b/c', 'c']],
    ['+', ['a', 'c']],
    ['a/#', ['a', 'a/', 'a/b', 'a/b/c']],
    ['a/+', ['a/', 'a/b']],
    ['+/+', ['/', 'a/', 'a/b']],
    ['$SYS2/#', ['$SYS2/x']],
  ])('%s finds its topics', async (filter, topics) => {
    const engine = makeEngine();
    for (const topic of ['a', 'a/', 'a/b', 'a/b/c', 'c', '/', '$SYS2/x']) await put(engine, topic, 'x');
    const wire = await connectWire(engine);
    subscribe(wire, filter);
    await wire.expect('suback');
    wire.send({ cmd: 'pingreq' });
    const found: string[] = [];
    for (let packet = await wire.next(); packet.cmd === 'publish'; packet = await wire.next()) found.push(packet.topic);
    expect(found.sort()).toEqual(topics);
  });

  test('5.0 [MQTT-3.3.2-6] they expire', async () => {
    const clock = testClock();
    const engine = makeEngine({ clock });
    await engine.publish({
      topic: 'a',
      payload: Buffer.from('x'),
      qos: 0,
      retain: true,
      properties: { messageExpiryIntervalSeconds: 10 },
    });
    clock.advance(4_000);
    const wire = await connectWire(engine, { version: 5 });
    subscribe(wire, 'a');
    await wire.expect('suback');
    expect(await wire.expect('publish')).toMatchObject({ properties: { messageExpiryInterval: 6 } });
    clock.advance(7_000);
    subscribe(wire, 'a');
    await wire.expect('suback');
    await wire.expectNothing();
    expect(engine.retained('a')).toBeUndefined();
  });

  test('over the limits a new topic is not kept, and that is counted', async () => {
    const engine = makeEngine({ limits: { maxRetainedMessages: 80 } });
    const own = engine.stats().retainedMessages;
    for (let index = 0; index < 100; index++) await put(engine, `t/${index}`, 'x');
    expect(engine.stats().retainedMessages - own).toBe(80);
    expect(engine.stats().messagesDropped).toBeGreaterThan(0);
  });

  test('ten thousand of them reach a client that reads slowly, all of them', async () => {
    const engine = makeEngine({ limits: { maxOutboundBytes: 20_000 } });
    for (let index = 0; index < 10_000; index++) void put(engine, `t/${index}`, 'x'.repeat(20));
    const wire = await connectWire(engine);
    wire.stall(true);
    subscribe(wire, 't/#', { qos: 0 });
    await wire.expectNothing();
    const early = wire.writes.reduce((sum, chunk) => sum + chunk.length, 0);
    expect(early).toBeLessThan(100_000);
    const total = (): number => wire.writes.reduce((sum, chunk) => sum + chunk.length, 0);
    for (let previous = 0; previous < total();) {
      previous = total();
      wire.stall(false);
      wire.stall(true);
      await wire.expectNothing();
    }
    const bytes = Buffer.concat(wire.writes.map((chunk) => Buffer.from(chunk))).toString('latin1');
    expect(bytes.match(/t\/\d+x{20}/g)).toHaveLength(10_000);
  });

  test('thousands of them leave the others their turn', async () => {
    const engine = makeEngine();
    for (let index = 0; index < 5_000; index++) void put(engine, `t/${index}`, 'x'.repeat(20));
    const wire = await connectWire(engine);
    const other = await connectWire(engine, { clientId: 'other' });
    const written = (): number => wire.writes.reduce((sum, chunk) => sum + chunk.length, 0);
    subscribe(wire, 't/#', { qos: 0 });
    other.send({ cmd: 'pingreq' });
    await other.expect('pingresp');
    const early = written();
    expect(early).toBeLessThan(5_000 * 20);
    for (let previous = 0; previous < written();) {
      previous = written();
      await other.expectNothing();
    }
    const bytes = Buffer.concat(wire.writes.map((chunk) => Buffer.from(chunk))).toString('latin1');
    expect(bytes.match(/t\/\d+x{20}/g)).toHaveLength(5_000);
  });

  test('end with the connection, and are not queued for a session that stays', async () => {
    const engine = makeEngine();
    for (let index = 0; index < 5_000; index++) void put(engine, `t/${index}`, 'x');
    const wire = await connectWire(engine, { connect: { clean: false } });
    subscribe(wire, 't/#', { qos: 0 });
    await wire.next();
    wire.cut();
    await wire.closed;
    const again = await connectWire(engine, { connect: { clean: false } });
    await again.expectNothing();
  });
});

describe('shared subscriptions', () => {
  const share = async (engine: Engine, clientId: string, connect: object = {}): Promise<Wire> => {
    const wire = await connectWire(engine, { version: 5, clientId, connect });
    subscribe(wire, '$share/group/a/#');
    await wire.expect('suback');
    return wire;
  };

  test('each message goes to one member, in turn, beside ordinary subscribers', async () => {
    const engine = makeEngine();
    const members = [await share(engine, 'one'), await share(engine, 'two'), await share(engine, 'three')];
    const plain = await connectWire(engine, { clientId: 'plain' });
    subscribe(plain, 'a/b');
    await plain.expect('suback');
    for (let count = 0; count < 6; count++) await say(engine, 'a/b', String(count));
    for (const member of members) {
      await member.expect('publish');
      await member.expect('publish');
      await member.expectNothing();
    }
    for (let count = 0; count < 6; count++) await plain.expect('publish');
  });

  test('retained messages are not sent for them', async () => {
    const engine = makeEngine();
    await put(engine, 'a/b', 'x');
    await (await share(engine, 'one')).expectNothing();
  });

  test('an absent member is passed over while another is there', async () => {
    const engine = makeEngine();
    const connect = { clean: false, properties: { sessionExpiryInterval: 100 } };
    const away = await share(engine, 'away', connect);
    const there = await share(engine, 'there');
    away.cut();
    await away.closed;
    for (let count = 0; count < 3; count++) await say(engine, 'a/b', String(count), 1);
    for (let count = 0; count < 3; count++) await there.expect('publish');
    there.cut();
    await there.closed;
    await say(engine, 'a/b', 'kept', 1);
    const back = await connectWire(engine, { version: 5, clientId: 'away', connect });
    expect((await back.expect('publish')).payload.toString()).toBe('kept');
  });
});
