import { describe, expect, test } from 'vitest';
import type { Authentication, ConnectRequest, EngineEvent } from '../../../server/broker/engine/engine.ts';
import { defaultLimits } from '../../../server/broker/engine/limits.ts';
import { testClock } from '../../support/clock.ts';
import { makeEngine } from '../../support/engine.ts';
import { both, bytes } from '../../support/talk.ts';
import { connectWire, openWire } from '../../support/wire.ts';

/** CONNECT parts: `00 04 MQTT`, level, flags, keep alive, client id `a`. */
const connect311 = (flags: string, payload = '0001 61'): Buffer => framed(`0004 4d515454 04 ${flags} 0000 ${payload}`);
const connect5 = (flags: string, payload = '0001 61', properties = '00'): Buffer =>
  framed(`0004 4d515454 05 ${flags} 0000 ${properties} ${payload}`);
const framed = (body: string): Buffer => {
  const content = bytes(body);
  return Buffer.concat([Buffer.from([0x10, content.length]), content]);
};

describe('what is no CONNECT, or is wrong in what it says in confidence, closes without an answer', () => {
  test.each([
    ['3.1.1 [MQTT-3.1.0-1] 5.0 [MQTT-3.1.0-1] PINGREQ first', 'c000'],
    ['TLS on the plain port', '1603010200'],
    ['HTTP on the MQTT port', Buffer.from('GET / HTTP/1.1\r\n\r\n').toString('hex')],
    ['3.1.1 [MQTT-3.1.2-1] 5.0 [MQTT-3.1.2-1] another protocol name', '1010 0004 4d515455 04 02 0000 0004 61616161'],
    ['3.1.1 [MQTT-3.1.2-3] reserved flag', connect311('03').toString('hex')],
    ['3.1.1 [MQTT-3.1.2-22] password without user name', connect311('42', '0001 61 0001 62').toString('hex')],
    ['3.1.1 [MQTT-3.1.2-14] will QoS 3', connect311('1e', '0001 61 0001 77 0001 78').toString('hex')],
    ['3.1.1 [MQTT-3.1.2-11] [MQTT-3.1.2-13] will QoS without will', connect311('0a').toString('hex')],
    ['3.1.1 [MQTT-3.1.2-15] will retain without will', connect311('22').toString('hex')],
    ['3.1.1 [MQTT-3.1.2-9] will flag without will', connect311('06').toString('hex')],
    ['3.1.1 [MQTT-3.1.3-10] wildcard in the will topic', connect311('06', '0001 61 0001 23 0001 78').toString('hex')],
    ['3.1.1 [MQTT-3.1.2-18] user name that no flag announces', connect311('02', '0001 61 0001 62').toString('hex')],
    ['3.1.1 [MQTT-3.1.2-19] user name missing', connect311('82').toString('hex')],
    [
      '3.1.1 [MQTT-3.1.2-20] password that no flag announces',
      connect311('82', '0001 61 0001 62 0001 63').toString('hex'),
    ],
    ['3.1.1 [MQTT-3.1.2-21] password missing', connect311('c2', '0001 61 0001 62').toString('hex')],
    ['3.1.1 [MQTT-1.5.3-2] [MQTT-3.1.3-4] NUL in the client id', connect311('02', '0001 00').toString('hex')],
    ['3.1.1 [MQTT-1.5.3-1] surrogate in the client id', connect311('02', '0003 eda080').toString('hex')],
    ['3.1.1 [MQTT-3.1.3-11] user name is not UTF-8', connect311('82', '0001 61 0001 ff').toString('hex')],
    ['3.1.1 [MQTT-3.1.3-3] no client id', connect311('02', '').toString('hex')],
    ['3.1.1 [MQTT-3.1.3-1] fields in another order', connect311('86', '0001 61 0001 75 0001 77 0001').toString('hex')],
    ['5.0 [MQTT-3.1.3-11] will topic is not UTF-8', connect5('06', '0001 61 00 0001 ff 0001 78').toString('hex')],
    ['5.0 [MQTT-3.1.2-17] user name missing', connect5('82').toString('hex')],
    ['5.0 [MQTT-3.1.2-19] password missing', connect5('42').toString('hex')],
    ['5.0 [MQTT-3.1.3-12] user name is not UTF-8', connect5('82', '0001 61 0001 ff').toString('hex')],
    ['5.0 [MQTT-4.7.3-1] empty will topic', connect5('06', '0001 61 00 0000 0001 78').toString('hex')],
    ['5.0 [MQTT-3.1.3-1] fields in another order', connect5('06', '0001 61 0001 77 0001 78 00').toString('hex')],
    [
      '3.1.1 a command to a broker as will',
      connect311('06', '0001 61 000a 24434f4e54524f4c2f61 0001 78').toString('hex'),
    ],
    [
      '5.0 a command to a broker as will',
      connect5('06', '0001 61 00 000a 24434f4e54524f4c2f61 0001 78').toString('hex'),
    ],
    ['remaining length of five bytes', '10 8080808001'],
    ['remaining length that is not minimal', '10 8000'],
    ['wrong flags in the first byte', '11 0d 0004 4d515454 04 02 0000 0001 61'],
  ])('%s', async (_name, hex) => {
    const wire = openWire(makeEngine());
    wire.send(bytes(hex));
    await wire.closed;
    expect(wire.writes).toEqual([]);
  });
});

