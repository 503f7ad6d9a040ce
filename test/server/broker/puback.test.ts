import { describe, expect, test } from 'vitest';
import { makeEngine } from '../../support/engine.ts';
import { both, cut, kept, message, payloadOf, subscribe } from '../../support/talk.ts';
import { connectWire } from '../../support/wire.ts';

const put = (engine: ReturnType<typeof makeEngine>, payload: string, qos: 0 | 1 | 2 = 1): Promise<void> =>
  engine.publish({ topic: 'a', payload: Buffer.from(payload), qos, retain: false });

describe.each(both)('QoS 1 in (MQTT %i)', (version) => {
  test('3.1.1 [MQTT-3.3.4-1] [MQTT-4.3.2-2] [MQTT-2.3.1-6] 5.0 [MQTT-3.3.4-1] [MQTT-4.3.2-4] [MQTT-2.2.1-5] is answered with PUBACK and its id, QoS 0 with nothing', async () => {
    const wire = await connectWire(makeEngine(), { version });
    wire.send(message('a', 'x'));
    wire.send(message('a', 'x', { qos: 1, messageId: 77 }));
    expect(await wire.expect('puback')).toMatchObject({ messageId: 77 });
    await wire.expectNothing();
  });

  test('3.1.1 [MQTT-4.3.2-2] 5.0 [MQTT-4.3.2-5] after PUBACK the same id is a new message, whatever DUP says', async () => {
    const engine = makeEngine();
    const watcher = await connectWire(engine, { version, clientId: 'watcher' });
    await subscribe(watcher, 'a', { qos: 0 });
    const wire = await connectWire(engine, { version });
    for (const payload of ['one', 'two']) {
      wire.send(message('a', payload, { qos: 1, messageId: 5, dup: payload === 'two' }));
      await wire.expect('puback');
      expect(payloadOf(await watcher.expect('publish'))).toBe(payload);
    }
  });

  test('3.1.1 [MQTT-3.3.1-3] 5.0 [MQTT-3.3.1-3] the publisher’s DUP does not travel on', async () => {
    const wire = await connectWire(makeEngine(), { version });
    await subscribe(wire, 'a', { qos: 1 });
    wire.send(message('a', 'x', { qos: 1, messageId: 5, dup: true }));
    expect(await wire.expect('publish')).toMatchObject({ qos: 1, dup: false });
  });

  test('3.1.1 [MQTT-4.6.0-2] 5.0 [MQTT-4.6.0-5] PUBACKs and deliveries keep the order of the publishes', async () => {
    const engine = makeEngine();
    const watcher = await connectWire(engine, { version, clientId: 'watcher' });
    await subscribe(watcher, 'a', { qos: 1 });
    const wire = await connectWire(engine, { version });
    for (const messageId of [5, 3, 9]) wire.send(message('a', String(messageId), { qos: 1, messageId }));
    for (const messageId of [5, 3, 9]) {
      expect(await wire.expect('puback')).toMatchObject({ messageId });
      expect(payloadOf(await watcher.expect('publish'))).toBe(String(messageId));
    }
  });
});

