import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { migrations } from '../../server/store/migrations.ts';
import { openDatabase } from '../../server/store/open-database.ts';

const tempDir = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'kachel-store-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
};
const set = 'INSERT OR REPLACE INTO setting VALUES (?, ?)';
const get = 'SELECT value FROM setting WHERE key = ?';

describe.each(['durable', 'relaxed'] as const)('a %s write', (write) => {
  it('is whole or nothing', () => {
    const store = openDatabase(join(tempDir(), 'a.db'));
    const bug = new Error('bug');
    const half = (): void => {
      store.db.prepare(set).run('a', '1');
      throw bug;
    };
    expect(() => store[write](half)).toThrow(bug);
    expect(store.db.prepare(get).get('a')).toBeUndefined();
    expect(store[write](() => 'done')).toEqual({ ok: true, value: 'done' });
    store.close();
  });

  it('tells a full disk as a value, and when it is over', () => {
    const store = openDatabase(join(tempDir(), 'a.db'));
    const fill = () => store[write](() => store.db.prepare(set).run('a', 'x'.repeat(100_000)));
    store.db.pragma('max_page_count = 20');
    expect(fill()).toMatchObject({ ok: false, error: { code: 'store-failed' } });
    expect(store.isHealthy()).toBe(false);
    store.db.pragma('max_page_count = 1000000');
    expect(fill()).toMatchObject({ ok: true });
    expect(store.isHealthy()).toBe(true);
    store.close();
  });
});

describe('the database', () => {
  it('belongs to this user alone and knows its version', () => {
    const file = join(tempDir(), 'inner', 'a.db');
    const store = openDatabase(file);
    expect(store.db.pragma('user_version', { simple: true })).toBe(migrations.length);
    expect(store.db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700);
    store.close();
  });

  it('from the future is refused and left as it is', () => {
    const file = join(tempDir(), 'a.db');
    const store = openDatabase(file);
    store.db.pragma('user_version = 999');
    store.close();
    const before = statSync(file).mtimeMs;
    expect(() => openDatabase(file)).toThrow(expect.objectContaining({ code: 'KACHEL_DATABASE_NEWER' }));
    expect(statSync(file).mtimeMs).toBe(before);
  });

  it('copies itself whole while it is written to', async () => {
    const dir = tempDir();
    const store = openDatabase(join(dir, 'a.db'));
    store.durable(() => store.db.prepare(set).run('a', 'before'));
    const copying = store.backup(join(dir, 'copy.db'));
    store.durable(() => store.db.prepare(set).run('b', 'meanwhile'));
    await copying;
    expect(statSync(join(dir, 'copy.db')).mode & 0o777).toBe(0o600);
    const copy = openDatabase(join(dir, 'copy.db'));
    expect(copy.db.prepare(get).get('a')).toEqual({ value: 'before' });
    expect(copy.db.pragma('integrity_check', { simple: true })).toBe('ok');
    copy.close();
    store.close();
  });
});