describe('5.0 [MQTT-3.1.4-1] [MQTT-4.13.1-1] a CONNECT of 5.0 that breaks its format is told so before the close', () => {
  test.each<[string, Buffer, string?]>([
    ['5.0 [MQTT-3.1.2-3] reserved flag', connect5('03')],
    ['5.0 [MQTT-3.1.2-12] will QoS 3', connect5('1e', '0001 61 00 0001 77 0001 78')],
    ['5.0 [MQTT-3.1.2-11] will QoS without will', connect5('0a')],
    ['5.0 [MQTT-3.1.2-13] will retain without will', connect5('22')],
    ['5.0 [MQTT-3.1.2-9] will flag without will', connect5('06')],
    ['5.0 [MQTT-3.1.2-16] user name that no flag announces', connect5('02', '0001 61 0001 62')],
    ['5.0 [MQTT-3.1.2-18] password that no flag announces', connect5('82', '0001 61 0001 62 0001 63')],
    ['5.0 [MQTT-3.1.3-3] no client id', connect5('02', '')],
    ['5.0 [MQTT-3.1.3-4] NUL in the client id', connect5('02', '0001 00'), '85'],
    ['5.0 [MQTT-3.1.3-4] surrogate in the client id', connect5('02', '0003 eda080'), '85'],
    ['5.0 a client id longer than its packet', connect5('02', '0002 61')],
    ['5.0 property of another packet', connect5('02', '0001 61', '02 01 00'), '82'],
    ['5.0 property of CONNECT in the will', connect5('06', '0001 61 03 21 0001 0001 77 0001 78'), '82'],
    ['wrong flags in the first byte', Buffer.concat([bytes('11'), connect5('02').subarray(1)])],
    ['a number without a value as the last property', connect5('02', '0001 61', '01 17')],
    ['an unknown property', connect5('02', '0001 61', '02 7f 00')],
  ])('%s', async (_name, packet, code = '81') => {
    const wire = openWire(makeEngine());
    wire.send(packet);
    await wire.closed;
    expect(Buffer.concat(wire.writes).toString('hex')).toBe(`200300${code}00`);
  });

  test('5.0 [MQTT-3.1.4-1] wherever it ends too early, unless in its will, user name or password', async () => {
    const good = connect5('ce', '0001 61 00 0001 77 0001 78 0001 75 0003 707764', '05 11 00000001');
    const versionEnd = 9; // fixed header, name and level
    const toldEnd = 22; // flags, keep alive, properties, client id, properties of the will
    for (let length = versionEnd; length < good.length; length++) {
      const wire = openWire(makeEngine());
      const cutShort = Buffer.from(good.subarray(0, length));
      cutShort[1] = length - 2;
      wire.send(cutShort);
      await wire.closed;
      const answer = length < toldEnd ? '2003008100' : '';
      expect(Buffer.concat(wire.writes).toString('hex'), `cut to ${length}`).toBe(answer);
    }
  });

  test.each(['01', '1f', '7f', 'c29f', 'efbfbf'])(
    '5.0 [MQTT-3.1.3-8] a client id with the character %s is not taken',
    async (character) => {
      const wire = openWire(makeEngine());
      wire.send(connect5('02', `${(character.length / 2).toString(16).padStart(4, '0')} ${character}`));
      await wire.closed;
      expect(Buffer.concat(wire.writes).toString('hex')).toBe('2003008500');
    },
  );
});

