import { hash } from '@node-rs/argon2';
import { join } from 'node:path';
import { databaseFile } from '../../../server/config.ts';
import { Database } from '../../../server/store/sqlite.ts';
import { owner, startKachel, type Kachel } from '../../support/kachel.ts';
import { Client } from '../broker/client.ts';
import type { Row } from '../figures.ts';

const deviceCount = 1_000;
/** As in server/auth/password.ts. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const hashersAtOnce = 2;
/** A miss is told in milliseconds, not as an error. */
const answerTimeoutMs = 60_000;

const username = (index: number): string => `device-${index}`;
const password = (index: number): string => `chosen for device ${index}`;

/** Writes the accounts into the database of a stopped server: a thousand calls of `device add` would take longer than the bench. */
async function addDevices({ dataDir }: Kachel): Promise<void> {
  const secrets = new Map<number, string>();
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < deviceCount; index = next++) secrets.set(index, await hash(password(index), cost));
  };
  await Promise.all(Array.from({ length: hashersAtOnce }, work));
  const db = new Database(join(dataDir, databaseFile));
  const insert = db.prepare(
    'INSERT INTO device (id, name, username, secret, created_at, rules, is_blocked) VALUES (?, ?, ?, ?, ?, ?, 0)',
  );
  const rules = JSON.stringify([{ access: 'readwrite', filter: '%u/#' }]);
  db.transaction(() => {
    for (const [index, secret] of secrets) {
      insert.run(username(index), username(index), username(index), secret, Date.now(), rules);
    }
  })();
  db.close();
}

/** Everybody at once; the answer to a subscription proves that they are in. */
async function connectAll({
  mqttPort,
}: Kachel): Promise<{ readonly clients: readonly Client[]; readonly tookMs: number }> {
  const startedMs = performance.now();
  const clients = await Promise.all(
    Array.from({ length: deviceCount }, async (_, index) => {
      const credentials = { username: username(index), password: password(index) };
      const client = await Client.open({ port: mqttPort, credentials, answerTimeoutMs }, username(index));
      await client.subscribe([`${username(index)}/set`], 0);
      return client;
    }),
  );
  return { clients, tookMs: performance.now() - startedMs };
}

async function webLoginMs({ url }: Kachel): Promise<number> {
  const startedMs = performance.now();
  const headers = { 'content-type': 'application/json', origin: url };
  const body = JSON.stringify({ ...owner, stay: false });
  const reply = await fetch(`${url}/api/login`, { method: 'POST', headers, body });
  if (!reply.ok) throw new Error(`the owner was refused: ${reply.status}`);
  return performance.now() - startedMs;
}

/** A house whose devices have passwords that people chose, after a restart of the server and after one of the network. */
export async function logins(): Promise<readonly Row[]> {
  const kachel = await startKachel();
  try {
    await kachel.kill('SIGTERM');
    await addDevices(kachel);
    await kachel.start();
    const [cold, pageMs] = await Promise.all([connectAll(kachel), webLoginMs(kachel)]);
    await Promise.all(cold.clients.map((client) => client.close()));
    const warm = await connectAll(kachel);
    await Promise.all(warm.clients.map((client) => client.close()));
    const what = `${deviceCount} devices with chosen passwords are back`;
    return [
      { what: `${what} after a restart`, value: cold.tookMs, unit: 'ms', goal: 20_000 },
      { what: 'a login on a page meanwhile', value: pageMs, unit: 'ms', goal: 1_000 },
      { what: `${what} after the network was away`, value: warm.tookMs, unit: 'ms', goal: 2_000 },
    ];
  } finally {
    await kachel.dispose();
  }
}
