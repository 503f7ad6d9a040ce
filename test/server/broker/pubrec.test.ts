import { describe, expect, test } from 'vitest';
import { testClock } from '../../support/clock.ts';
import { makeEngine } from '../../support/engine.ts';
import { both, cut, kept, message, payloadOf, subscribe } from '../../support/talk.ts';
import { connectWire } from '../../support/wire.ts';

describe.each(both)('QoS 2 in (MQTT %i)', (version) => {
  test('3.1.1 [MQTT-4.3.3-2] 5.0 [MQTT-4.3.3-8] [MQTT-4.3.3-10] [MQTT-4.3.3-11] [MQTT-4.3.3-12] once, however often it comes; after PUBCOMP the id is new', async () => {
    const engine = makeEngine();
    const watcher = await connectWire(engine, { version, clientId: 'watcher' });
    await subscribe(watcher, 'a', { qos: 0 });
    const wire = await connectWire(engine, { version });
    wire.send(message('a', 'one', { qos: 2, messageId: 9 }));
    wire.send(message('a', 'one', { qos: 2, messageId: 9, dup: true }));
    for (let count = 0; count < 2; count++)
      expect(await wire.expect('pubrec')).toMatchObject({ messageId: 9, ...(version === 5 && { reasonCode: 0 }) });
    wire.send({ cmd: 'pubrel', messageId: 9 });
    expect(await wire.expect('pubcomp')).toMatchObject({ messageId: 9 });
    wire.send(message('a', 'two', { qos: 2, messageId: 9 }));
    await wire.expect('pubrec');
    expect(payloadOf(await watcher.expect('publish'))).toBe('one');
    expect(payloadOf(await watcher.expect('publish'))).toBe('two');
    await watcher.expectNothing();
  });

  test('3.1.1 [MQTT-4.6.0-3] 5.0 [MQTT-4.6.0-6] PUBRECs keep the order of the publishes', async () => {
    const wire = await connectWire(makeEngine(), { version });
    for (const messageId of [8, 2, 5]) wire.send(message('a', 'x', { qos: 2, messageId }));
    for (const messageId of [8, 2, 5]) expect(await wire.expect('pubrec')).toMatchObject({ messageId });
  });

  test('PUBREC comes before the message itself, should its publisher have subscribed to it', async () => {
    const wire = await connectWire(makeEngine(), { version });
    await subscribe(wire, 'a');
    wire.send(message('a', 'x', { qos: 2, messageId: 3 }));
    await wire.expect('pubrec');
    await wire.expect('publish');
  });

  test('the id survives a reconnect of a kept session', async () => {
    const engine = makeEngine();
    const subscriber = await connectWire(engine, { version, clientId: 'subscriber' });
    await subscribe(subscriber, 'a', { qos: 0 });
    const first = await connectWire(engine, kept(version));
    first.send(message('a', 'one', { qos: 2, messageId: 1 }));
    await first.expect('pubrec');
    await cut(first);
    const second = await connectWire(engine, kept(version));
    expect(second.connack.sessionPresent).toBe(true);
    second.send(message('a', 'one', { qos: 2, messageId: 1, dup: true }));
    await second.expect('pubrec');
    await subscriber.expect('publish');
    await subscriber.expectNothing();
  });

  test('a PUBREL that is repeated after a resumption is answered as if for the first time', async () => {
    const engine = makeEngine();
    const first = await connectWire(engine, kept(version));
    first.send(message('a', 'x', { qos: 2, messageId: 3 }));
    await first.expect('pubrec');
    first.send({ cmd: 'pubrel', messageId: 3 });
    await first.expect('pubcomp');
    await cut(first);
    const second = await connectWire(engine, kept(version));
    second.send({ cmd: 'pubrel', messageId: 3 });
    expect(await second.expect('pubcomp')).toMatchObject({ messageId: 3, ...(version === 5 && { reasonCode: 0 }) });
  });
});

