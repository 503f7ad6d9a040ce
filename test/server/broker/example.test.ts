import { connectAsync } from 'mqtt';
import { expect, test } from 'vitest';
import { createEngine } from '../../../server/broker/engine/create-engine.ts';
import { createMemoryStore } from '../../../server/broker/engine/memory-store.ts';
import { listenTcp } from '../../../server/broker/listen/tcp.ts';

test('the engine’s README: a broker in a few lines', async () => {
  const seen: string[] = [];
  const engine = createEngine({
    store: createMemoryStore(),
    authenticate: ({ username = '' }) =>
      Promise.resolve({ ok: true, principal: { kind: 'device', id: username, name: username } }),
    authorize: (principal, action, topic) => action !== 'publish' || topic.startsWith(`house/${principal.name}`),
  });
  const listener = await listenTcp(engine, { host: '127.0.0.1', port: 0 });
  engine.observe('house/#', ({ message, publisher }) => seen.push(`${publisher?.principal.name} ${message.topic}`));
  await engine.publish({ topic: 'house/welcome', payload: Buffer.from('hello'), qos: 1, retain: true });

  const client = await connectAsync(`mqtt://127.0.0.1:${listener.port}`, { username: 'lamp', reconnectPeriod: 0 });
  await client.publishAsync('house/lamp', 'ON', { qos: 1 });
  await client.publishAsync('house/door', 'OPEN', { qos: 1 }); // not the lamp's to say
  await client.endAsync();
  await engine.close();
  await listener.dispose();
  expect(seen).toEqual(['undefined house/welcome', 'lamp house/lamp']);
});
