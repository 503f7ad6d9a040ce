import { describe, expect, onTestFinished, test } from 'vitest';
import type { Delivery, Engine, EngineEvent } from '../../server/broker/engine/engine.ts';
import type { EngineOptions } from '../../server/broker/engine/options.ts';
import { kept, message, payloadOf, subscribe } from '../support/talk.ts';
import { connectWire, openWire } from '../support/wire.ts';

/** What a broker asks its house. */
export type Rules = Partial<Pick<EngineOptions, 'authenticate' | 'authorize'>>;

/** Makes a broker on empty memory; without rules everybody may do everything. */
export type MakeEngine = (rules?: Rules) => Engine | Promise<Engine>;

const say = (topic: string, payload: string, retain = false) =>
  ({ topic, payload: Buffer.from(payload), qos: 0, retain }) as const;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What Kachel needs of any broker, whoever wrote it: seen through `Engine` and through MQTT alone. */
export function describeEngine(name: string, makeEngine: MakeEngine): void {
  const make = async (rules?: Rules): Promise<Engine> => {
    const engine = await makeEngine(rules);
    onTestFinished(() => engine.close());
    return engine;
  };

  describe(name, () => {
    describe('messages', () => carries(make));
    describe('sessions', () => remembers(make));
    describe('rights', () => asks(make));
    describe('the house', () => tells(make));
  });
}

type Make = (rules?: Rules) => Promise<Engine>;

function carries(make: Make): void {
  test('go from client to client, over wildcards', async () => {
    const engine = await make();
    const subscriber = await connectWire(engine, { clientId: 'subscriber' });
    await subscribe(subscriber, 'a/+', { qos: 0 });
    const publisher = await connectWire(engine, { clientId: 'publisher' });
    publisher.send({ cmd: 'publish', dup: false, ...say('a/b', 'x') });
    expect(await subscriber.expect('publish')).toMatchObject({ topic: 'a/b', qos: 0 });
  });

  test.each([
    [2, 1, 1],
    [1, 2, 1],
    [2, 2, 2],
    [2, 0, 0],
  ] as const)('published at QoS %i and subscribed to at QoS %i arrive at QoS %i', async (published, asked, arrived) => {
    const engine = await make();
    const subscriber = await connectWire(engine, { clientId: 'subscriber' });
    await subscribe(subscriber, 'a', { qos: asked });
    const publisher = await connectWire(engine, { clientId: 'publisher' });
    publisher.send(message('a', 'x', { qos: published, messageId: 1 }));
    await publisher.expect(published === 2 ? 'pubrec' : 'puback');
    if (published === 2) {
      publisher.send({ cmd: 'pubrel', messageId: 1 });
      await publisher.expect('pubcomp');
    }
    expect((await subscriber.expect('publish')).qos).toBe(arrived);
  });

  test('under overlapping filters come at the highest QoS [MQTT-3.3.5-1]', async () => {
    const engine = await make();
    const wire = await connectWire(engine);
    await subscribe(wire, 'a/#', { qos: 0 });
    await subscribe(wire, 'a/b', { qos: 1 });
    await engine.publish({ ...say('a/b', 'x'), qos: 1 });
    expect((await wire.expect('publish')).qos).toBe(1);
  });

  test('of MQTT 5 keep their properties', async () => {
    const engine = await make();
    const wire = await connectWire(engine, { version: 5 });
    await subscribe(wire, 'a', { qos: 0 });
    wire.send(message('a', 'x', { properties: { contentType: 'text/plain', responseTopic: 'b' } }));
    const { properties } = await wire.expect('publish');
    expect(properties).toMatchObject({ contentType: 'text/plain', responseTopic: 'b' });
  });

  test('that are retained come to new subscribers, until they are cleared', async () => {
    const engine = await make();
    await engine.publish(say('a', 'x', true));
    const first = await connectWire(engine, { clientId: 'first' });
    await subscribe(first, 'a', { qos: 0 });
    expect(await first.expect('publish')).toMatchObject({ retain: true, payload: Buffer.from('x') });
    await engine.publish(say('a', '', true));
    const second = await connectWire(engine, { clientId: 'second' });
    await subscribe(second, 'a', { qos: 0 });
    await second.expectNothing();
  });

  test('of a shared subscription go to one member each [MQTT-4.8.2]', async () => {
    const engine = await make();
    const members = [
      await connectWire(engine, { clientId: '1', version: 5 }),
      await connectWire(engine, { clientId: '2', version: 5 }),
    ] as const;
    for (const member of members) await subscribe(member, '$share/g/a', { qos: 0 });
    for (let count = 0; count < 4; count++) await engine.publish(say('a', 'x'));
    for (const member of members) {
      await member.expect('publish');
      await member.expect('publish');
      await member.expectNothing();
    }
  });

  test('reach everybody else while one does not read', async () => {
    const engine = await make();
    const slow = await connectWire(engine, { clientId: 'slow' });
    const quick = await connectWire(engine, { clientId: 'quick' });
    await subscribe(slow, 'a', { qos: 0 });
    await subscribe(quick, 'a', { qos: 0 });
    slow.stall(true);
    const publisher = await connectWire(engine, { clientId: 'publisher' });
    for (let count = 0; count < 200; count++) {
      publisher.send(message('a', 'x'.repeat(100_000)));
      expect((await quick.expect('publish')).payload).toHaveLength(100_000);
    }
  });

  test('with rubbish in them end that connection alone', async () => {
    const engine = await make();
    const good = await connectWire(engine, { clientId: 'good' });
    await subscribe(good, 'a', { qos: 0 });
    const bad = await connectWire(engine, { clientId: 'bad' });
    bad.send(Buffer.from('ffffffffff', 'hex'));
    await bad.closed;
    await engine.publish(say('a', 'x'));
    await good.expect('publish');
  });
}

