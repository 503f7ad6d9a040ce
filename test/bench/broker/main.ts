import { cpus, release, type } from 'node:os';
import { Worker } from 'node:worker_threads';
import { median } from '../figures.ts';
import { mosquittoVersion, startFloor, startMosquitto, startOurs, type Broker } from './brokers.ts';
import { syncTimeMs } from './disk.ts';
import { benchFairness } from './fairness.ts';
import { idleKilobytes } from './idle.ts';
import { renewReadme } from './readme.ts';
import { floorRow, idleGoalKilobytes, offlineGoal, offlineScene, rows, type Row } from './rows.ts';
import { perform } from './perform.ts';

const rounds = 5;
const columns = ['load', 'Kachel', 'Mosquitto', 'ratio', 'goal', ''] as const;

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const printed: (readonly string[])[] = [];
const printRow = (...cells: readonly string[]): void => {
  printed.push(cells);
  print(`| ${cells.join(' | ')} |`);
};
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
  const { goal } = row;
  const isMet = !goal || (goal.isAtLeast ? ratio >= goal.ratio : ratio <= goal.ratio);
  const figures = [ours, theirs].map((value) => (Number.isNaN(value) ? '–' : `${shown(value)} ${row.unit}`));
  const losses = lost > 0 ? `${lost} lost or disordered` : '';
  const said = Number.isNaN(ratio) || !goal ? '' : [verdict(isMet && lost === 0), losses].filter(Boolean).join(', ');
  const ratioCell = Number.isNaN(ratio) ? '–' : ratio.toFixed(2);
  printRow(row.name, ...figures, ratioCell, goal ? `${goal.isAtLeast ? '≥' : '≤'} ${goal.ratio}` : '–', said);
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

async function idle(): Promise<void> {
  const kilobytes = await idleKilobytes();
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

/** Beside what Node.js itself takes. */
async function compareFloor(worker: Worker, brokers: readonly Broker[]): Promise<void> {
  const floor = await startFloor();
  try {
    await compare(worker, floorRow, [floor, ...brokers.slice(1)]);
  } finally {
    await floor.dispose();
  }
}

/** All loads, or those with the wanted words, as a table; returns when and on what it was measured. */
async function compareAll(workerFile: string, wanted: readonly string[]): Promise<string> {
  const version = mosquittoVersion();
  if (version === undefined) print('Mosquitto is not installed (apt-get install mosquitto): no ratios.\n');
  const heading = `Medians of ${rounds} rounds, ${today()}: ${machine()}, Mosquitto ${version ?? '–'}.`;
  print(`${heading}\n`);
  const ours = await startOurs();
  const brokers = version === undefined ? [ours] : [ours, await startMosquitto()];
  const worker = new Worker(workerFile);
  const isWanted = (name: string): boolean => wanted.length === 0 || wanted.some((word) => name.includes(word));
  try {
    printRow(...columns);
    printRow(...columns.map(() => '---'));
    if (isWanted('idle')) await idle();
    for (const row of rows) if (isWanted(row.name)) await compare(worker, row, brokers);
    if (isWanted(floorRow.name)) await compareFloor(worker, brokers);
    if (isWanted('offline')) await alone(worker, ours);
  } finally {
    await worker.terminate();
    for (const broker of brokers) await broker.dispose();
  }
  return heading;
}

/**
 * Runs all loads and prints the table as Markdown; `readme` puts it into the README, too. `workerFile` is the built load generator.
 */
export async function bench(workerFile: string, wanted: readonly string[]): Promise<void> {
  const [first, ...rest] = wanted;
  if (first === 'fairness') {
    print(`${today()}: ${machine()}.\n`);
    return benchFairness(() => new Worker(workerFile), printRow, rest);
  }
  if (first !== 'readme') return void (await compareAll(workerFile, wanted));
  renewReadme(await compareAll(workerFile, []), printed);
}

const today = (): string => new Date().toISOString().slice(0, 10);

const machine = (): string => {
  const cores = cpus();
  return `${cores.length} cores (${cores[0]?.model ?? 'unknown'}), Node ${process.versions.node}, ${type()} ${release().split('.', 2).join('.')}`;
};
