import type BetterSqlite from 'better-sqlite3';
import { chmodSync, closeSync, copyFileSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import { databaseFile, keysFolder } from '../config.ts';
import { unpackKeys } from '../store/backup-keys.ts';
import { migrations } from '../store/migrations.ts';
import { lockDataDir, prepareDataDir } from './data-dir.ts';
import type { Complaint } from './words.ts';
import { Database } from '../store/sqlite.ts';

const ownerOnly = 0o600;

function judge(file: string): string | undefined {
  let database: BetterSqlite.Database | undefined;
  try {
    database = new Database(file, { readonly: true, fileMustExist: true });
    const version = Number(database.pragma('user_version', { simple: true }));
    if (version < 1) return 'no Kachel tables';
    if (version > migrations.length) return 'from a newer Kachel';
    const state = database.pragma('integrity_check(1)', { simple: true });
    return state === 'ok' ? undefined : String(state);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    database?.close();
  }
}

function copyDurably(from: string, to: string): void {
  copyFileSync(from, to);
  chmodSync(to, ownerOnly);
  const descriptor = openSync(to, 'r+');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

/** A former database with a write-ahead log is only whole together with it: SQLite folds the log in when the last connection closes. */
function settle(file: string): void {
  const database = new Database(file);
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}

function replace(file: string, dataDir: string, former: string): void {
  const current = join(dataDir, databaseFile);
  const incoming = `${current}.incoming`;
  copyDurably(file, incoming);
  unpackKeys(incoming, join(dataDir, keysFolder));
  if (existsSync(current)) {
    settle(current);
    renameSync(current, former);
  }
  for (const rest of ['-wal', '-shm']) rmSync(current + rest, { force: true });
  renameSync(incoming, current);
}

/** Puts a backup in the place of the database, which is kept beside it. Only while no server runs; the lock says so. */
export function restoreBackup(file: string, dataDir: string): Result<{ former: string }, Complaint> {
  const prepared = prepareDataDir(dataDir);
  if (!prepared.ok) return prepared;
  const lock = lockDataDir(dataDir);
  if (!lock.ok) return lock.error.word === 'dataDirInUse' ? fail({ word: 'restoreRunning' }) : lock;
  try {
    const reason = judge(file);
    if (reason !== undefined) return fail({ word: 'notABackup', params: { file, reason } });
    const stamp = new Date().toISOString().replace(/[:.]/g, '-');
    const former = join(dataDir, `kachel-before-restore-${stamp}.db`);
    replace(file, dataDir, former);
    return ok({ former });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fail({ word: 'dataDirNotWritable', params: { dir: dataDir, reason } });
  } finally {
    lock.value();
  }
}
