import { owner, startKachel, type Kachel } from '../../support/kachel.ts';
import type { Target } from '../broker/client.ts';
import type { Scene as Load } from '../broker/scene.ts';
import { throughput as run } from '../broker/throughput.ts';
import { median, type Row } from '../figures.ts';
import { makeScene, type Send } from './scene.ts';

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

export async function sender({ url }: Kachel): Promise<Send> {
  const json = { 'content-type': 'application/json', origin: url };
  const body = JSON.stringify({ ...owner, stay: true });
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

/** The same load in turns: by clients without an account, of whom nothing is asked, and by devices under rules. */
export async function throughput(): Promise<readonly Row[]> {
  const kachel = await startKachel({ flags: ['--allow-anonymous'] });
  try {
    const { devices } = await makeScene(await sender(kachel));
    const [first] = devices;
    const free: Target = { port: kachel.mqttPort };
    const ruled: Target = { port: kachel.mqttPort, ...(first ? { credentials: first } : {}) };
    const rows: Row[] = [];
    for (const { name, scene } of loads) {
      const ratios: number[] = [];
      await run(scene, free);
      for (let round = 0; round < rounds; round++) {
        const [without, withRules] = [await run(scene, free), await run(scene, ruled)];
        ratios.push(withRules.value / without.value);
      }
      rows.push({
        what: `throughput with rules / without, QoS 0 ${name}`,
        value: median(ratios),
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
