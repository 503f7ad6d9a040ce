import type BetterSqlite from 'better-sqlite3';
import { accessSync, chmodSync, closeSync, constants, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Complaint } from './words.ts';
import { Database } from '../store/sqlite.ts';

const ownerOnly = 0o600;

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException | undefined)?.code ?? String(error);

/** Makes the data directory (only for this user) and checks that files can be written there. */
export function prepareDataDir(dir: string): Result<void, Complaint> {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    accessSync(dir, constants.R_OK | constants.W_OK | constants.X_OK);
    return ok(undefined);
  } catch (error) {
    return fail({ word: 'dataDirNotWritable', params: { dir, reason: codeOf(error) } });
  }
}

/**
 * Takes the data directory for this process; returns dispose. An exclusive transaction on a database of its own: the system lets go of it
 * even after kill -9 or a power cut, so nobody ever has to remove a stale lock by hand.
 */
export function lockDataDir(dir: string): Result<() => void, Complaint> {
  let database: BetterSqlite.Database | undefined;
  try {
    const file = join(dir, 'lock.db');
    // Before SQLite makes it, which would let everybody read it.
    closeSync(openSync(file, 'a', ownerOnly));
    chmodSync(file, ownerOnly);
    database = new Database(file, { timeout: 0 });
    database.pragma('journal_mode = MEMORY');
    database.exec('BEGIN EXCLUSIVE');
    const held = database;
    return ok(() => held.close());
  } catch (error) {
    database?.close();
    if (/^SQLITE_BUSY/.test(codeOf(error))) return fail({ word: 'dataDirInUse', params: { dir } });
    if (codeOf(error) === 'ERR_DLOPEN_FAILED') return fail({ word: 'sqliteMissing' });
    return fail({ word: 'dataDirNotWritable', params: { dir, reason: codeOf(error) } });
  }
}