describe('refusals', () => {
  test.each([
    ['3.1.1 [MQTT-3.1.2-2] unknown level', framed('0004 4d515454 03 02 0000 0001 61'), '20020001'],
    ['3.1 with the level of 3.1.1', framed('0006 4d5149736470 04 02 0000 0001 61'), '20020001'],
    ['5.0 [MQTT-3.1.2-2] level 6 is told in 5.0', framed('0004 4d515454 06 02 0000 0001 61'), '2003008400'],
    [
      '3.1.1 [MQTT-3.1.3-7] [MQTT-3.1.3-8] [MQTT-3.1.3-9] [MQTT-3.2.2-4] [MQTT-3.2.2-5] empty id with a kept session',
      connect311('00', '0000'),
      '20020002',
    ],
    ['3.1 empty id', framed('0006 4d5149736470 03 02 0000 0000'), '20020002'],
    [
      '5.0 [MQTT-3.2.2-6] [MQTT-3.2.2-7] [MQTT-3.14.0-1] receive maximum 0',
      connect5('02', '0001 61', '03 21 0000'),
      '2003008200',
    ],
    ['5.0 property twice', connect5('02', '0001 61', '0a 11 00000001 11 00000001'), '2003008200'],
    [
      '5.0 [MQTT-4.12.0-1] [MQTT-4.12.0-2] [MQTT-4.12.0-3] [MQTT-4.12.0-4] [MQTT-4.12.0-5] every authentication method: no AUTH, one refusal',
      connect5('02', '0001 61', '04 15 0001 78'),
      '2003008c00',
    ],
    ['5.0 authentication data without method', connect5('02', '0001 61', '04 16 0001 78'), '2003008200'],
    ['5.0 request problem information 2', connect5('02', '0001 61', '02 17 02'), '2003008200'],
  ])('%s', async (_name, packet, answer) => {
    const wire = openWire(makeEngine());
    wire.send(packet);
    await wire.closed;
    expect(Buffer.concat(wire.writes.map((chunk) => Buffer.from(chunk))).toString('hex')).toBe(answer);
  });

  test.each([
    ['no-credentials', 5, 0x87],
    ['bad-credentials', 4, 0x86],
    ['throttled', 3, 0x9f],
    ['blocked', 5, 0x8a],
  ] as const)(
    '%s is %i in 3.1.1 and %i in 5.0, and is told to whoever watches',
    async (reason, returnCode, reasonCode) => {
      const engine = makeEngine({ authenticate: () => Promise.resolve({ ok: false, reason }) });
      const events: EngineEvent[] = [];
      engine.onEvent((event) => events.push(event));
      await expect(connectWire(engine, { connect: { username: 'lamp', password: Buffer.from('x') } })).rejects.toThrow(
        `refused with ${returnCode}`,
      );
      await expect(connectWire(engine, { version: 5 })).rejects.toThrow(`refused with ${reasonCode}`);
      expect(events).toMatchObject([
        { type: 'turned-away', clientId: 'client', username: 'lamp', remoteAddress: '192.0.2.1', reason },
        { type: 'turned-away', reason },
      ]);
    },
  );

  test('who has sent CONNECT is not turned away because we think for long, but not forever either', async () => {
    const clock = testClock();
    const wire = openWire(makeEngine({ clock, authenticate: () => new Promise(() => undefined) }));
    wire.send(connect311('02'));
    clock.advance(defaultLimits.connectTimeoutMs + 1_000);
    await wire.expectNothing();
    expect(wire.isClosed()).toBe(false);
    clock.advance(defaultLimits.authenticateTimeoutMs);
    await wire.closed;
  });

  test('3.1.1 [MQTT-3.1.4-5] what follows a refused CONNECT is not processed', async () => {
    const engine = makeEngine({ authenticate: () => Promise.resolve({ ok: false, reason: 'bad-credentials' }) });
    const wire = openWire(engine);
    wire.send(Buffer.concat([connect311('02'), bytes('30 05 0001 78 7879')]));
    await wire.closed;
    expect(engine.stats().messagesReceived).toBe(0);
  });
});

