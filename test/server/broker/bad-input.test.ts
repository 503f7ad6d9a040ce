import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect as connectSocket } from 'node:net';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { generate } from 'mqtt-packet';
import type { Packet } from 'mqtt-packet';
import { describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Engine } from '../../../server/broker/engine/engine.ts';
import { listenTcp } from '../../../server/broker/listen/tcp.ts';
import { createWebSocketAcceptor } from '../../../server/broker/listen/websocket.ts';
import { makeEngine } from '../../support/engine.ts';
import { both, bytes, message, payloadOf, subscribe } from '../../support/talk.ts';
import { connectWire, openWire } from '../../support/wire.ts';
import type { Wire } from '../../support/wire.ts';

/** An engine that notes every fault of its own: bad input must never be one. */
const watchedEngine = () => {
  const faults: unknown[] = [];
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (text: string, details?: object) => void faults.push([text, details]),
  };
  return { engine: makeEngine({ log }), faults };
};

const connectPacket = (version: 4 | 5, clientId = 'bad'): Packet => ({
  cmd: 'connect',
  protocolId: 'MQTT',
  protocolVersion: version,
  clean: true,
  keepalive: 0,
  clientId,
  ...(version === 5 && { properties: { receiveMaximum: 10, userProperties: { a: 'b' } } }),
});

/** A conversation with one of everything that a client may say. */
const conversation = (version: 4 | 5): readonly Buffer[] => {
  const packets: Packet[] = [
    connectPacket(version),
    { cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'bad/#', qos: 2 }] },
    message('bad/a', 'hello', { qos: 1, messageId: 2, ...(version === 5 && { properties: { contentType: 'text' } }) }),
    message('bad/b', 'hello', { qos: 2, messageId: 3 }),
    { cmd: 'pubrel', messageId: 3 },
    { cmd: 'puback', messageId: 1 },
    { cmd: 'pubrec', messageId: 2 },
    { cmd: 'pubcomp', messageId: 2 },
    { cmd: 'unsubscribe', messageId: 4, unsubscriptions: ['bad/#'] },
    { cmd: 'pingreq' },
  ];
  return packets.map((packet) => generate(packet, { protocolVersion: version }));
};

const isServed = async (engine: Engine, wire: Wire): Promise<boolean> => {
  await engine.publish({ topic: 'good', payload: Buffer.from('x'), qos: 0, retain: false });
  return payloadOf(await wire.expect('publish')) === 'x';
};

describe.each(both)('MQTT %i', (version) => {
  test('a conversation with wrong bytes in it hurts nobody else, and is no fault inside', async () => {
    const { engine, faults } = watchedEngine();
    const good = await connectWire(engine, { clientId: 'good' });
    await subscribe(good, 'good', { qos: 0 });
    const whole = Buffer.concat(conversation(version));
    const change = fc.record({
      place: fc.nat(whole.length - 1),
      value: fc.nat(255),
      kind: fc.constantFrom('set', 'insert', 'remove'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const stream = [...whole];
        for (const { place, value, kind } of changes)
          stream.splice(place, kind === 'insert' ? 0 : 1, ...(kind === 'remove' ? [] : [value]));
        const bad = openWire(engine, { version });
        bad.ignore();
        bad.send(Buffer.from(stream));
        expect(await isServed(engine, good)).toBe(true);
        bad.cut();
        await bad.closed;
        expect(faults).toEqual([]);
        expect(engine.stats().clientsConnected).toBe(1);
      }),
      { numRuns: 300 },
    );
  });

  test('it does not matter where a conversation is cut into pieces', async () => {
    const whole = Buffer.concat(conversation(version));
    const answersTo = async (pieces: readonly Buffer[]): Promise<string> => {
      const wire = openWire(makeEngine(), { version });
      for (const piece of pieces) wire.send(piece);
      await wire.expectAnswer('pingresp');
      return Buffer.concat(wire.writes.map((chunk) => Buffer.from(chunk))).toString('hex');
    };
    const expected = await answersTo([whole]);
    for (let place = 1; place < whole.length; place++)
      expect(await answersTo([whole.subarray(0, place), whole.subarray(place)]), `cut at ${place}`).toBe(expected);
  });
});