function remembers(make: Make): void {
  test.each([4, 5] as const)('what came while a client was away (MQTT %i)', async (version) => {
    const engine = await make();
    const wire = await connectWire(engine, kept(version));
    await subscribe(wire, 'a', { qos: 1 });
    wire.cut();
    await wire.closed;
    for (const payload of ['1', '2', '3']) await engine.publish({ ...say('a', payload), qos: 1 });
    const back = await connectWire(engine, kept(version));
    expect(back.connack.sessionPresent).toBe(true);
    for (const payload of ['1', '2', '3']) expect(payloadOf(await back.expect('publish'))).toBe(payload);
  });

  test('nothing of a client that began anew', async () => {
    const engine = await make();
    const wire = await connectWire(engine, kept(4));
    await subscribe(wire, 'a', { qos: 1 });
    wire.cut();
    await wire.closed;
    const back = await connectWire(engine);
    expect(back.connack.sessionPresent).toBe(false);
    await engine.publish({ ...say('a', 'x'), qos: 1 });
    await back.expectNothing();
  });

  test('a client id has one connection: the newer one, and 5.0 is told [MQTT-3.1.4-3]', async () => {
    const engine = await make();
    const older = await connectWire(engine, { version: 5 });
    await connectWire(engine, { version: 5 });
    expect((await older.expect('disconnect')).reasonCode).toBe(0x8e);
    await older.closed;
    expect(engine.clients()).toHaveLength(1);
  });

  test('are listed and can be ended, their connections with them', async () => {
    const engine = await make();
    const wire = await connectWire(engine, kept(4, 'lamp'));
    await subscribe(wire, 'a', { qos: 1 });
    expect(engine.sessions()).toMatchObject([{ clientId: 'lamp', filters: ['a'] }]);
    expect(engine.endSessions(({ clientId }) => clientId === 'lamp')).toBe(1);
    await wire.closed;
    expect(engine.sessions()).toEqual([]);
    expect((await connectWire(engine, kept(4, 'lamp'))).connack.sessionPresent).toBe(false);
  });
}

function asks(make: Make): void {
  test('who is it? Nobody gets in without a yes, and it is told', async () => {
    const engine = await make({ authenticate: () => Promise.resolve({ ok: false, reason: 'bad-credentials' }) });
    const events: EngineEvent[] = [];
    engine.onEvent((event) => events.push(event));
    await expect(connectWire(engine, { version: 5 })).rejects.toThrow(`refused with ${0x86}`);
    expect(events).toMatchObject([{ type: 'turned-away', clientId: 'client', reason: 'bad-credentials' }]);
  });

  test('may it publish? If not, nobody gets it; 5.0 is told 0x87', async () => {
    const engine = await make({ authorize: (_principal, action) => action !== 'publish' });
    const wire = await connectWire(engine, { version: 5 });
    await subscribe(wire, 'a', { qos: 0 });
    wire.send(message('a', 'x', { qos: 1, messageId: 1 }));
    expect((await wire.expect('puback')).reasonCode).toBe(0x87);
    await wire.expectNothing();
  });

  test.each([
    [4, 0x80],
    [5, 0x87],
  ] as const)('may it subscribe? If not, MQTT %i gets %i', async (version, code) => {
    const engine = await make({ authorize: (_principal, action, topic) => action !== 'subscribe' || topic !== 'b' });
    const wire = await connectWire(engine, { version });
    expect(await subscribe(wire, 'b', { qos: 0 })).toBe(code);
    expect(await subscribe(wire, 'a', { qos: 0 })).toBe(0);
  });

  test('may it receive? Wildcards leave out what it may not', async () => {
    const engine = await make({ authorize: (_principal, action, topic) => action !== 'receive' || topic !== 'a/b' });
    await engine.publish(say('a/b', 'kept', true));
    const wire = await connectWire(engine);
    await subscribe(wire, 'a/#', { qos: 0 });
    await engine.publish(say('a/b', 'x'));
    await engine.publish(say('a/c', 'y'));
    expect((await wire.expect('publish')).topic).toBe('a/c');
    await wire.expectNothing();
  });

  test('a right that is taken away ends subscriptions at once', async () => {
    let isAllowed = true;
    const engine = await make({ authorize: () => isAllowed });
    const wire = await connectWire(engine);
    await subscribe(wire, 'a', { qos: 0 });
    isAllowed = false;
    engine.recheckRights();
    await engine.publish(say('a', 'x'));
    await wire.expectNothing();
  });

  test('a will needs the right to publish', async () => {
    const engine = await make({ authorize: (_principal, action) => action !== 'publish' });
    const will = { topic: 'a', payload: Buffer.from('gone'), qos: 0, retain: false } as const;
    await expect(connectWire(engine, { version: 5, connect: { will } })).rejects.toThrow(`refused with ${0x87}`);
  });
}

