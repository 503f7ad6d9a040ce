import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { databaseFile } from '../../../server/config.ts';
import { startKachel, type Kachel } from '../../support/kachel.ts';
import { mqttClient } from '../../support/mqtt.ts';
import { Database } from '../../../server/store/sqlite.ts';

// Several starts of the whole program in one test: generous, for slow machines.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const entry = resolve('dist/server/main.js');

/** Runs the built program to its end. */
async function program(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [entry, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LANG: 'en', LC_ALL: '', ...env },
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (child.exitCode === null) await once(child, 'close');
  return { code: child.exitCode, stdout, stderr: stderr.trim() };
}

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kachel-program-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const quick = (): string[] => [
  '--data-dir',
  join(folder, 'data'),
  '--host',
  '127.0.0.1',
  '--http-port',
  '0',
  '--mqtt-port',
  '0',
  '--https-port',
  '0',
  '--mqtts-port',
  '0',
  '--mdns',
  'off',
];

describe('what cannot be done is one plain sentence and exit code 2', () => {
  it.each([
    ['an unknown flag', ['--colour'], {}, 'There is no option --colour. See --help.'],
    ['a bad value', ['--http-port', 'x'], {}, '--http-port cannot be "x"'],
    ['an unknown command', ['dance'], {}, 'There is no command "dance". See --help.'],
    ['a missing argument', ['device', 'add'], {}, '"device add" needs NAME.'],
    ['one argument too many', ['backup', 'a', 'b'], {}, '"backup" does not take "b".'],
    ['German', ['--colour'], { LANG: 'de_DE.UTF-8' }, 'Die Option --colour gibt es nicht. Siehe --help.'],
  ])('%s', async (_, args, env, sentence) => {
    const { code, stderr } = await program(args, env);
    expect(stderr).toContain(sentence);
    expect(stderr.split('\n')).toHaveLength(1);
    expect(code).toBe(2);
  });

  it.each(['--http-port', '--mqtt-port', '--https-port', '--mqtts-port'])('%s is taken', async (flag) => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { code, stderr } = await program([...quick(), flag, `${port}`]);
    other.close();
    expect(stderr).toBe(
      `Port ${port} is already in use. Choose another with ${flag}, or end the program that uses it.`,
    );
    expect(code).toBe(2);
  });

  it('the data directory is no directory', async () => {
    writeFileSync(join(folder, 'file'), '');
    const { code, stderr } = await program([...quick(), '--data-dir', join(folder, 'file/data')]);
    expect(stderr).toContain('cannot be written to (ENOTDIR)');
    expect(code).toBe(2);
  });

  it('the database is from the future, and stays as it is', async () => {
    await program([...quick(), 'house', 'export']);
    const file = join(folder, 'data', databaseFile);
    const database = new Database(file);
    database.pragma('user_version = 999');
    database.close();
    const before = readFileSync(file);
    const { code, stderr } = await program(quick());
    expect(stderr).toContain('was written by a newer Kachel');
    expect(code).toBe(2);
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

describe('--help', () => {
  it('prints and ends', async () => {
    const { code, stdout } = await program(['--help']);
    expect(stdout).toContain('KACHEL_DATA_DIR');
    expect(code).toBe(0);
  });
});

describe('a server', () => {
  let kachel: Kachel;
  beforeAll(async () => {
    kachel = await startKachel();
  });
  afterAll(() => kachel.dispose());

  it('keeps others out of its data directory', async () => {
    const { code, stderr } = await program([...quick(), '--data-dir', kachel.dataDir]);
    expect(stderr).toBe(`The data directory ${kachel.dataDir} is in use by another Kachel server.`);
    expect(code).toBe(2);
  });

  it('lets a device in as soon as a sub-command made its account', async () => {
    const { stdout } = await kachel.run('device', 'add', 'Lamp');
    const username = /MQTT user: (\S+)/.exec(stdout)?.[1] ?? '';
    const password = /Password: (\S+)/.exec(stdout)?.[1] ?? '';
    const client = await mqttClient(kachel.mqttPort, { username, password });
    await client.subscribe('a/b');
    await client.publish('a/b', 'on');
    expect(await client.next(({ topic }) => topic === 'a/b')).toMatchObject({ text: 'on' });
    await client.close();
  });

  it('lets a person in with the password that was chosen, and with the reset one', async () => {
    const login = async (password: string): Promise<number> => {
      const reply = await fetch(`${kachel.url}/api/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: kachel.url },
        body: JSON.stringify({ name: 'Berta', password, stay: false }),
      });
      return reply.status;
    };
    expect(await kachel.run('user', 'add', 'Berta', '--password', 'first password')).toMatchObject({ code: 0 });
    expect(await login('first password')).toBeLessThan(300);
    const { stdout } = await kachel.run('user', 'reset', 'Berta');
    expect(await login(/Password: (\S+)/.exec(stdout)?.[1] ?? '')).toBeLessThan(300);
    expect(await login('first password')).toBe(401);
  });

  it('exports the house and takes it back changed; a mistake is named and changes nothing', async () => {
    const file = join(folder, 'house.json');
    expect(await kachel.run('house', 'export', file)).toMatchObject({ code: 0 });
    const house = JSON.parse(readFileSync(file, 'utf8')) as { name: string; rooms: unknown[] };
    writeFileSync(file, JSON.stringify({ ...house, name: 'Imported' }));
    expect(await kachel.run('house', 'import', file)).toMatchObject({ code: 0 });
    writeFileSync(file, JSON.stringify({ ...house, rooms: [{ id: 'x' }] }));
    const refused = await kachel.run('house', 'import', file);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/rooms/);
    expect((await kachel.run('house', 'export')).stdout).toContain('"Imported"');
  });

  it('is backed up while it runs, for this user only, and is not restored under its feet', async () => {
    const file = join(folder, 'house.kachel');
    expect(await kachel.run('backup', file)).toMatchObject({ code: 0 });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(kachel.dataDir).filter((name) => name.startsWith('backup-'))).toEqual([]);
    const refused = await kachel.run('restore', file);
    expect(refused.stderr).toContain('Stop the server first');
    expect(refused.code).toBe(2);
  });
});

describe('a restore', () => {
  it('puts everything back and keeps the former database', async () => {
    const kachel = await startKachel();
    const file = join(folder, 'house.kachel');
    await kachel.run('user', 'add', 'Berta', '--password', 'first password');
    await kachel.run('backup', file);
    await kachel.run('user', 'add', 'Caesar', '--password', 'first password');
    await kachel.kill('SIGTERM');
    expect(await kachel.run('restore', file)).toMatchObject({ code: 0 });
    expect(readdirSync(kachel.dataDir).some((name) => name.startsWith('kachel-before-restore-'))).toBe(true);
    expect(await kachel.run('user', 'add', 'Berta', '--password', 'first password')).toMatchObject({ code: 2 });
    expect(await kachel.run('user', 'add', 'Caesar', '--password', 'first password')).toMatchObject({ code: 0 });
    await kachel.dispose();
  });

  it('brings keys back only when the backup was asked for them, and leaves none in the database', async () => {
    const kachel = await startKachel();
    const [plain, whole] = [join(folder, 'plain.kachel'), join(folder, 'whole.kachel')];
    const fingerprintOf = async (): Promise<unknown> => {
      const reply: unknown = await (await fetch(`${kachel.url}/api/trust`)).json();
      return typeof reply === 'object' && reply && 'fingerprint' in reply ? reply.fingerprint : undefined;
    };
    const first = await fingerprintOf();
    expect(first).toMatch(/^[0-9A-F:]{95}$/);
    expect(await kachel.run('backup', plain)).toMatchObject({ code: 0 });
    expect(await kachel.run('backup', whole, '--with-keys')).toMatchObject({ code: 0 });
    expect(readFileSync(plain).includes('PRIVATE KEY')).toBe(false);
    expect(readFileSync(whole).includes('PRIVATE KEY')).toBe(true);
    for (const [file, isSame] of [
      [plain, false],
      [whole, true],
    ] as const) {
      await kachel.kill('SIGTERM');
      rmSync(join(kachel.dataDir, 'tls'), { recursive: true });
      expect(await kachel.run('restore', file)).toMatchObject({ code: 0 });
      expect(readFileSync(join(kachel.dataDir, databaseFile)).includes('PRIVATE KEY')).toBe(false);
      await kachel.start();
      expect((await fingerprintOf()) === first).toBe(isSame);
    }
    expect(statSync(join(kachel.dataDir, 'tls', 'root.key')).mode & 0o777).toBe(0o600);
    await kachel.dispose();
  });

  it('refuses what is no backup', async () => {
    const file = join(folder, 'holiday.jpg');
    writeFileSync(file, 'not a database');
    const { code, stderr } = await program([...quick(), 'restore', file]);
    expect(stderr).toContain('is not a Kachel backup');
    expect(code).toBe(2);
  });
});

describe('a start with a certificate of one’s own', () => {
  it('says which file is no use', async () => {
    const file = join(folder, 'cert.pem');
    writeFileSync(file, 'no certificate');
    const { code, stderr } = await program([...quick(), '--tls-cert', file, '--tls-key', file]);
    expect(stderr).toMatch(new RegExp(`^The certificate ${file} cannot be used: .+ Nothing was started.$`));
    expect(code).toBe(2);
  });
});

describe('a data directory that others can read', () => {
  it('is closed at the start, with a warning', async () => {
    const kachel = await startKachel();
    expect(kachel.output()).not.toContain('WARNING');
    await kachel.kill('SIGTERM');
    chmodSync(kachel.dataDir, 0o755);
    chmodSync(join(kachel.dataDir, databaseFile), 0o644);
    await kachel.start();
    await vi.waitFor(() => expect(kachel.output()).toContain(`WARNING: others could read ${kachel.dataDir} (755)`));
    expect(statSync(kachel.dataDir).mode & 0o777).toBe(0o700);
    expect(statSync(join(kachel.dataDir, databaseFile)).mode & 0o777).toBe(0o600);
    await kachel.dispose();
  });
});

describe('the end', () => {
  it('comes cleanly and soon on SIGTERM', async () => {
    const kachel = await startKachel();
    const startedMs = performance.now();
    await kachel.kill('SIGTERM');
    expect(performance.now() - startedMs).toBeLessThan(5_000);
    expect(existsSync(join(kachel.dataDir, `${databaseFile}-wal`))).toBe(false);
    await kachel.dispose();
  });

  it('needs no hand after kill -9', async () => {
    const kachel = await startKachel();
    await kachel.kill('SIGKILL');
    await kachel.start();
    expect((await fetch(`${kachel.url}/api/health`)).status).toBe(200);
    await kachel.dispose();
  });
});
