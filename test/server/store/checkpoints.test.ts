import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createCheckpoints } from '../../../server/store/checkpoints.ts';
import { openDatabase } from '../../../server/store/open-database.ts';

const pages = 40;

const open = () => {
  const dir = mkdtempSync(join(tmpdir(), 'kachel-checkpoints-'));
  const file = join(dir, 'a.db');
  const store = openDatabase(file);
  const { db } = store;
  const broken: string[] = [];
  const checkpoints = createCheckpoints(db, { pages, onBroken: ({ message }) => void broken.push(message) });
  onTestFinished(async () => {
    await checkpoints.dispose();
    store.close();
    rmSync(dir, { recursive: true, force: true });
  });
  const insert = db.prepare('INSERT OR REPLACE INTO setting VALUES (?, ?)');
  let next = 0;
  /** At least one page. */
  const write = (): void => {
    store.relaxed(() => insert.run(`key ${(next += 1)}`, 'x'.repeat(4_096)));
    checkpoints.note(1);
  };
  const progress = db.prepare<[], { log: number; checkpointed: number }>('PRAGMA wal_checkpoint(NOOP)');
  const state = () => progress.get() ?? { log: NaN, checkpointed: NaN };
  const automatic = () => Number(db.pragma('wal_autocheckpoint', { simple: true }));
  return { file, db, checkpoints, broken, write, state, automatic };
};

const times = (count: number, act: () => void): void => Array.from({ length: count }).forEach(act);

it('copies a log that has grown, so that it begins anew', async () => {
  const { write, state, broken } = open();
  times(pages, write);
  const { log } = state();
  expect(log).toBeGreaterThanOrEqual(pages);
  await vi.waitFor(() => expect(state().checkpointed).toBe(state().log), { timeout: 10_000 });
  write();
  expect(state().log).toBeLessThan(log);
  expect(broken).toEqual([]);
});

it('keeps a log short that is always written to, when writers wait for its end', async () => {
  const { checkpoints, write, state } = open();
  const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
  let [begins, before] = [0, state().log];
  await vi.waitFor(
    async () => {
      while (begins < 3) {
        await (checkpoints.finishing() ?? nextTurn());
        write();
        if (state().log < before) begins += 1;
        before = state().log;
      }
    },
    { timeout: 20_000 },
  );
  expect(begins).toBe(3);
});

it('starts no thread for a log that stays short', async () => {
  const { checkpoints, write, state, automatic } = open();
  write();
  expect(state().checkpointed).toBe(0);
  expect(automatic()).toBe(8_000);
  await checkpoints.dispose();
  expect(state().checkpointed).toBe(0);
});

it('leaves it to SQLite when its thread is gone, and says so', async () => {
  const { file, write, broken, automatic } = open();
  renameSync(file, `${file}.elsewhere`);
  times(pages, write);
  await vi.waitFor(() => expect(broken).toHaveLength(1), { timeout: 10_000 });
  expect(broken[0]).toBe('the thread failed');
  expect(automatic()).toBe(1_000);
  renameSync(`${file}.elsewhere`, file);
});

it('waits for the end of a transaction that a write is part of', async () => {
  const { db, write, state } = open();
  db.transaction(() => times(pages, write))();
  write();
  await vi.waitFor(() => expect(state().checkpointed).toBeGreaterThan(0), { timeout: 10_000 });
});

it('ends its thread, and nothing keeps the database open', async () => {
  const { file, db, checkpoints, write, state } = open();
  times(pages, write);
  await vi.waitFor(() => expect(state().checkpointed).toBeGreaterThan(0), { timeout: 10_000 });
  await checkpoints.dispose();
  db.close();
  expect(existsSync(`${file}-wal`)).toBe(false);
});
