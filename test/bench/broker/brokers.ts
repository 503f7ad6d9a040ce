import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort, startKachel } from '../../support/kachel.ts';
import type { Target } from './client.ts';

/** A broker under load. */
export interface Broker {
  readonly name: string;
  readonly tcp: Target;
  readonly webSocket: Target;
  readonly pid: number;
  /** Where it keeps its data. */
  readonly dataDir: string;
  dispose(): Promise<void>;
}

/** The built server as people run it: accounts and rights switched on, full durability, its own data directory. */
export async function startOurs(flags: readonly string[] = []): Promise<Broker> {
  const kachel = await startKachel({ flags });
  const { stdout } = await kachel.run('device', 'add', 'bench');
  const password = /^Password: (\S+)/m.exec(stdout)?.[1];
  if (password === undefined) throw new Error(`no password in: ${stdout}`);
  const credentials = { username: 'bench', password };
  return {
    name: 'Kachel',
    tcp: { port: kachel.mqttPort, credentials },
    webSocket: { port: kachel.httpPort, credentials, path: '/mqtt' },
    pid: kachel.pid() ?? 0,
    dataDir: kachel.dataDir,
    dispose: () => kachel.dispose(),
  };
}

/** The same, but its garbage can be collected from here, so that what is left is what it holds on to. */
export async function startCollectable(flags: readonly string[] = []): Promise<Broker> {
  process.env.NODE_OPTIONS = `--import ${resolve('test/bench/broker/collect.mjs')}`;
  try {
    return await startOurs(flags);
  } finally {
    delete process.env.NODE_OPTIONS;
  }
}

const collectMs = 700;

/** Has a collectable broker collect its garbage, and waits until that is done. */
export async function collectGarbage({ pid }: Broker): Promise<void> {
  process.kill(pid, 'SIGUSR2');
  await new Promise((resolve) => setTimeout(resolve, collectMs));
}

const mosquitto = 'mosquitto';

/** Its version, or undefined when it is not installed. */
export const mosquittoVersion = (): string | undefined =>
  /version (\S+)/.exec(spawnSync(mosquitto, ['-h'], { encoding: 'utf8' }).stdout ?? '')?.[1];

/** Mosquitto at its fastest: nobody is asked who they are, nothing is written, nothing is limited. */
export async function startMosquitto(): Promise<Broker> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kachel-bench-mosquitto-'));
  const [port, webSocketPort] = [await freePort(), await freePort()];
  const config = join(dataDir, 'mosquitto.conf');
  const lines = ['allow_anonymous true', 'persistence false', 'max_queued_messages 0', 'max_inflight_messages 0'];
  const listeners = [`listener ${port} 127.0.0.1`, `listener ${webSocketPort} 127.0.0.1`, 'protocol websockets', ''];
  writeFileSync(config, [...lines, ...listeners].join('\n'));
  const child = spawn(mosquitto, ['-c', config], { stdio: 'ignore' });
  await answers(port);
  const dispose = async (): Promise<void> => {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
    rmSync(dataDir, { recursive: true, force: true });
  };
  return {
    name: 'Mosquitto',
    tcp: { port },
    webSocket: { port: webSocketPort, path: '/mqtt' },
    pid: child.pid ?? 0,
    dataDir,
    dispose,
  };
}

/** Node.js itself, as quick as it can be: how far is it to there? */
export async function startFloor(): Promise<Broker> {
  const port = await freePort();
  const child = spawn(process.execPath, [resolve('test/bench/broker/floor.mjs'), `${port}`], { stdio: 'ignore' });
  await answers(port);
  const dispose = async (): Promise<void> => {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  };
  const tcp = { port };
  return { name: 'Node.js', tcp, webSocket: tcp, pid: child.pid ?? 0, dataDir: tmpdir(), dispose };
}

async function answers(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const socket = createConnection({ port, host: '127.0.0.1' });
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    socket.destroy();
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing answers on port ${port}`);
}

/** Memory of a process in kB. Linux only; elsewhere NaN. */
export function residentKilobytes(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return Number.NaN;
  }
}
