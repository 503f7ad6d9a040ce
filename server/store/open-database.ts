import type BetterSqlite from 'better-sqlite3';
import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Problem } from '../../shared/api/problem.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { migrate } from './migrations.ts';
import { isDiskFailure, type Store } from './store.ts';
import { Database } from './sqlite.ts';

const fileMode = 0o600;
const dirMode = 0o700;
/** How long a sub-command's read may hold us up. */
const busyTimeoutMs = 5_000;
/** The WAL is written back at this many pages of 4 kB, and cut to this size afterwards. */
const checkpointPages = 1_000;
const maxWalBytes = 8 * 1024 * 1024;
/** 2 MB: a house is small, and an idle server should be too. */
const cacheKibibytes = 2_048;

const memory = ':memory:';

/** Makes the file before SQLite does, so that it is never readable by others; its WAL inherits the mode. */
function prepareFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: dirMode });
  closeSync(openSync(file, 'a', fileMode));
  chmodSync(file, fileMode);
}

function connect(file: string): BetterSqlite.Database {
  if (file !== memory) prepareFile(file);
  const db = new Database(file, { timeout: busyTimeoutMs });
  try {
    migrateFirst(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function migrateFirst(db: BetterSqlite.Database): void {
  db.pragma('foreign_keys = ON');
  db.pragma(`cache_size = -${cacheKibibytes}`);
  // A database from the future is refused before anything in it changes, the journal mode included.
  if (Number(db.pragma('user_version', { simple: true })) > 0) migrate(db);
  db.pragma('journal_mode = WAL');
  db.pragma(`wal_autocheckpoint = ${checkpointPages}`);
  db.pragma(`journal_size_limit = ${maxWalBytes}`);
  migrate(db);
  // A commit is in the log, which is synced only before its pages are copied; `synced` is for what must survive a power cut.
  db.pragma('synchronous = NORMAL');
}

/** Runs a transaction that is on the disk when it returns. Within another it lasts as long as that one. */
function synced<T>(db: BetterSqlite.Database, transaction: () => T): T {
  if (db.inTransaction) return transaction();
  // The pragma belongs to the connection; everything here is synchronous, so nobody else writes in between.
  db.pragma('synchronous = FULL');
  try {
    return transaction();
  } finally {
    db.pragma('synchronous = NORMAL');
  }
}

const diskFailed: Problem = {
  code: 'store-failed',
  message: 'The database could not be written: is the disk full or read-only?',
};

/** A write that reports a full disk as a value and remembers it. */
function guard<T>(write: () => T, remember: (isHealthy: boolean) => void): Result<T, Problem> {
  try {
    const value = write();
    remember(true);
    return ok(value);
  } catch (error) {
    if (!isDiskFailure(error)) throw error;
    remember(false);
    return fail(diskFailed);
  }
}

/** The copy takes its place only when it is whole and on the disk. */
async function backupTo(db: BetterSqlite.Database, file: string): Promise<void> {
  const target = resolve(file);
  const part = `${target}.part`;
  rmSync(part, { force: true });
  try {
    closeSync(openSync(part, 'wx', fileMode));
    await db.backup(part);
    const handle = openSync(part, 'r+');
    fsyncSync(handle);
    closeSync(handle);
    renameSync(part, target);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

/**
 * Opens (or makes) the database of a house. Throws with a `code` when it cannot: `KACHEL_DATABASE_NEWER` for one from the future,
 * else SQLite's or the file system's own.
 */
export function openDatabase(file: string): Store {
  const db = connect(file);
  let isWritable = true;
  const remember = (isHealthy: boolean): void => {
    isWritable = isHealthy;
  };
  return {
    db,
    durable: (write) => guard(() => synced(db, () => db.transaction(write).immediate()), remember),
    relaxed: (write) => guard(() => db.transaction(write).immediate(), remember),
    isHealthy: () => isWritable && db.open,
    backup: (target) => backupTo(db, target),
    close: () => db.close(),
  };
}