describe('acceptance', () => {
  test('3.1.1 [MQTT-3.2.0-1] packets behind CONNECT wait for the answer and are then handled in order', async () => {
    let answer: (result: Authentication) => void = () => undefined;
    const requests: ConnectRequest[] = [];
    const engine = makeEngine({
      authenticate: (request) => {
        requests.push(request);
        return new Promise((resolve) => (answer = resolve));
      },
    });
    const wire = openWire(engine);
    wire.send(connect311('02'));
    wire.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'a', qos: 0 }] });
    wire.send({ cmd: 'publish', topic: 'a', payload: 'x', qos: 0, dup: false, retain: false });
    await wire.expectNothing();
    expect(requests).toMatchObject([{ clientId: 'a', protocolVersion: 4 }]);
    answer({ ok: true, principal: { kind: 'device', id: '1', name: 'lamp' } });
    await wire.expect('connack');
    await wire.expect('suback');
    expect((await wire.expect('publish')).payload.toString()).toBe('x');
    expect(engine.clients()).toMatchObject([{ clientId: 'a', principal: { name: 'lamp' } }]);
  });

  test('too much before the answer ends the connection', async () => {
    const wire = openWire(
      makeEngine({ authenticate: () => new Promise(() => undefined), limits: { maxEarlyBytes: 1000 } }),
    );
    wire.send(connect311('02'));
    wire.send(Buffer.alloc(1001));
    await wire.closed;
  });

  test('without CONNECT the connection ends after the connect timeout', async () => {
    const clock = testClock();
    const wire = openWire(makeEngine({ clock }));
    clock.advance(9_000);
    await wire.expectNothing();
    expect(wire.isClosed()).toBe(false);
    clock.advance(2_000);
    await wire.closed;
  });

  test('3.1.1 [MQTT-3.1.3-6] an empty id gets one', async () => {
    const engine = makeEngine();
    await connectWire(engine, { clientId: '' });
    await connectWire(engine, { clientId: '' });
    expect(new Set(engine.clients().map((client) => client.clientId)).size).toBe(2);
  });

  test('3.1: flag bits in the first byte are not looked at', async () => {
    const wire = openWire(makeEngine(), { version: 3 });
    wire.send(bytes('14 0f 0006 4d5149736470 03 02 0000 0001 61'));
    expect((await wire.expect('connack')).returnCode).toBe(0);
  });

  test('3.1: the remaining length wins over the user name flag', async () => {
    const wire = openWire(makeEngine(), { version: 3 });
    wire.send(framed('0006 4d5149736470 03 c2 0000 0001 61'));
    expect((await wire.expect('connack')).returnCode).toBe(0);
  });

  test.each(both)(
    '3.1.1 [MQTT-3.1.0-2] 5.0 [MQTT-3.1.0-2] [MQTT-3.2.0-2] a second CONNECT closes, in 5.0 with 0x82 (MQTT %i)',
    async (version) => {
      const wire = await connectWire(makeEngine(), { version });
      wire.send(version === 5 ? connect5('02') : connect311('02'));
      if (version === 5) expect((await wire.expect('disconnect')).reasonCode).toBe(0x82);
      await wire.closed;
      await wire.expectNothing();
    },
  );

  test.each(both)(
    '3.1.1 [MQTT-3.1.4-2] 5.0 [MQTT-3.1.4-3] the same client id takes over; an older one of 5.0 is told 0x8E (MQTT %i)',
    async (version) => {
      const engine = makeEngine();
      const older = await connectWire(engine, { version });
      const newer = await connectWire(engine, { version });
      if (version === 5) expect((await older.expect('disconnect')).reasonCode).toBe(0x8e);
      await older.closed;
      expect(newer.isClosed()).toBe(false);
      expect(engine.clients()).toHaveLength(1);
    },
  );

  test('a live client id cannot be taken by somebody else', async () => {
    const engine = makeEngine({
      authenticate: ({ username = '' }) =>
        Promise.resolve({ ok: true, principal: { kind: 'device', id: username, name: username } }),
    });
    const owner = await connectWire(engine, { connect: { username: 'one' } });
    await expect(connectWire(engine, { connect: { username: 'two' } })).rejects.toThrow('refused with 2');
    expect(owner.isClosed()).toBe(false);
  });

  test('neither can a client id whose session waits, until that is ended', async () => {
    const engine = makeEngine({
      authenticate: ({ username = '' }) => ({ ok: true, principal: { kind: 'device', id: username, name: username } }),
    });
    const as = (username: string) => ({ connect: { username, clean: false } });
    const owner = await connectWire(engine, as('one'));
    owner.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: '$share/g/a', qos: 1 }] });
    await owner.expect('suback');
    owner.send({ cmd: 'disconnect' });
    await owner.closed;
    const principal = { kind: 'device', id: 'one', name: 'one' };
    expect(engine.sessions()).toEqual([{ clientId: 'client', principal, filters: ['a'] }]);
    await expect(connectWire(engine, as('two'))).rejects.toThrow('refused with 2');
    const again = await connectWire(engine, as('one'));
    expect(again.connack.sessionPresent).toBe(true);
    expect(engine.endSessions((session) => session.principal.id === 'one')).toBe(1);
    await again.closed;
    expect((await connectWire(engine, as('two'))).connack.sessionPresent).toBe(false);
  });

  test('5.0 [MQTT-3.1.2-22] silence for one and a half keep alives ends the connection with 0x8D', async () => {
    const clock = testClock();
    const wire = await connectWire(makeEngine({ clock }), { version: 5, connect: { keepalive: 10 } });
    clock.advance(14_000);
    wire.send({ cmd: 'pingreq' });
    await wire.expect('pingresp'); // [MQTT-3.12.4-1]
    clock.advance(14_000);
    await wire.expectNothing();
    clock.advance(2_000);
    expect((await wire.expect('disconnect')).reasonCode).toBe(0x8d);
    await wire.closed;
  });

  test('a keep alive of 0 is no keep alive', async () => {
    const clock = testClock();
    const wire = await connectWire(makeEngine({ clock }));
    clock.advance(24 * 3_600_000);
    await wire.expectNothing();
    expect(wire.isClosed()).toBe(false);
  });

  test('5.0 [MQTT-3.2.2-22] a server keep alive is announced and enforced', async () => {
    const clock = testClock();
    const wire = await connectWire(makeEngine({ clock, limits: { maxKeepAliveSeconds: 60 } }), {
      version: 5,
      connect: { keepalive: 600 },
    });
    expect(wire.connack.properties?.serverKeepAlive).toBe(60);
    clock.advance(91_000);
    expect((await wire.expect('disconnect')).reasonCode).toBe(0x8d);
  });
});
