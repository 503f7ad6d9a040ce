import { connectAsync } from 'mqtt';
import { connect } from 'node:net';
import { once } from 'node:events';
import { expect, it, onTestFinished, vi } from 'vitest';
import { owner, startKachel } from '../../support/kachel.ts';
import { mqttClient } from '../../support/mqtt.ts';

vi.setConfig({ testTimeout: 60_000 });

const phones = 40;
const messages = 300;
const large = Buffer.alloc(200_000, 'x');

/** The cookie of a login. */
async function logIn(url: string): Promise<string> {
  const reply = await fetch(`${url}/api/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ name: owner.name, password: owner.password, stay: false }),
  });
  return reply.headers.get('set-cookie')?.split(';')[0] ?? '';
}

it('ends in time with everything stored, though phones are connected and one of them sleeps', async () => {
  const kachel = await startKachel();
  onTestFinished(() => kachel.dispose());
  const { stdout } = await kachel.run('device', 'add', 'Lamp', '--password', 'a long password');
  const login = { username: /MQTT user: (\S+)/.exec(stdout)?.[1] ?? '', password: 'a long password' };
  const cookie = await logIn(kachel.url);
  const sockets = await Promise.all(
    Array.from({ length: phones }, () =>
      connectAsync(`${kachel.url.replace('http', 'ws')}/mqtt`, {
        protocolVersion: 5,
        reconnectPeriod: 0,
        wsOptions: { headers: { cookie, origin: kachel.url } },
      }),
    ),
  );
  for (const socket of sockets) await socket.subscribeAsync('#', { qos: 1 });
  const device = await mqttClient(kachel.mqttPort, login);
  // A phone that sleeps: it asks for everything and reads nothing more.
  const sleeper = await connectAsync(`mqtt://127.0.0.1:${kachel.mqttPort}`, {
    ...login,
    protocolVersion: 5,
    clientId: 'sleeper',
    reconnectPeriod: 0,
  });
  await sleeper.subscribeAsync('#', { qos: 1 });
  sleeper.stream.pause();
  // And one that never said who it is.
  const silent = connect(kachel.mqttPort, '127.0.0.1');
  await once(silent, 'connect');
  onTestFinished(() => {
    for (const client of [...sockets, sleeper, device.client]) client.end(true);
    silent.destroy();
  });
  for (let number = 0; number < 20; number += 1) await device.publish('large', large);
  await Promise.all(
    Array.from({ length: messages }, (_, number) =>
      device.publish(`kept/${number}`, `${number}`, { qos: 1, retain: true }),
    ),
  );
  await kachel.kill('SIGTERM');
  // A server that does not come to its end in time ends itself, with 1.
  expect(kachel.exitCode()).toBe(0);

  await kachel.start();
  const reader = await mqttClient(kachel.mqttPort, login);
  await reader.subscribe('kept/#', 1);
  await vi.waitFor(() => expect(reader.messages).toHaveLength(messages), 20_000);
  await reader.close();
});
