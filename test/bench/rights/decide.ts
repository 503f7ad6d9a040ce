import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../../../server/app.ts';
import type { Principal } from '../../../server/broker/engine/engine.ts';
import { configDefaults, type Config } from '../../../server/config.ts';
import { owner } from '../../support/kachel.ts';
import { median, type Row } from '../figures.ts';
import { makeScene, ruleCount, type Scene, type Send } from './scene.ts';

const rounds = 40;
/** One call is shorter than what a clock can tell. */
const callsPerSample = 200;

const config = (dataDir: string): Config => ({
  ...configDefaults,
  dataDir,
  publicHosts: [],
  httpPort: 'off',
  mqttPort: 'off',
  httpsPort: 'off',
  mqttsPort: 'off',
  mdns: false,
  logLevel: 'silent',
  owner,
  brokerLimits: {},
  iconTable: {},
  houseJsonSchema: {},
});

type App = Awaited<ReturnType<typeof buildApp>>;

async function sender(app: App): Promise<Send> {
  const reply = await app.inject({ method: 'POST', url: '/api/login', payload: { ...owner, stay: true } });
  const cookie = reply.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  return async (method, url, payload) => {
    const answer = await app.inject({
      method,
      url,
      headers: { cookie },
      ...(payload === undefined ? {} : { payload }),
    });
    if (answer.statusCode >= 400) throw new Error(`${url}: ${answer.statusCode} ${answer.body}`);
    return answer.body === '' ? undefined : answer.json<unknown>();
  };
}

type Question = readonly [Principal, 'publish' | 'receive', string, string];

/** What devices and pages do all day; a principal is a connection. */
const questions = ({ devices, people }: Scene): readonly Question[] => [
  ...devices.flatMap(({ id }, index): Question[] => {
    const principal: Principal = { kind: 'device', id, name: `plug${index}` };
    const ask = (action: 'publish' | 'receive', topic: string): Question => [principal, action, topic, `plug${index}`];
    return [ask('publish', `tele/plug${index}/sensor`), ask('receive', `cmnd/plug${index}/power`)];
  }),
  ...people.map((id, index): Question => [
    { kind: 'person', id, name: id },
    'receive',
    `plug-${index}/state`,
    `page${index}`,
  ]),
];

function timed({ rights }: App, asked: readonly Question[]): number {
  const startedMs = performance.now();
  for (const [principal, action, topic, clientId] of asked) rights.authorize(principal, action, topic, clientId);
  return ((performance.now() - startedMs) * 1_000) / asked.length;
}

function measure(app: App, scene: Scene) {
  const all = questions(scene);
  const samples = { remembered: [] as number[], newTopic: [] as number[], afterChange: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    app.rights.changed('rules');
    for (const one of all) samples.afterChange.push(timed(app, [one]));
    const others = all.map(([who, action, topic, id]): Question => [who, action, `${topic}/${round}`, id]);
    for (const one of others) samples.newTopic.push(timed(app, [one]));
    for (let at = 0; at < all.length; at += callsPerSample)
      samples.remembered.push(timed(app, all.slice(at, at + callsPerSample)));
  }
  return samples;
}

/** How long one question to the rights takes, without a network. */
export async function decide(): Promise<readonly Row[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kachel-bench-'));
  const app = await buildApp(config(dataDir), { databaseFile: ':memory:' });
  try {
    await app.ready();
    const samples = measure(app, await makeScene(await sender(app)));
    const what = `authorize with ${ruleCount} rules`;
    return [
      { what: `${what}, remembered`, value: median(samples.remembered), unit: 'µs', goal: 1 },
      { what: `${what}, a new topic`, value: median(samples.newTopic), unit: 'µs', goal: 20 },
      { what: `${what}, first after a change`, value: median(samples.afterChange), unit: 'µs', goal: 20 },
    ];
  } finally {
    await app.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