describe.each(both)('QoS 2 out (MQTT %i)', (version) => {
  test('3.1.1 [MQTT-4.3.3-1] [MQTT-4.6.0-4] 5.0 [MQTT-4.3.3-1] [MQTT-4.3.3-2] [MQTT-4.3.3-3] [MQTT-4.3.3-4] [MQTT-4.3.3-5] [MQTT-4.3.3-6] PUBLISH until PUBREC, then PUBREL until PUBCOMP', async () => {
    const engine = makeEngine();
    const first = await connectWire(engine, kept(version));
    await subscribe(first, 'a');
    for (const payload of ['one', 'two'])
      await engine.publish({ topic: 'a', payload: Buffer.from(payload), qos: 2, retain: false });
    const one = await first.expect('publish');
    const two = await first.expect('publish');
    for (const packet of [one, two]) expect(packet).toMatchObject({ qos: 2, dup: false });
    expect(one.messageId).not.toBe(two.messageId);
    first.send({ cmd: 'pubrec', messageId: two.messageId ?? 0 });
    first.send({ cmd: 'pubrec', messageId: one.messageId ?? 0 });
    for (const { messageId } of [two, one]) expect(await first.expect('pubrel')).toMatchObject({ messageId });
    await cut(first);
    const second = await connectWire(engine, kept(version));
    const released = [await second.expect('pubrel'), await second.expect('pubrel')];
    expect(new Set(released.map((packet) => packet.messageId))).toEqual(new Set([one.messageId, two.messageId]));
    for (const { messageId = 0 } of released) second.send({ cmd: 'pubcomp', messageId });
    await second.expectNothing();
    await cut(second);
    await (await connectWire(engine, kept(version))).expectNothing();
  });

  test('a PUBREC that is repeated gets PUBREL again', async () => {
    const engine = makeEngine();
    const wire = await connectWire(engine, { version });
    await subscribe(wire, 'a');
    await engine.publish({ topic: 'a', payload: Buffer.from('x'), qos: 2, retain: false });
    const { messageId = 0 } = await wire.expect('publish');
    for (let count = 0; count < 2; count++) {
      wire.send({ cmd: 'pubrec', messageId });
      expect(await wire.expect('pubrel')).toMatchObject({ messageId });
    }
  });
});

describe('5.0', () => {
  test('5.0 [MQTT-2.2.1-5] unknown ids are answered as if for the first time, a refusal of one with nothing', async () => {
    const wire = await connectWire(makeEngine(), { version: 5 });
    wire.send({ cmd: 'pubrec', messageId: 4 });
    expect(await wire.expect('pubrel')).toMatchObject({ messageId: 4, reasonCode: 0 });
    wire.send({ cmd: 'pubrel', messageId: 4 });
    expect(await wire.expect('pubcomp')).toMatchObject({ messageId: 4, reasonCode: 0 });
    wire.send({ cmd: 'pubrec', messageId: 4, reasonCode: 0x80 });
    await wire.expectNothing();
  });

  test('5.0 [MQTT-3.6.2-1] [MQTT-3.6.2-2] [MQTT-3.6.2-3] [MQTT-3.7.2-1] [MQTT-3.7.2-2] [MQTT-3.7.2-3] PUBREL and PUBCOMP carry no words', async () => {
    const wire = await connectWire(makeEngine(), { version: 5 });
    const before = wire.writes.length;
    wire.send({ cmd: 'pubrec', messageId: 4 });
    wire.send({ cmd: 'pubrel', messageId: 4 });
    await wire.expect('pubrel');
    await wire.expect('pubcomp');
    const written = Buffer.concat(wire.writes.slice(before).map((chunk) => Buffer.from(chunk)));
    expect(written.toString('hex')).toBe('62020004' + '70020004');
  });

  test('5.0 [MQTT-4.3.3-4] [MQTT-4.4.0-2] PUBREC with a refusal ends the exchange', async () => {
    const engine = makeEngine();
    const wire = await connectWire(engine, kept(5));
    await subscribe(wire, 'a');
    await engine.publish({ topic: 'a', payload: Buffer.from('x'), qos: 2, retain: false });
    const { messageId = 0 } = await wire.expect('publish');
    wire.send({ cmd: 'pubrec', messageId, reasonCode: 0x97 });
    await wire.expectNothing();
    await cut(wire);
    await (await connectWire(engine, kept(5))).expectNothing();
  });

  test('5.0 [MQTT-4.3.3-9] after a PUBREC that refuses, the same id is a new message', async () => {
    let isAllowed = false;
    const engine = makeEngine({ authorize: (_principal, action) => action !== 'publish' || isAllowed });
    const wire = await connectWire(engine, { version: 5 });
    await subscribe(wire, 'a', { qos: 0 });
    wire.send(message('a', 'no', { qos: 2, messageId: 6 }));
    expect((await wire.expect('pubrec')).reasonCode).toBe(0x87);
    isAllowed = true;
    engine.recheckRights();
    wire.send(message('a', 'yes', { qos: 2, messageId: 6 }));
    expect((await wire.expect('pubrec')).reasonCode).toBe(0);
    expect(payloadOf(await wire.expect('publish'))).toBe('yes');
  });

  test('5.0 [MQTT-4.3.3-7] [MQTT-4.3.3-13] a message that was sent does not expire any more', async () => {
    const clock = testClock();
    const engine = makeEngine({ clock });
    const first = await connectWire(engine, kept(5));
    await subscribe(first, 'a');
    const properties = { messageExpiryIntervalSeconds: 5 };
    await engine.publish({ topic: 'a', payload: Buffer.from('x'), qos: 2, retain: false, properties });
    const { messageId = 0 } = await first.expect('publish');
    clock.advance(10_000);
    await cut(first);
    const second = await connectWire(engine, kept(5));
    expect(await second.expect('publish')).toMatchObject({ messageId, dup: true });
    second.send({ cmd: 'pubrec', messageId });
    expect(await second.expect('pubrel')).toMatchObject({ messageId });
  });
});
