import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tighten } from '../../../server/cli/permissions.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kachel-modes-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const modeOf = (...path: string[]): string => (statSync(join(folder, ...path)).mode & 0o777).toString(8);

/** A file or (ending in `/`) a folder with this mode. */
function make(path: string, mode: number): void {
  const full = join(folder, path);
  if (path.endsWith('/')) mkdirSync(full);
  else writeFileSync(full, '');
  chmodSync(full, mode);
}

describe('a data directory that others can read', () => {
  it('is closed, with database and keys, and what stood open is told', () => {
    make('kachel.db', 0o644);
    make('kachel.db-wal', 0o600);
    make('tls/', 0o755);
    make('tls/root.key', 0o640);
    chmodSync(folder, 0o755);
    expect(tighten(folder).map(({ path, mode }) => [path.slice(folder.length), mode])).toEqual([
      ['', '755'],
      ['/kachel.db', '644'],
      ['/tls', '755'],
      ['/tls/root.key', '640'],
    ]);
    expect([modeOf(), modeOf('kachel.db'), modeOf('tls'), modeOf('tls/root.key')]).toEqual([
      '700',
      '600',
      '700',
      '600',
    ]);
    expect(tighten(folder)).toEqual([]);
  });

  it('stays as it is when others keep things there too; what is ours is closed all the same', () => {
    make('kachel.db', 0o644);
    make('holiday.jpg', 0o644);
    make('link', 0o644);
    symlinkSync(join(folder, 'holiday.jpg'), join(folder, 'backup-link'));
    chmodSync(folder, 0o755);
    expect(tighten(folder).map(({ path }) => path)).toEqual([join(folder, 'kachel.db')]);
    expect([modeOf(), modeOf('kachel.db'), modeOf('holiday.jpg')]).toEqual(['755', '600', '644']);
  });

  it('that does not exist is nothing to tell', () => {
    expect(tighten(join(folder, 'missing'))).toEqual([]);
  });
});
