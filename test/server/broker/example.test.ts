import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { expect, test } from 'vitest';
import { createEngine } from '../../../server/broker/engine/create-engine.ts';
import { createMemoryStore } from '../../../server/broker/engine/memory-store.ts';
import { listenTcp } from '../../../server/broker/listen/tcp.ts';

const folder = join(import.meta.dirname, '../../../server/broker/engine');
const readme = readFileSync(join(folder, 'README.md'), 'utf8');

test('a broker in twenty lines', async () => {
  const seen: string[] = [];
  // README: from here
  const engine = createEngine({
    store: createMemoryStore(),
    authenticate: ({ username = '' }) => ({ ok: true, principal: { kind: 'device', id: username, name: username } }),
    authorize: ({ name }, action, topic) => action !== 'publish' || topic.startsWith(`house/${name}`),
    limits: { maxMessagesPerSecond: 1_000 },
  });
  const listener = await listenTcp(engine, { host: '127.0.0.1', port: 0 });
  engine.observe('house/#', ({ message, publisher }) => seen.push(`${publisher?.principal.name} ${message.topic}`));
  await engine.publish({ topic: 'house/welcome', payload: Buffer.from('hello'), qos: 1, retain: true });

  const client = await connectAsync(`mqtt://127.0.0.1:${listener.port}`, { username: 'lamp', reconnectPeriod: 0 });
  await client.publishAsync('house/lamp', 'ON', { qos: 1 });
  await client.publishAsync('house/door', 'OPEN', { qos: 1 }); // not the lamp's to say: dropped, counted, told
  const { messagesDropped } = engine.stats();
  await client.endAsync();
  await engine.close();
  await listener.dispose();
  // README: to here
  expect(seen).toEqual(['undefined house/welcome', 'lamp house/lamp']);
  expect(messagesDropped).toBe(1);
});

test('is what the README shows', () => {
  const own = readFileSync(import.meta.filename, 'utf8');
  const [, code = ''] = /README: from here\n([^]*?)\n *\/\/ README: to here/.exec(own) ?? [];
  expect(readme).toContain(`\`\`\`ts\n${code.replaceAll(/^ {2}/gm, '')}\n\`\`\``);
});

test('the README knows every file', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const missing = files.map((file) => file.replaceAll('\\', '/')).filter((file) => !readme.includes(`\`${file}\``));
  expect(missing).toEqual([]);
});