function tells(make: Make): void {
  test('publishes as the server and keeps retained messages', async () => {
    const engine = await make();
    await engine.publish(say('$kachel/a', 'x', true));
    expect(engine.retained('$kachel/a')).toEqual(say('$kachel/a', 'x', true));
    expect(engine.retained('$kachel/b')).toBeUndefined();
    await expect(engine.publish(say('a/#', 'x'))).rejects.toThrow('not a topic name');
  });

  test('lists retained messages by filter, as many as asked for', async () => {
    const engine = await make();
    for (const topic of ['a/1', 'a/2', 'a/b/3', 'c']) await engine.publish(say(topic, 'x', true));
    const topics = (filter: string, limit: number): string[] =>
      engine.retainedMatching(filter, limit).map(({ topic }) => topic);
    expect(topics('a/#', 9).toSorted()).toEqual(['a/1', 'a/2', 'a/b/3']);
    expect(topics('+', 9)).toEqual(['c']);
    expect(topics('#', 2)).toHaveLength(2);
  });

  test('shows observers what was routed, who published it and when, in order', async () => {
    const engine = await make();
    const seen: Delivery[] = [];
    const dispose = engine.observe('a/#', (delivery) => seen.push(delivery));
    const wire = await connectWire(engine);
    wire.send({ cmd: 'publish', dup: false, ...say('a/1', 'x') });
    await wire.expectNothing();
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
  });

  test('an observer that throws hurts nobody', async () => {
    const engine = await make();
    const seen: string[] = [];
    engine.observe('#', () => {
      throw new Error('a bug');
    });
    engine.observe('a', (delivery) => seen.push(delivery.message.topic));
    await engine.publish(say('a', 'x'));
    await turn();
    await turn();
    expect(seen).toEqual(['a']);
  });

  test('lists its clients and tells of their coming and going', async () => {
    const engine = await make();
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
  });

  test('cuts the connections it is told to', async () => {
    const engine = await make();
    const one = await connectWire(engine, { clientId: 'one', version: 5 });
    const two = await connectWire(engine, { clientId: 'two', version: 5 });
    expect(engine.disconnect((client) => client.clientId === 'one', 'administrative')).toBe(1);
    expect((await one.expect('disconnect')).reasonCode).toBe(0x98);
    await one.closed;
    expect(two.isClosed()).toBe(false);
  });

  test('counts', async () => {
    const engine = await make();
    engine.noteRefused('192.0.2.7', 'network');
    const wire = await connectWire(engine);
    await subscribe(wire, 'a', { qos: 0 });
    wire.send(message('a', 'x', { retain: true }));
    await wire.expect('publish');
    await wire.expectNothing();
    openWire(engine);
    const stats = { clientsConnected: 1, sessions: 1, subscriptions: 1, messagesReceived: 1, isStoreHealthy: true };
    expect(engine.stats()).toMatchObject(stats);
    const figures = engine.figures();
    expect(figures).toMatchObject({ ...stats, connectionsHalfOpen: 1, connectionsAccepted: 1 });
    expect(figures.connections).toEqual([{ protocolVersion: 4, via: 'memory', count: 1 }]);
    expect(figures.connectionsRefused.network).toBe(1);
  });

  test('closes by saying so', async () => {
    const engine = await make();
    const wire = await connectWire(engine, { version: 5 });
    await engine.close();
    expect((await wire.expect('disconnect')).reasonCode).toBe(0x8b);
    await wire.closed;
    expect(engine.stats().clientsConnected).toBe(0);
  });
}
