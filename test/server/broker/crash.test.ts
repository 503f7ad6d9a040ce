import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSqliteEngineStore } from '../../../server/broker/store/sqlite.ts';
import { DurableClient } from '../../support/durable-client.ts';
import { Database } from '../../../server/store/sqlite.ts';

/** More of them on request: `KACHEL_CRASH_ROUNDS=100 npx vitest run test/server/broker/crash.test.ts`. */
const rounds = Number(process.env['KACHEL_CRASH_ROUNDS'] ?? 4);
const seed = Number(process.env['KACHEL_CRASH_SEED'] ?? Date.now() % 1_000_000);
const window = 60;
/** The broker is killed after at most so many further acknowledgements. */
const longestLife = 3_000;

let directory: string;
let broker: { process: ChildProcess; port: number } | undefined;
// Beside the packages, so that the program finds them.
const program = resolve('node_modules', `.broker-process-${process.pid}`);

/** A small generator, so that a failure can be repeated with its seed. */
const random = (() => {
  let state = seed;
  return (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
})();

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kachel-crash-'));
  await build({
    configFile: false,
    logLevel: 'error',
    build: { ssr: 'test/support/broker-process.ts', outDir: program, target: 'node20' },
  });
}, 60_000);

afterAll(async () => {
  broker?.process.kill('SIGKILL');
  await rm(directory, { recursive: true, force: true });
  await rm(program, { recursive: true, force: true });
});

const start = async (): Promise<number> => {
  const child = spawn(process.execPath, [join(program, 'broker-process.js'), join(directory, 'broker.db')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  broker = { process: child, port: Number(line.toString()) };
  return broker.port;
};

const kill = async (): Promise<void> => {
  const child = broker?.process;
  if (!child) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
};

/** Resolves when the condition holds; looked at whenever one of the clients got something. */
const until = (clients: readonly DurableClient[], condition: () => boolean): Promise<void> =>
  new Promise((done) => {
    const look = (): void => {
      if (!condition()) return;
      for (const client of clients) client.onProgress = () => undefined;
      done();
    };
    for (const client of clients) client.onProgress = look;
    look();
  });

const numbers = (messages: readonly { topic: string; payload: string }[], topic: string): number[] =>
  messages.filter((message) => message.topic === topic).map((message) => Number(message.payload));

const isAscending = (values: readonly number[]): boolean =>
  values.every((value, index) => index === 0 || value > (values[index - 1] ?? 0));

test(
  `what was acknowledged survives kill -9 (${rounds} rounds, seed ${seed})`,
  { timeout: 20_000 + rounds * 10_000 },
  async () => {
    const publisher = new DurableClient('publisher');
    const subscriber = new DurableClient('subscriber');
    let next = 1;
    let port = await start();
    await subscriber.connect(port);
    await subscriber.subscribe('one', 1);
    await subscriber.subscribe('two', 2);
    await publisher.connect(port);

    const feed = (): void => {
      while (publisher.openCount < window) {
        const value = String(next++);
        publisher.publish('one', value, { qos: 1, retain: false });
        publisher.publish('two', value, { qos: 2, retain: false });
        publisher.publish(`kept/${next % 10}`, value, { qos: 1, retain: true });
      }
    };

    /** Keeps the publisher busy until it has so many acknowledgements. */
    const feedUntil = (count: number): Promise<void> =>
      until([publisher], () => {
        const isEnough = publisher.acknowledged.length >= count;
        if (!isEnough) feed();
        return isEnough;
      });

    for (let round = 0; round < rounds; round++) {
      subscriber.onProgress = () => undefined;
      if (random() < 0.3) subscriber.abandon();
      await feedUntil(publisher.acknowledged.length + 1 + Math.floor(random() * longestLife));
      await kill();
      port = await start();
      await publisher.connect(port);
      await subscriber.connect(port);
      const isComplete = (): boolean => publisher.openCount === 0 && subscriber.last.get('two') === String(next - 1);
      await until([publisher, subscriber], isComplete);
      await until([subscriber], () => subscriber.last.get('one') === String(next - 1));
    }

    const all = Array.from({ length: next - 1 }, (_, index) => index + 1);
    const two = numbers(subscriber.received, 'two');
    expect(two).toEqual(all); // nothing lost, nothing twice, in order
    const one = numbers(subscriber.received, 'one');
    const firsts = [...new Set(one)];
    expect(firsts.length).toBe(all.length); // nothing lost; repetitions are allowed
    expect(isAscending(firsts)).toBe(true);

    await kill();
    const db = new Database(join(directory, 'broker.db'));
    const state = createSqliteEngineStore(db).load();
    const kept = new Map(
      [...state.retained].map((message) => [message.topic, Number(Buffer.from(message.payload).toString())]),
    );
    for (let slot = 0; slot < 10; slot++) {
      const last = numbers(publisher.acknowledged, `kept/${slot}`).at(-1);
      if (last !== undefined) expect(kept.get(`kept/${slot}`)).toBeGreaterThanOrEqual(last);
    }
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    db.close();
  },
);
