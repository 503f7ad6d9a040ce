import type { Worker } from 'node:worker_threads';
import { readExposition, type ReadFamily } from '../../support/exposition.ts';
import { collectGarbage, residentKilobytes, startCollectable, type Broker } from './brokers.ts';
import { perform } from './perform.ts';
import type { Attack, Scene } from './scene.ts';

type Probe = Extract<Scene, { kind: 'probe' }>;

const metricsToken = 'a-token-for-the-bench';
/** The first, so that the attackers of this machine are limited as those of any other address; the second, so that it is reached. */
const limits = { 'max-connections-per-address': 1_000, 'max-retained-bytes': 16 * 1024 * 1024 };

/** The two who speak and the four who listen beside one that stopped reading. */
const busy = (qos: 0 | 1): Probe => ({
  kind: 'probe',
  publishers: 2,
  perSecond: 2_000,
  subscribers: 4,
  qos,
  payloadBytes: 1_024,
  durationMs: 6_000,
});
/** An ordinary house while somebody attacks. */
const ordinary: Probe = { ...busy(0), perSecond: 100, payloadBytes: 64, durationMs: 3_000 };

const worstGoalMs = 100;
const factorGoal = 3;
const atLeastMs = 10;
/** What the server may still hold on to afterwards, beside what the limits let attackers keep. */
const heldGoalMegabytes = 8;
/** How much larger the process may become: twice what the limits let attackers occupy, and room for a collector that lags. */
const peakGoalMegabytes = (limitMegabytes: number): number => 2 * limitMegabytes + 192;
/** Megabytes that the limits in force let each of them occupy; nothing where it is not said. */
const occupied: Partial<Record<Attack, { readonly during: number; readonly after?: number }>> = {
  'stalled at QoS 0': { during: 8 },
  'stalled at QoS 1': { during: 8 + 16 },
  'deep topics': { during: 16 + 12, after: 16 + 12 }, // retained, and the table of topic names
};
/** An attack begins before the house is watched, and ends after it. */
const leadMs = 500;
const tailMs = 500;
const settleMs = 1_500;

const against: readonly Attack[] = [
  'half-open',
  'connects',
  'publish flood',
  'PUBREL flood',
  'PINGREQ flood',
  'deep topics',
  'deep filters',
  '256 MB announced',
  'random bytes',
  'random bytes after login',
  'TLS bytes',
  'HTTP request',
  'WebSocket rubbish',
  'wrong passwords',
];

