import { connect as connectSocket } from 'node:net';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { listenTcp } from '../../../server/broker/listen/tcp.ts';
import { testClock } from '../../support/clock.ts';
import { makeEngine } from '../../support/engine.ts';
import { both, bytes, cut, kept, message, payloadOf, subscribe } from '../../support/talk.ts';
import { connectWire, openWire } from '../../support/wire.ts';

describe.each(both)('sessions (MQTT %i)', (version) => {
  test('3.1.1 [MQTT-3.1.3-2] 5.0 [MQTT-3.1.3-2] the client id is the key: another id has another session', async () => {
    const engine = makeEngine();
    const one = await connectWire(engine, kept(version, 'one'));
    await subscribe(one, 'a', { qos: 1 });
    await cut(one);
    expect((await connectWire(engine, kept(version, 'One'))).connack.sessionPresent).toBe(false);
    expect((await connectWire(engine, kept(version, 'one'))).connack.sessionPresent).toBe(true);
  });

  test('3.1.1 [MQTT-3.1.3-5] 5.0 [MQTT-3.1.3-5] ids of 1 to 23 letters and digits are taken, longer ones too', async () => {
    const engine = makeEngine();
    for (const clientId of [
      '0',
      'abcdefghijklmnopqrstuvw',
      'ABCDEFGHIJKLMNOPQRSTUVW',
      'xyzXYZ0123456789',
      'x'.repeat(200),
    ])
      await connectWire(engine, { version, clientId });
    expect(engine.clients()).toHaveLength(5);
  });

  test('5.0 [MQTT-3.1.3-8] an id that is refused closes the connection', async () => {
    const engine = makeEngine({ limits: { maxClientIdBytes: 10 } });
    await expect(connectWire(engine, { version, clientId: 'x'.repeat(11) })).rejects.toThrow(
      version === 5 ? 'refused with 133' : 'refused with 2',
    );
  });

  test('3.1.1 [MQTT-4.1.0-1] [MQTT-4.1.0-2] 5.0 [MQTT-4.1.0-1] a session lives as long as its connection, whatever its expiry', async () => {
    const clock = testClock();
    const engine = makeEngine({ clock });
    const wire = await connectWire(engine, { ...kept(version, 'client', 10) });
    await subscribe(wire, 'a', { qos: 0 });
    for (let minute = 0; minute < 10; minute++) {
      clock.advance(60_000);
      wire.send({ cmd: 'pingreq' });
      await wire.expect('pingresp');
    }
    await engine.publish({ topic: 'a', payload: Buffer.from('x'), qos: 0, retain: false });
    await wire.expect('publish');
    expect(engine.stats()).toMatchObject({ sessions: 1, subscriptions: 1 });
  });

  test('3.1.1 [MQTT-3.2.2-3] [MQTT-3.1.2-4] 5.0 [MQTT-3.1.2-23] a kept session has its subscriptions after the connection closed', async () => {
    const engine = makeEngine();
    const first = await connectWire(engine, kept(version));
    await subscribe(first, 'a', { qos: 1 });
    await cut(first);
    const second = await connectWire(engine, kept(version));
    await engine.publish({ topic: 'a', payload: Buffer.from('x'), qos: 1, retain: false });
    expect(payloadOf(await second.expect('publish'))).toBe('x');
  });

  test('3.1.1 [MQTT-3.1.2-6] a clean session ends with its connection and takes nothing over', async () => {
    const engine = makeEngine();
    const first = await connectWire(engine, { version });
    await subscribe(first, 'a', { qos: 1 });
    await cut(first);
    expect(engine.stats().sessions).toBe(0);
    const second = await connectWire(engine, kept(version));
    await engine.publish({ topic: 'a', payload: Buffer.from('x'), qos: 1, retain: false });
    await second.expectNothing();
  });
});

test('5.0 [MQTT-4.1.0-2] a session is dropped once its connection is closed and its expiry has passed', async () => {
  const clock = testClock();
  const engine = makeEngine({ clock });
  await cut(await connectWire(engine, kept(5, 'client', 60)));
  clock.advance(59_000);
  expect(engine.stats().sessions).toBe(1);
  clock.advance(2_000);
  expect(engine.stats().sessions).toBe(0);
});

test('3.1.1 [MQTT-3.1.4-1] a CONNECT that is malformed anywhere gets no CONNACK', async () => {
  const good = bytes('10 1f 0004 4d515454 04 ce 003c 0001 61 0001 77 0001 78 0001 75 0003 707764');
  const whole = openWire(makeEngine());
  whole.send(good.subarray(0, good.length));
  for (let length = 1; length < good.length - 2; length++) {
    const wire = openWire(makeEngine());
    const cutShort = Buffer.from(good.subarray(0, length + 2));
    cutShort[1] = length; // a packet that ends too early, wherever that is
    wire.send(cutShort);
    await wire.closed;
    expect(wire.writes, `cut to ${length}`).toEqual([]);
  }
});

test('3.1.1 [MQTT-4.8.0-2] a fault inside costs the connection it came on, and nobody else', async () => {
  const engine = makeEngine({
    authorize: (_principal, action, topic) => {
      if (action === 'publish' && topic === 'fault') throw new Error('a fault');
      return true;
    },
  });
  const wire = await connectWire(engine, { clientId: 'unlucky' });
  const other = await connectWire(engine, { clientId: 'other' });
  await subscribe(other, 'a', { qos: 0 });
  wire.send(message('fault'));
  await wire.closed;
  await engine.publish({ topic: 'a', payload: Buffer.from('x'), qos: 0, retain: false });
  await other.expect('publish');
});

test('3.1.1 [MQTT-7.0.0-1] [MQTT-7.0.0-2] the server connects to nobody and asks for no extension', async () => {
  const wire = await connectWire(makeEngine());
  wire.send(message('a', 'x', { qos: 1 }));
  await wire.expect('puback');
  await wire.expectNothing(); // no packet that the client did not ask for
});

test('3.1.1 [MQTT-7.1.1-1] 5.0 [MQTT-4.2.0-1] TCP carries it, in whatever pieces', async () => {
  const engine = makeEngine();
  const listener = await listenTcp(engine, { host: '127.0.0.1', port: 0 });
  const socket = connectSocket(listener.port, '127.0.0.1');
  socket.setNoDelay(true);
  for (const byte of bytes('10 0d 0004 4d515454 04 02 0000 0001 61 c0 00')) socket.write(Buffer.from([byte]));
  const received: Buffer[] = [];
  while (Buffer.concat(received).length < 6) received.push(...((await once(socket, 'data')) as Buffer[]));
  expect(Buffer.concat(received).toString('hex')).toBe('20020000d000');
  socket.destroy();
  await engine.close();
  await listener.dispose();
});
