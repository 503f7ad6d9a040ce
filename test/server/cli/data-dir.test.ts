import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockDataDir, prepareDataDir } from '../../../server/cli/data-dir.ts';
import { sqlitePackage } from '../../../server/which-sqlite.mjs';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kachel-data-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the data directory', () => {
  it('is made, for this user only', () => {
    const dir = join(folder, 'a/b');
    expect(prepareDataDir(dir)).toMatchObject({ ok: true });
    expect(statSync(dir).mode & 0o777).toBe(0o700);
  });

  it('cannot be a file', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(prepareDataDir(join(folder, 'file/data'))).toMatchObject({ error: { word: 'dataDirNotWritable' } });
  });

  it('belongs to one server at a time', () => {
    const first = lockDataDir(folder);
    expect(lockDataDir(folder)).toMatchObject({ ok: false, error: { word: 'dataDirInUse' } });
    if (first.ok) first.value();
    const second = lockDataDir(folder);
    expect(second.ok).toBe(true);
    if (second.ok) second.value();
  });

  it('is free again after its server was killed', async () => {
    const script = `const D = require('${sqlitePackage}'); const d = new D(process.argv[1]); d.exec('BEGIN EXCLUSIVE'); console.log('held'); setInterval(() => {}, 1000);`;
    const holder = spawn(process.execPath, ['-e', script, join(folder, 'lock.db')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(holder.stdout, 'data');
    expect(lockDataDir(folder)).toMatchObject({ ok: false, error: { word: 'dataDirInUse' } });
    const gone = once(holder, 'exit');
    holder.kill('SIGKILL');
    await gone;
    const lock = lockDataDir(folder);
    expect(lock.ok).toBe(true);
    if (lock.ok) lock.value();
  });
});
