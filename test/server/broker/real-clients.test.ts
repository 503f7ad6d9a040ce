import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { connectAsync } from 'mqtt';
import type { IClientOptions, MqttClient } from 'mqtt';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { isOnPath } from '../../../server/bootstrap/programs.mjs';
import type { Engine } from '../../../server/broker/engine/engine.ts';
import { listenTcp } from '../../../server/broker/listen/tcp.ts';
import type { TcpListener } from '../../../server/broker/listen/tcp.ts';
import { createWebSocketAcceptor } from '../../../server/broker/listen/websocket.ts';
import { makeEngine } from '../../support/engine.ts';

const run = promisify(execFile);

let engine: Engine;
let tcp: TcpListener;
let stopHttp: () => Promise<void>;
let httpPort: number;
const clients: MqttClient[] = [];

beforeEach(async () => {
  engine = makeEngine();
  tcp = await listenTcp(engine, { host: '127.0.0.1', port: 0 });
  const server = createServer();
  const accept = createWebSocketAcceptor(engine);
  server.on('upgrade', (request, socket, head) =>
    accept(request, socket, head, { remoteAddress: '127.0.0.1', via: 'websocket' }),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  httpPort = (server.address() as AddressInfo).port;
  stopHttp = () => new Promise((resolve) => server.close(() => resolve()));
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.endAsync(true)));
  await engine.close();
  await tcp.dispose();
  await stopHttp();
});

const connect = async (scheme: 'tcp' | 'ws', options: IClientOptions): Promise<MqttClient> => {
  const url = scheme === 'tcp' ? `mqtt://127.0.0.1:${tcp.port}` : `ws://127.0.0.1:${httpPort}/mqtt`;
  const client = await connectAsync(url, { reconnectPeriod: 0, ...options });
  clients.push(client);
  return client;
};

interface Arrival {
  readonly topic: string;
  readonly text: string;
  readonly qos: number;
  readonly retain: boolean;
}

const nextMessage = (client: MqttClient): Promise<Arrival> =>
  new Promise((resolve) => {
    client.once('message', (topic, payload, { qos, retain }) =>
      resolve({ topic, text: payload.toString(), qos, retain }),
    );
  });

describe.each(['tcp', 'ws'] as const)('mqtt.js over %s', (scheme) => {
  describe.each([4, 5] as const)('version %i', (protocolVersion) => {
    test.each([0, 1, 2] as const)('QoS %i arrives', async (qos) => {
      const subscriber = await connect(scheme, { protocolVersion });
      const publisher = await connect(scheme, { protocolVersion });
      await subscriber.subscribeAsync('house/+/temperature', { qos });
      const arrival = nextMessage(subscriber);
      await publisher.publishAsync('house/wc/temperature', '22.5', { qos });
      expect(await arrival).toEqual({ topic: 'house/wc/temperature', text: '22.5', qos, retain: false });
    });

    test('a retained message greets a later subscriber', async () => {
      const publisher = await connect(scheme, { protocolVersion });
      await publisher.publishAsync('lamp', 'ON', { qos: 1, retain: true });
      const subscriber = await connect(scheme, { protocolVersion });
      const arrival = nextMessage(subscriber);
      await subscriber.subscribeAsync('#', { qos: 1 });
      expect(await arrival).toEqual({ topic: 'lamp', text: 'ON', qos: 1, retain: true });
    });

    test('the will of a client that vanishes is published', async () => {
      const subscriber = await connect(scheme, { protocolVersion });
      await subscriber.subscribeAsync('status/#');
      const device = await connect(scheme, {
        protocolVersion,
        will: { topic: 'status/device', payload: Buffer.from('offline'), qos: 0, retain: false },
      });
      const arrival = nextMessage(subscriber);
      device.stream.destroy();
      expect((await arrival).text).toBe('offline');
    });

    test('a session keeps what came while its client was away', async () => {
      const options: IClientOptions = {
        protocolVersion,
        clientId: 'sleeper',
        clean: false,
        ...(protocolVersion === 5 && { properties: { sessionExpiryInterval: 1000 } }),
      };
      const first = await connect(scheme, options);
      await first.subscribeAsync('news', { qos: 1 });
      await first.endAsync();
      const publisher = await connect(scheme, { protocolVersion });
      await publisher.publishAsync('news', 'one', { qos: 1 });
      const client = (await import('mqtt')).connect(
        scheme === 'tcp' ? `mqtt://127.0.0.1:${tcp.port}` : `ws://127.0.0.1:${httpPort}/mqtt`,
        options,
      );
      clients.push(client);
      expect((await nextMessage(client)).text).toBe('one');
    });
  });
});

describe.each(['mqttv31', 'mqttv311', 'mqttv5'])('mosquitto_pub and mosquitto_sub as %s', (version) => {
  beforeAll(() => {
    if (!isOnPath('mosquitto_sub')) throw new Error('mosquitto_sub is missing: apt-get install mosquitto-clients');
  });

  test.each(['0', '1', '2'])('QoS %s arrives', async (qos) => {
    const port = String(tcp.port);
    const id = version === 'mqttv31' ? ['-i', `sub${qos}`] : [];
    const subscriber = spawn('mosquitto_sub', [
      '-V',
      version,
      '-p',
      port,
      '-t',
      'a/#',
      '-q',
      qos,
      '-C',
      '1',
      '-F',
      '%t %q %p',
      ...id,
    ]);
    const end = once(subscriber, 'close');
    let output = '';
    subscriber.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await vi.waitFor(() => expect(engine.stats().subscriptions).toBe(1), { timeout: 5_000, interval: 5 });
    await run('mosquitto_pub', [
      '-V',
      version,
      '-p',
      port,
      '-t',
      'a/b',
      '-q',
      qos,
      '-m',
      'hello',
      ...(version === 'mqttv31' ? ['-i', `pub${qos}`] : []),
    ]);
    await end;
    expect(output).toContain(`a/b ${qos} hello`);
  });
});
