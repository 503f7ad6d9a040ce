import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../../server/store/open-database.ts';

const rounds = 3;

it('keeps every acknowledged save, and no half one, when the process is killed', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'kachel-killed-'));
  // Beside the packages, so that the program finds them.
  const program = resolve('node_modules', `.killed-saver-${process.pid}`);
  onTestFinished(() => [dir, program].forEach((path) => rmSync(path, { recursive: true, force: true })));
  await build({
    configFile: false,
    logLevel: 'error',
    build: { ssr: 'test/support/killed-saver.ts', outDir: program, target: 'node20' },
  });
  for (let round = 1; round <= rounds; round += 1) {
    const file = join(dir, `${round}.db`);
    const child = spawn(process.execPath, [join(program, 'killed-saver.js'), file]);
    let printed = '';
    child.stdout.on('data', (data: Buffer) => {
      printed += data.toString();
      if (printed.split('\n').length > 20 * round) child.kill('SIGKILL');
    });
    await once(child, 'close');
    const acknowledged = Number(printed.slice(0, printed.lastIndexOf('\n')).split('\n').at(-1));
    const store = openDatabase(file);
    const revisions = store.db
      .prepare('SELECT revision FROM house_revision ORDER BY revision')
      .pluck()
      .all() as number[];
    expect(Math.max(...revisions)).toBeGreaterThanOrEqual(acknowledged);
    expect(revisions.filter((one) => one > 0)).toHaveLength(revisions.filter((one) => one < 0).length);
    expect(store.db.pragma('integrity_check', { simple: true })).toBe('ok');
    store.close();
  }
}, 60_000);
