import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The real, built server as a child process on its own data directory: what people run. */
export interface Kachel {
  readonly url: string;
  readonly httpPort: number;
  readonly mqttPort: number;
  readonly httpsPort: number;
  readonly mqttsPort: number;
  readonly dataDir: string;
  /** Everything it printed so far. */
  output(): string;
  pid(): number | undefined;
  /** How the last process ended; `null` by a signal or not yet. */
  exitCode(): number | null | undefined;
  /** Starts it again on the same ports and data, after `kill`. Resolves when it answers. */
  start(): Promise<void>;
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Runs a sub-command of the same program against this data directory; resolves with what it printed. */
  run(
    ...args: readonly string[]
  ): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
  dispose(): Promise<void>;
}

export const owner = { name: 'Anna', password: 'a long enough password' } as const;
const built = resolve('dist/server/main.js');
const startTimeoutMs = 30_000;
const pollMs = 25;

/** Below the ports that systems hand to outgoing connections, which would take a port away between two starts of one server. */
const firstPort = 20_000;
const portCount = 12_000;
/** Test processes run side by side: each begins somewhere else and counts on. */
let nextPort = (process.pid * 101) % portCount;

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });

/** A port that nobody uses and that this process has not given away yet. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < portCount; tries += 1) {
    const port = firstPort + (nextPort++ % portCount);
    if (await isFree(port)) return port;
  }
  throw new Error('no port');
}

export interface KachelOptions {
  readonly flags?: readonly string[];
  /** Default: the owner of this file exists. `false` = a fresh house. */
  readonly withOwner?: boolean;
  /** Of the terminal, and of what the demo house calls its rooms. Default: English. */
  readonly language?: 'en' | 'de';
  /** Default: what `npm run build` made. */
  readonly entry?: string;
}

/** Starts a server and waits until it is healthy. */
export async function startKachel(options: KachelOptions = {}): Promise<Kachel> {
  const { flags = [], withOwner = true, language = 'en', entry = built } = options;
  const dataDir = mkdtempSync(join(tmpdir(), 'kachel-test-'));
  const [httpPort, mqttPort] = [await freePort(), await freePort()];
  const [httpsPort, mqttsPort] = [await freePort(), await freePort()];
  const url = `http://localhost:${httpPort}`;
  const base = [
    '--data-dir',
    dataDir,
    '--host',
    '127.0.0.1',
    '--http-port',
    `${httpPort}`,
    '--mqtt-port',
    `${mqttPort}`,
    '--https-port',
    `${httpsPort}`,
    '--mqtts-port',
    `${mqttsPort}`,
    '--mdns',
    'off',
  ];
  const ownerVariable = withOwner ? { KACHEL_OWNER: `${owner.name}:${owner.password}` } : {};
  let child: ChildProcess | undefined;
  let printed = '';
  const kachel: Kachel = {
    url,
    httpPort,
    mqttPort,
    httpsPort,
    mqttsPort,
    dataDir,
    output: () => printed,
    pid: () => child?.pid,
    exitCode: () => child?.exitCode,
    start: async () => {
      child = spawn(process.execPath, [entry, ...base, '--public-host', 'kachel.test', ...flags], {
        env: { ...process.env, LANG: language, ...ownerVariable },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child.stdout?.on('data', (data: Buffer) => (printed += data.toString()));
      child.stderr?.on('data', (data: Buffer) => (printed += data.toString()));
      await healthy(url, child, () => printed);
    },
    kill: async (signal) => {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    },
    run: (...args) => run([...args, '--data-dir', dataDir]),
    dispose: async () => {
      await kachel.kill('SIGTERM');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  await kachel.start();
  return kachel;
}

async function healthy(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${output()}`);
    const reply = await fetch(`${url}/api/health`).catch(() => undefined);
    if (reply?.ok) return;
    await new Promise((done) => setTimeout(done, pollMs));
  }
  throw new Error(`the server did not become healthy:\n${output()}`);
}

async function run(args: readonly string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [built, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LANG: 'en' },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  await once(child, 'close');
  return { code: child.exitCode, stdout, stderr };
}