interface Bench {
  readonly broker: Broker;
  readonly probes: Worker;
  readonly attackers: Worker;
  readonly print: (...cells: readonly string[]) => void;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function figures({ broker }: Bench): Promise<readonly ReadFamily[]> {
  const url = `http://127.0.0.1:${broker.webSocket.port}/metrics`;
  const reply = await fetch(url, { headers: { authorization: `Bearer ${metricsToken}` } });
  return readExposition(await reply.text());
}

const valueOf = (families: readonly ReadFamily[], wanted: string): number =>
  families.find(({ name }) => name === wanted)?.samples[0]?.value ?? NaN;

/** Refusals and limits that were counted meanwhile. */
function counted(before: readonly ReadFamily[], after: readonly ReadFamily[]): string {
  const flat = (families: readonly ReadFamily[]): Map<string, number> =>
    new Map(
      families
        .filter(({ name }) => /limit_exceeded|connections_refused|messages_dropped/.test(name))
        .flatMap(({ samples }) => samples.map((sample) => [Object.values(sample.labels).join(), sample.value])),
    );
  const earlier = flat(before);
  return [...flat(after)]
    .map(([name, value]) => [name, value - (earlier.get(name) ?? 0)] as const)
    .filter(([, grown]) => grown > 0)
    .map(([name, grown]) => `${name} ${grown.toLocaleString('en')}`)
    .join(', ');
}

interface Watched {
  readonly p99Ms: number;
  readonly worstMs: number;
  readonly lost: number;
  /** What the attacker managed. */
  readonly done: number;
  /** How much larger the process became, and how much more it holds on to afterwards. */
  readonly peakMegabytes: number;
  readonly heldMegabytes: number;
  readonly counted: string;
  /** How long the server's event loop stood still at most. */
  readonly loopMs: number;
}

/** Bytes that are not garbage. */
async function heldBytes(bench: Bench): Promise<number> {
  await collectGarbage(bench.broker);
  const now = await figures(bench);
  return valueOf(now, 'nodejs_heap_size_used_bytes') + valueOf(now, 'nodejs_external_memory_bytes');
}

/** Lets the house live under an attack, and looks at it once that is over. */
async function watch(bench: Bench, name: Attack, house: Probe): Promise<Watched> {
  const { broker, probes, attackers } = bench;
  const heldBefore = await heldBytes(bench);
  const before = { figures: await figures(bench), kilobytes: residentKilobytes(broker.pid) };
  let peakKilobytes = before.kilobytes;
  const timer = setInterval(() => (peakKilobytes = Math.max(peakKilobytes, residentKilobytes(broker.pid))), 100);
  const durationMs = leadMs + house.durationMs + tailMs;
  const target = name === 'WebSocket rubbish' ? broker.webSocket : broker.tcp;
  const attacking = perform(attackers, { scene: { kind: 'attack', attack: name, durationMs }, target });
  await pause(leadMs);
  const { value, worst = NaN, lost } = await perform(probes, { scene: house, target: broker.tcp });
  const { value: done } = await attacking;
  clearInterval(timer);
  const during = await figures(bench);
  const loopMs = valueOf(during, 'nodejs_eventloop_lag_max_seconds') * 1_000;
  await pause(settleMs);
  return {
    p99Ms: value,
    worstMs: worst,
    lost,
    done,
    peakMegabytes: (peakKilobytes - before.kilobytes) / 1_024,
    heldMegabytes: ((await heldBytes(bench)) - heldBefore) / 1_048_576,
    loopMs,
    counted: counted(before.figures, during),
  };
}

const shownMs = (ms: number): string => `${ms.toFixed(1)} ms`;
const verdict = (isMet: boolean): string => (isMet ? 'ok' : 'MISS');

interface Line {
  readonly attack: Attack;
  readonly label: string;
  readonly seen: Watched;
  readonly goal: { readonly text: string; readonly isMet: boolean };
}

function row({ print }: Bench, { attack, label, seen, goal }: Line): void {
  const { during = 0, after = 0 } = occupied[attack] ?? {};
  const [peakGoal, heldGoal] = [peakGoalMegabytes(during), after + heldGoalMegabytes];
  const isSmall = seen.peakMegabytes <= peakGoal && seen.heldMegabytes <= heldGoal;
  print(
    label + (seen.done > 1 ? ` (${seen.done.toLocaleString('en')})` : ''),
    shownMs(seen.p99Ms),
    shownMs(seen.worstMs),
    shownMs(seen.loopMs),
    String(seen.lost),
    `+${Math.round(seen.peakMegabytes)}, held ${Math.round(seen.heldMegabytes)} MB`,
    `${goal.text}, +${peakGoal}, held ${heldGoal} MB`,
    verdict(goal.isMet && seen.lost === 0 && isSmall),
    seen.counted,
  );
}

/** One subscriber stops reading while 2 × 2,000 messages a second flow: the others must hardly notice. */
async function stalled(bench: Bench, qos: 0 | 1): Promise<void> {
  const alone = await watch(bench, 'none', busy(qos));
  const undisturbed = { text: '–', isMet: true };
  const label = `2 × 2,000/s of 1 kB at QoS ${qos}, undisturbed`;
  row(bench, { attack: 'none', label, seen: alone, goal: undisturbed });
  const goalMs = Math.max(factorGoal * alone.p99Ms, atLeastMs);
  const attack = `stalled at QoS ${qos}` as const;
  const seen = await watch(bench, attack, busy(qos));
  const goal = { text: `p99 ≤ ${shownMs(goalMs)}`, isMet: seen.p99Ms <= goalMs };
  row(bench, { attack, label: `the same, and one more is ${attack}`, seen, goal });
}

/** `npm run bench:broker -- fairness [word …]`: can anybody stall the house? Words choose lines by their names. */
export async function benchFairness(
  makeWorker: () => Worker,
  print: Bench['print'],
  words: readonly string[],
): Promise<void> {
  const flags = Object.entries(limits).flatMap(([name, value]) => ['--broker-limit', `${name}=${value}`]);
  const broker = await startCollectable([...flags, '--metrics-token', metricsToken]);
  const bench = { broker, print, probes: makeWorker(), attackers: makeWorker() };
  const isWanted = (name: string): boolean => words.length === 0 || words.some((word) => name.includes(word));
  const columns = ['others, while …', 'p99', 'worst', 'loop', 'lost', 'memory', 'goal', '', 'counted'];
  print(...columns);
  print(...columns.map(() => '---'));
  try {
    for (const qos of [0, 1] as const) if (isWanted(`stalled at QoS ${qos}`)) await stalled(bench, qos);
    for (const name of against) {
      if (!isWanted(name)) continue;
      const seen = await watch(bench, name, ordinary);
      const goal = { text: `worst ≤ ${worstGoalMs} ms`, isMet: seen.worstMs <= worstGoalMs };
      row(bench, { attack: name, label: name, seen, goal });
    }
  } finally {
    await Promise.all([bench.probes.terminate(), bench.attackers.terminate()]);
    await broker.dispose();
  }
}