describe('over the network', () => {
  const listen = async () => {
    const { engine, faults } = watchedEngine();
    const tcp = await listenTcp(engine, { host: '127.0.0.1', port: 0 });
    const accept = createWebSocketAcceptor(engine);
    const server = createServer();
    server.on('upgrade', (request, socket, head) =>
      accept(request, socket, head, { remoteAddress: '127.0.0.1', via: 'websocket' }),
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const stop = async (): Promise<void> => {
      await engine.close();
      await tcp.dispose();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    };
    return { engine, faults, tcp, url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/mqtt`, stop };
  };

  test.each([
    ['TLS', bytes('16030100c8010000c40303')],
    ['HTTP', Buffer.from('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n')],
    ['a CONNECT that announces 256 MB', bytes('10ffffff7f')],
    ['a CONNECT that announces more than there can be', bytes('10ffffffffff')],
    ['nothing but zeros', Buffer.alloc(5_000)],
    ['a login, and then rubbish', Buffer.concat([generate(connectPacket(4)), Buffer.alloc(5_000, 0xff)])],
    ['a login, and then a text of a terminal', Buffer.concat([generate(connectPacket(4)), Buffer.from('hello?\r\n')])],
  ])('fifty peers that send %s are gone at once, and others are served', async (_name, content) => {
    const { engine, faults, tcp, stop } = await listen();
    const good = await connectWire(engine, { clientId: 'good' });
    await subscribe(good, 'good', { qos: 0 });
    const closings = Array.from({ length: 50 }, async () => {
      const socket = connectSocket(tcp.port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.resume();
      socket.write(content);
      await once(socket, 'close');
    });
    expect(await isServed(engine, good)).toBe(true);
    await Promise.all(closings);
    await vi.waitFor(() => expect(engine.stats()).toMatchObject({ clientsConnected: 1, sessions: 1 }));
    expect(await isServed(engine, good)).toBe(true);
    expect(faults).toEqual([]);
    await stop();
  });

  test('WebSocket frames may be cut anywhere, and come in fragments', async () => {
    const { engine, faults, url, stop } = await listen();
    const whole = Buffer.concat([...conversation(4).slice(0, 1), ...conversation(4).slice(-1)]);
    for (let place = 1; place < whole.length; place++) {
      for (const fin of [true, false]) {
        const socket = new WebSocket(url, 'mqtt');
        const received: Buffer[] = [];
        socket.on('message', (data: Buffer) => received.push(data));
        await once(socket, 'open');
        socket.send(whole.subarray(0, place), { fin });
        socket.send(whole.subarray(place));
        await vi.waitFor(() => expect(Buffer.concat(received).toString('hex')).toBe('20020000d000'));
        socket.close();
        await once(socket, 'close');
      }
    }
    expect(faults).toEqual([]);
    await vi.waitFor(() => expect(engine.stats().clientsConnected).toBe(0));
    await stop();
  });

  test('a WebSocket frame that breaks its own rules closes that connection alone', async () => {
    const { engine, faults, url, stop } = await listen();
    const good = await connectWire(engine, { clientId: 'good' });
    await subscribe(good, 'good', { qos: 0 });
    for (const frame of ['c2 80 00000000', '82 05 0000000000', '83 80 00000000', '82 ff 7fffffffffffffff 00000000']) {
      const socket = new WebSocket(url, 'mqtt');
      socket.on('error', () => undefined);
      await once(socket, 'open');
      (socket as unknown as { _socket: { write(content: Buffer): void } })._socket.write(bytes(frame));
      await once(socket, 'close');
      expect(await isServed(engine, good)).toBe(true);
    }
    expect(faults).toEqual([]);
    await stop();
  });
});
