import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type BetterSqlite from 'better-sqlite3';
import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { connectAsync } from 'mqtt';
import { expect, test } from 'vitest';
import type { ConnectRequest } from '../../../server/broker/engine/engine.ts';
import { broker, brokerPort } from '../../../server/broker/plugin.ts';
import { anyone } from '../../support/engine.ts';
import { createCheckpoints } from '../../../server/store/checkpoints.ts';
import { Database } from '../../../server/store/sqlite.ts';

/** Stands where the database and the accounts will be. */
const makeApp = async (db: BetterSqlite.Database, mqttPort: number | 'off'): Promise<FastifyInstance> => {
  const app = Fastify();
  const auth = {
    authenticateMqtt: ({ username }: ConnectRequest) =>
      Promise.resolve(username === 'lamp' ? { ok: true, principal: anyone } : { ok: false, reason: 'bad-credentials' }),
    onEnded: () => () => undefined,
    isThere: () => true,
  };
  const nothing = (): void => undefined;
  const rights = {
    authorize: () => true,
    inspectorFor: nothing,
    onChange: () => nothing,
    notePublished: nothing,
    noteSubscribed: nothing,
  };
  const aside = createCheckpoints(db, { onBroken: nothing });
  const store = fp(async (inner) => void inner.decorate('store', { db } as never).decorate('checkpoints', aside), {
    name: 'store',
  });
  await app.register(store);
  await app.register(fp(async (inner) => void inner.decorate('auth', auth as never), { name: 'auth' }));
  await app.register(fp(async (inner) => void inner.decorate('rights', rights as never), { name: 'rights' }));
  await app.register(broker, { host: '127.0.0.1', mqttPort });
  return app;
};

test('serves TCP once the app is ready, asks the accounts, and keeps what was said over a restart', async () => {
  const db = new Database(':memory:');
  const app = await makeApp(db, 0);
  await app.ready();
  const url = `mqtt://127.0.0.1:${brokerPort(app.broker)}`;
  await expect(connectAsync(url, { username: 'other', reconnectPeriod: 0 })).rejects.toThrow();
  const client = await connectAsync(url, { username: 'lamp', reconnectPeriod: 0 });
  await client.publishAsync('a', 'x', { qos: 1, retain: true });
  await client.endAsync();
  await app.close();
  const again = await makeApp(db, 'off');
  await again.ready();
  expect(again.broker.retained('a')?.payload.toString()).toBe('x');
  expect(brokerPort(again.broker)).toBeUndefined();
  await again.close();
});

test('a taken port stops the start with a sentence that names it', async () => {
  const blocker = createServer().listen(0, '127.0.0.1');
  await once(blocker, 'listening');
  const { port } = blocker.address() as AddressInfo;
  const app = await makeApp(new Database(':memory:'), port);
  await expect(app.ready()).rejects.toThrow(`MQTT port ${port} on 127.0.0.1 is in use`);
  await app.close();
  blocker.close();
});
