import { owner, startKachel, type Kachel } from '../../support/kachel.ts';
import type { Target } from '../broker/client.ts';
import type { Scene as Load } from '../broker/scene.ts';
import { throughput as run } from '../broker/throughput.ts';
import { median, type Row } from '../figures.ts';
import { addLimitedApp, makeScene, type Send } from './scene.ts';

const rounds = 7;
const load = {
  kind: 'throughput',
  shape: 'one',
  publishers: 1,
  subscribers: 1,
  qos: 0,
  window: 2_000,
  durationMs: 800,
} as const satisfies Load;
const loads = [
  { name: '1→1', scene: load },
  { name: 'fan-out 1→100', scene: { ...load, subscribers: 100 } },
] as const;

export async function sender({ url }: Kachel, name: string = owner.name): Promise<Send> {
  const json = { 'content-type': 'application/json', origin: url };
  const body = JSON.stringify({ ...owner, name, stay: true });
  const login = await fetch(`${url}/api/login`, { method: 'POST', headers: json, body });
  const cookie = login.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  return async (method, path, payload) => {
    const content = payload === undefined ? {} : { body: JSON.stringify(payload) };
    const headers = payload === undefined ? { origin: url, cookie } : { ...json, cookie };
    const reply = await fetch(`${url}${path}`, { method, headers, ...content });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${text}`);
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  };
}

/** How much of the load without an account is left with one, measured in turns. */
async function shareOf(scene: Load & { readonly kind: 'throughput' }, free: Target, held: Target): Promise<number> {
  const ratios: number[] = [];
  await run(scene, free);
  for (let round = 0; round < rounds; round++) {
    const [without, withAccount] = [await run(scene, free), await run(scene, held)];
    ratios.push(withAccount.value / without.value);
  }
  return median(ratios);
}

/** The same load by clients without an account, of whom nothing is asked, by devices under rules, and by somebody with a limit on the topic. */
export async function throughput(): Promise<readonly Row[]> {
  const kachel = await startKachel({ flags: ['--allow-anonymous'] });
  try {
    const send = await sender(kachel);
    const { devices } = await makeScene(send);
    const [device] = devices;
    if (!device) throw new Error('the scene has no device');
    const limited = await addLimitedApp(send, (name) => sender(kachel, name));
    const { mqttPort: port } = kachel;
    const rows: Row[] = [];
    for (const { name, scene } of loads)
      for (const [what, credentials] of [
        ['rules', device],
        ['limits on the topic', limited],
      ] as const) {
        const value = await shareOf(scene, { port }, { port, credentials });
        rows.push({
          what: `throughput with ${what} / without, QoS 0 ${name}`,
          value,
          unit: '',
          goal: 0.85,
          isMore: true,
        });
      }
    return rows;
  } finally {
    await kachel.dispose();
  }
}