describe.each(both)('QoS 1 out (MQTT %i)', (version) => {
  test('3.1.1 [MQTT-4.3.2-1] [MQTT-2.3.1-4] 5.0 [MQTT-4.3.2-1] [MQTT-4.3.2-2] [MQTT-4.3.2-3] [MQTT-2.2.1-4] every message has a free id and DUP 0, and is open until PUBACK', async () => {
    const engine = makeEngine();
    const wire = await connectWire(engine, kept(version));
    await subscribe(wire, 'a', { qos: 1 });
    for (const payload of ['one', 'two', 'three']) await put(engine, payload);
    const ids: (number | undefined)[] = [];
    for (let count = 0; count < 3; count++) {
      const packet = await wire.expect('publish');
      expect(packet).toMatchObject({ qos: 1, dup: false });
      ids.push(packet.messageId);
    }
    expect(new Set(ids).size).toBe(3);
    expect(ids).not.toContain(0);
    wire.send({ cmd: 'puback', messageId: ids[1] ?? 0 });
    await wire.expectNothing();
    await cut(wire);
    const again = await connectWire(engine, kept(version));
    for (const index of [0, 2])
      expect(await again.expect('publish')).toMatchObject({ dup: true, messageId: ids[index] });
    await again.expectNothing();
  });

  test('3.1.1 [MQTT-3.3.1-1] [MQTT-4.4.0-1] [MQTT-4.6.0-1] 5.0 [MQTT-3.3.1-1] [MQTT-4.4.0-1] what is open comes again after a resumption with DUP, its id and in order, and at no other time', async () => {
    const engine = makeEngine();
    const first = await connectWire(engine, kept(version));
    await subscribe(first, 'a', { qos: 1 });
    for (const payload of ['one', 'two', 'three']) await put(engine, payload);
    const sent = [await first.expect('publish'), await first.expect('publish'), await first.expect('publish')];
    await first.expectNothing();
    await cut(first);
    const second = await connectWire(engine, kept(version));
    for (const { messageId, payload } of sent)
      expect(await second.expect('publish')).toMatchObject({ messageId, payload, dup: true });
    await second.expectNothing();
  });

  test('an unknown id is ignored', async () => {
    const wire = await connectWire(makeEngine(), { version });
    wire.send({ cmd: 'puback', messageId: 4 });
    wire.send({ cmd: 'pubcomp', messageId: 4 });
    wire.send({ cmd: 'pingreq' });
    await wire.expect('pingresp');
  });

  test.each([
    ['PUBACK', 2, 'puback'],
    ['PUBREC', 1, 'pubrec'],
    ['PUBCOMP', 1, 'pubcomp'],
    ['PUBCOMP', 2, 'pubcomp'],
  ] as const)('%s that does not fit a QoS %i message ends the connection', async (_name, qos, cmd) => {
    const engine = makeEngine();
    const wire = await connectWire(engine, { version });
    await subscribe(wire, 'a');
    await put(engine, 'x', qos);
    const { messageId = 0 } = await wire.expect('publish');
    wire.send({ cmd, messageId });
    if (version === 5) expect((await wire.expect('disconnect')).reasonCode).toBe(0x82);
    await wire.closed;
  });
});

describe.each(both)('QoS 0 out (MQTT %i)', (version) => {
  test('3.1.1 [MQTT-4.3.1-1] [MQTT-2.3.1-5] 5.0 [MQTT-4.3.1-1] [MQTT-2.2.1-2] has QoS 0, DUP 0 and no id', async () => {
    const engine = makeEngine();
    const wire = await connectWire(engine, { version });
    await subscribe(wire, 'a', { qos: 0 });
    const before = wire.writes.length;
    await put(engine, 'x', 1);
    await wire.expect('publish');
    expect(Buffer.from(wire.writes[before] ?? []).toString('hex')).toBe(
      version === 5 ? '30050001610078' : '300400016178',
    );
  });
});

describe('5.0', () => {
  test('5.0 [MQTT-4.4.0-2] PUBACK with a refusal counts as acknowledged', async () => {
    const engine = makeEngine();
    const first = await connectWire(engine, kept(5));
    await subscribe(first, 'a', { qos: 1 });
    await put(engine, 'x');
    const { messageId = 0 } = await first.expect('publish');
    first.send({ cmd: 'puback', messageId, reasonCode: 0x97 });
    await first.expectNothing();
    await cut(first);
    await (await connectWire(engine, kept(5))).expectNothing();
  });

  test('a message that no subscription matches is told in PUBACK', async () => {
    const wire = await connectWire(makeEngine(), { version: 5 });
    wire.send(message('a', 'x', { qos: 1 }));
    expect(await wire.expect('puback')).toMatchObject({ reasonCode: 0x10 });
    wire.send(message('a', 'x', { qos: 2, messageId: 2 }));
    expect(await wire.expect('pubrec')).toMatchObject({ reasonCode: 0 });
  });

  test('5.0 [MQTT-3.4.2-2] [MQTT-3.4.2-3] [MQTT-3.5.2-2] [MQTT-3.5.2-3] [MQTT-3.1.2-29] a reason string is left out where it is not wanted or does not fit', async () => {
    const engine = makeEngine({ authorize: (_principal, action) => action !== 'publish' });
    const wordsFor = async (properties: object): Promise<readonly unknown[]> => {
      const wire = await connectWire(engine, { version: 5, connect: { properties } });
      wire.send(message('a', 'x', { qos: 1 }));
      wire.send(message('a', 'x', { qos: 2, messageId: 2 }));
      const answers = [await wire.expect('puback'), await wire.expect('pubrec')];
      for (const answer of answers) {
        expect(answer.reasonCode).toBe(0x87);
        expect(answer.properties?.userProperties).toBeUndefined();
      }
      return answers.map((answer) => typeof answer.properties?.reasonString);
    };
    expect(await wordsFor({})).toEqual(['string', 'string']);
    expect(await wordsFor({ requestProblemInformation: false })).toEqual(['undefined', 'undefined']);
    expect(await wordsFor({ maximumPacketSize: 30 })).toEqual(['undefined', 'undefined']);
  });
});
