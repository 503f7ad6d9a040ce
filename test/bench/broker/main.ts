import { cpus, release, type } from 'node:os';
import { Worker } from 'node:worker_threads';
import { median } from '../figures.ts';
import { mosquittoVersion, startMosquitto, startOurs, type Broker } from './brokers.ts';
import { syncTimeMs } from './disk.ts';
import { benchFairness } from './fairness.ts';
import { idleKilobytes } from './idle.ts';
import { idleGoalKilobytes, offlineGoal, offlineScene, rows, type Row } from './rows.ts';
import { perform } from './perform.ts';

const rounds = 5;
const columns = ['load', 'Kachel', 'Mosquitto', 'ratio', 'goal', ''] as const;

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const printRow = (...cells: readonly string[]): void => print(`| ${cells.join(' | ')} |`);
const shown = (value: number): string => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(1));
const verdict = (isMet: boolean): string => (isMet ? 'ok' : 'MISS');

interface Medians {
  readonly values: readonly number[];
  readonly lost: number;
}

/** Rounds take turns between the brokers, so that a noisy neighbour disturbs both. */
async function measure(worker: Worker, row: Row, brokers: readonly Broker[]): Promise<Medians> {
  const samples = brokers.map((): number[] => []);
  let lost = 0;
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, broker] of brokers.entries()) {
      const outcome = await perform(worker, { scene: row.scene, target: broker[row.over] });
      samples[index]?.push(outcome.value);
      if (index === 0) lost += outcome.lost;
    }
  }
  return { values: samples.map(median), lost };
}

async function compare(worker: Worker, row: Row, brokers: readonly Broker[]): Promise<void> {
  const { values, lost } = await measure(worker, row, brokers);
  const [ours = Number.NaN, theirs = Number.NaN] = values;
  const ratio = ours / theirs;
  const { isAtLeast, ratio: goal } = row.goal;
  const isMet = isAtLeast ? ratio >= goal : ratio <= goal;
  const figures = [ours, theirs].map((value) => (Number.isNaN(value) ? '–' : `${shown(value)} ${row.unit}`));
  const losses = lost > 0 ? `${lost} lost or disordered` : '';
  const said = Number.isNaN(ratio) ? '' : [verdict(isMet && lost === 0), losses].filter(Boolean).join(', ');
  const ratioCell = Number.isNaN(ratio) ? '–' : ratio.toFixed(2);
  printRow(row.name, ...figures, ratioCell, `${isAtLeast ? '≥' : '≤'} ${goal}`, said);
}

async function alone(worker: Worker, ours: Broker): Promise<void> {
  const syncMs = syncTimeMs(ours.dataDir);
  const samples: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    samples.push((await perform(worker, { scene: offlineScene, target: ours.tcp })).value);
  }
  const rate = median(samples);
  const name = `QoS 1 to an offline session, synced (one sync: ${syncMs.toFixed(2)} ms)`;
  printRow(
    name,
    `${shown(rate)} /s`,
    '–',
    '–',
    `≥ ${offlineGoal.toLocaleString('en')} /s`,
    verdict(rate >= offlineGoal),
  );
}

async function idle(ours: Broker): Promise<void> {
  const kilobytes = await idleKilobytes(ours);
  const isMet = kilobytes <= idleGoalKilobytes;
  printRow(
    'idle memory per connection',
    `${kilobytes.toFixed(1)} kB`,
    '–',
    '–',
    `≤ ${idleGoalKilobytes} kB`,
    verdict(isMet),
  );
}

/** Runs all loads and prints the table as Markdown. `workerFile` is the built load generator. */
export async function bench(workerFile: string, wanted: readonly string[]): Promise<void> {
  if (wanted[0] === 'fairness') {
    print(`${new Date().toISOString().slice(0, 10)}: ${machine()}.\n`);
    return benchFairness(() => new Worker(workerFile), printRow, wanted.slice(1));
  }
  const version = mosquittoVersion();
  const ours = await startOurs();
  const brokers = version === undefined ? [ours] : [ours, await startMosquitto()];
  const worker = new Worker(workerFile);
  const isWanted = (name: string): boolean => wanted.length === 0 || wanted.some((word) => name.includes(word));
  try {
    if (version === undefined) print('Mosquitto is not installed (apt-get install mosquitto): no ratios.\n');
    print(
      `Medians of ${rounds} rounds, ${new Date().toISOString().slice(0, 10)}: ${machine()}, Mosquitto ${version ?? '–'}.\n`,
    );
    printRow(...columns);
    printRow(...columns.map(() => '---'));
    if (isWanted('idle')) await idle(ours);
    for (const row of rows) if (isWanted(row.name)) await compare(worker, row, brokers);
    if (isWanted('offline')) await alone(worker, ours);
  } finally {
    await worker.terminate();
    for (const broker of brokers) await broker.dispose();
  }
}

const machine = (): string => {
  const cores = cpus();
  return `${cores.length} cores (${cores[0]?.model ?? 'unknown'}), Node ${process.versions.node}, ${type()} ${release()}`;
};
