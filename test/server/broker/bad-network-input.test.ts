import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect as connectSocket } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { generate } from 'mqtt-packet';
import { describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { listenTcp } from '../../../server/broker/listen/tcp.ts';
import { createWebSocketAcceptor } from '../../../server/broker/listen/websocket.ts';
import { connectPacket, conversation, isServed, watchedEngine } from '../../support/bad-input.ts';
import { bytes, subscribe } from '../../support/talk.ts';
import { connectWire } from '../../support/wire.ts';

/** What a WebSocket of the client's library writes to. */
const rawOf = (socket: WebSocket): Pick<Socket, 'write'> => (socket as unknown as { _socket: Socket })._socket;

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
    ['TLS', bytes('16030100c8010000c40303'), 'protocol'],
    ['HTTP', Buffer.from('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n'), 'protocol'],
    ['a CONNECT that announces 256 MB', bytes('10ffffff7f'), 'protocol'],
    ['a CONNECT that announces more than there can be', bytes('10ffffffffff'), 'protocol'],
    ['nothing but zeros', Buffer.alloc(5_000), 'protocol'],
    [
      'a login, and then rubbish',
      Buffer.concat([generate(connectPacket(4, '')), Buffer.alloc(5_000, 0xff)]),
      'packet type 15 does not exist',
    ],
    [
      'a login, and then a text of a terminal',
      Buffer.concat([generate(connectPacket(4, '')), Buffer.from('hello?\r\n')]),
      'reserved flags are wrong',
    ],
  ])(
    'fifty peers that send %s are gone at once, told by their reason, and others are served',
    async (_name, content, reason) => {
      const { engine, faults, tcp, stop } = await listen();
      const good = await connectWire(engine, { clientId: 'good' });
      await subscribe(good, 'good', { qos: 0 });
      const reasons: string[] = [];
      engine.onEvent((event) => {
        if (event.type === 'turned-away') reasons.push(event.reason);
        else if (event.type === 'disconnected') reasons.push(event.reason);
      });
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
      expect(reasons).toEqual(Array(50).fill(reason));
      expect(faults).toEqual([]);
      await stop();
    },
  );

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

  test('the bytes of WebSocket frames may come one by one', async () => {
    const { engine, faults, url, stop } = await listen();
    const socket = new WebSocket(url, 'mqtt');
    await once(socket, 'open');
    const content = generate(connectPacket(4));
    const answer = once(socket, 'message');
    for (const byte of [0x82, 0x80 | content.length, 0, 0, 0, 0, ...content]) rawOf(socket).write(Buffer.from([byte]));
    expect(((await answer) as [Buffer])[0].toString('hex')).toBe('20020000');
    socket.close();
    await once(socket, 'close');
    expect(faults).toEqual([]);
    await vi.waitFor(() => expect(engine.stats().clientsConnected).toBe(0));
    await stop();
  });

  test.each([
    ['a reserved bit', bytes('c2 80 00000000'), 1002],
    ['no mask', bytes('82 05 0000000000'), 1002],
    ['an opcode that does not exist', bytes('83 80 00000000'), 1002],
    ['more bytes than there can be', bytes('82 ff 7fffffffffffffff 00000000'), 1009],
    ['more bytes than are taken', bytes('82 ff 0000000000100001 00000000'), 1009],
    ['a fragment of nothing', bytes('80 80 00000000'), 1002],
    ['text', bytes('81 82 00000000 6869'), 1003],
    ['text that is not UTF-8', bytes('81 81 00000000 ff'), 1007],
  ])('a WebSocket frame with %s closes that connection alone, with the reason', async (_name, frame, reason) => {
    const { engine, faults, url, stop } = await listen();
    const good = await connectWire(engine, { clientId: 'good' });
    await subscribe(good, 'good', { qos: 0 });
    const socket = new WebSocket(url, 'mqtt');
    socket.on('error', () => undefined);
    await once(socket, 'open');
    const closed = once(socket, 'close');
    rawOf(socket).write(frame);
    expect(await isServed(engine, good)).toBe(true);
    expect((await closed)[0]).toBe(reason);
    expect(await isServed(engine, good)).toBe(true);
    expect(faults).toEqual([]);
    await vi.waitFor(() => expect(engine.stats().clientsConnected).toBe(1));
    await stop();
  });
});
