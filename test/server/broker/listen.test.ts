import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import { generate } from 'mqtt-packet';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Engine } from '../../../server/broker/engine/engine.ts';
import { Farewells } from '../../../server/broker/listen/farewells.ts';
import { listenTcp, socketTransport } from '../../../server/broker/listen/tcp.ts';
import { createWebSocketAcceptor } from '../../../server/broker/listen/websocket.ts';
import { makeEngine } from '../../support/engine.ts';

const connectPacket = generate({
  cmd: 'connect',
  protocolId: 'MQTT',
  protocolVersion: 4,
  clean: true,
  keepalive: 0,
  clientId: 'a',
});
const pingreq = generate({ cmd: 'pingreq' });

/** From here to the end of the test, timers are counted and do not run. */
const fakeTimers = (): void => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
};

describe('TCP', () => {
  test('a taken port is one plain sentence', async () => {
    const engine = makeEngine();
    const first = await listenTcp(engine, { host: '127.0.0.1', port: 0 });
    await expect(listenTcp(engine, { host: '127.0.0.1', port: first.port })).rejects.toThrow(
      `MQTT port ${first.port} on 127.0.0.1 is in use by another program.`,
    );
    await first.dispose();
  });

  test.each([
    ['TLS', Buffer.from('16030100c8010000c40303', 'hex')],
    ['HTTP', Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')],
  ])('%s bytes end the connection at once', async (_name, bytes) => {
    const engine = makeEngine();
    const listener = await listenTcp(engine, { host: '127.0.0.1', port: 0 });
    const socket = connect(listener.port, '127.0.0.1');
    socket.write(bytes);
    socket.resume();
    await once(socket, 'close');
    expect(socket.bytesRead).toBe(0);
    await listener.dispose();
  });
});

test('who is sent off may finish its sentence, and reads why it was sent off', async () => {
  const engine = makeEngine({ limits: { receiveMaximum: 1 } });
  const listener = await listenTcp(engine, { host: '127.0.0.1', port: 0 });
  const socket = connect({ port: listener.port, host: '127.0.0.1', allowHalfOpen: true });
  const version5 = { protocolVersion: 5 };
  const publish = { cmd: 'publish', topic: 'a', payload: 'x', qos: 2, dup: false, retain: false } as const;
  socket.write(
    generate({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 5, clean: true, keepalive: 0, clientId: 'a' }),
  );
  for (const messageId of [1, 2]) socket.write(generate({ ...publish, messageId }, version5));
  const received: Buffer[] = [];
  socket.on('data', (bytes) => received.push(bytes));
  await once(socket, 'end');
  expect(Buffer.concat(received).toString('hex')).toMatch(/50020001e00193$/); // PUBREC 1, DISCONNECT 0x93
  for (const messageId of [1, 2])
    await new Promise((resolve) => socket.write(generate({ cmd: 'pubrel', messageId }, version5), resolve));
  socket.end();
  const [isBroken] = (await once(socket, 'close')) as [boolean];
  expect(isBroken).toBe(false);
  await engine.close();
  await listener.dispose();
});

test('a TLS connection that is gone leaves no timer behind', async () => {
  fakeTimers();
  const socket = new TLSSocket(new Socket());
  const closed = once(socket, 'close');
  const transport = socketTransport(socket, new Farewells());
  transport.onClose(() => transport.close());
  socket.destroy();
  await closed;
  expect(vi.getTimerCount()).toBe(0);
});

describe('WebSocket', () => {
  let engine: Engine;
  let url: string;
  let stop: () => Promise<void>;

  beforeEach(async () => {
    engine = makeEngine({ limits: { maxPacketBytes: 10_000_000 } });
    const accept = createWebSocketAcceptor(engine);
    const server = createServer();
    server.on('upgrade', (request, socket, head) =>
      accept(request, socket, head, { remoteAddress: '127.0.0.1', via: 'websocket' }),
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/mqtt`;
    stop = async () => {
      await engine.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    };
  });

  afterEach(() => stop());

  const open = async (protocols: string | string[] = 'mqtt'): Promise<WebSocket> => {
    const socket = new WebSocket(url, protocols);
    await once(socket, 'open');
    return socket;
  };
  const nextBytes = async (socket: WebSocket): Promise<string> => {
    const [data] = (await once(socket, 'message')) as [Buffer];
    return data.toString('hex');
  };

  test('3.1.1 [MQTT-6.0.0-4] 5.0 [MQTT-6.0.0-4] the subprotocol is selected; that of 3.1 is known too', async () => {
    expect((await open()).protocol).toBe('mqtt');
    expect((await open(['other', 'mqttv3.1'])).protocol).toBe('mqttv3.1');
  });

  test('3.1.1 [MQTT-6.0.0-3] 5.0 [MQTT-6.0.0-3] without it the upgrade is refused', async () => {
    const socket = new WebSocket(url, 'other');
    const [error] = (await once(socket, 'error')) as [Error];
    expect(error.message).toContain('400');
  });

  test('3.1.1 [MQTT-6.0.0-2] 5.0 [MQTT-6.0.0-2] packets may span frames, and frames may hold several packets', async () => {
    const socket = await open();
    const connack = nextBytes(socket);
    for (const byte of connectPacket) socket.send(Buffer.from([byte]));
    expect(await connack).toBe('20020000');
    const answer = nextBytes(socket);
    socket.send(Buffer.concat([pingreq, pingreq, pingreq]));
    expect(await answer).toBe('d000d000d000'); // one frame for one turn
    socket.close();
  });

  test('3.1.1 [MQTT-6.0.0-1] 5.0 [MQTT-6.0.0-1] a text frame closes the connection, and nothing in it counts', async () => {
    const socket = await open();
    socket.send('text');
    socket.send(connectPacket);
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(1003);
    expect(engine.stats().clientsConnected).toBe(0);
  });

  test.each(['cut', 'closed'] as const)('a connection that was %s leaves no timer behind', async (how) => {
    fakeTimers();
    const socket = await open();
    const gone = new Promise<void>((resolve) => {
      engine.onEvent(({ type }) => void (type === 'disconnected' && resolve()));
    });
    socket.send(connectPacket);
    await nextBytes(socket);
    if (how === 'cut') socket.terminate();
    else socket.close();
    await Promise.all([gone, once(socket, 'close')]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a frame over the limit closes the connection', async () => {
    const socket = await open();
    socket.on('error', () => undefined); // the write may fail when the other side has closed
    socket.send(Buffer.alloc(2 * 1024 * 1024));
    const [code] = (await once(socket, 'close')) as [number];
    expect([1006, 1009]).toContain(code);
  });
});

test('a bug in a handler costs one connection, not the house', async () => {
  const errors: string[] = [];
  const engine = makeEngine({
    authorize: () => {
      throw new Error('a bug');
    },
    log: { info: () => undefined, warn: () => undefined, error: (message) => void errors.push(message) },
  });
  const listener = await listenTcp(engine, { host: '127.0.0.1', port: 0 });
  const socket = connect(listener.port, '127.0.0.1');
  socket.write(
    Buffer.concat([
      connectPacket,
      generate({ cmd: 'publish', topic: 'a', payload: 'x', qos: 0, dup: false, retain: false }),
    ]),
  );
  socket.resume();
  await once(socket, 'close');
  expect(errors).toEqual(['A packet could not be handled.']);
  await engine.close();
  await listener.dispose();
});
