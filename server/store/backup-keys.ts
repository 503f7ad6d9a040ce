import type BetterSqlite from 'better-sqlite3';
import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Database } from './sqlite.ts';

/**
 * A backup is one file. Keys and certificates travel in it only when asked, as a table that a running house never has: whoever holds
 * the home authority's key can pretend to be this house.
 */
const table = 'backup_keys';
const fileMode = 0o600;
const dirMode = 0o700;
const maxFiles = 100;
const keyFile = /^[\w.-]+\.(crt|key)$/;

/** Adds the key files of a folder to a backup file. */
export function packKeys(folder: string, backupFile: string): void {
  const db = new Database(backupFile, { fileMustExist: true });
  try {
    db.exec(`CREATE TABLE ${table} (name TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT`);
    const insert = db.prepare(`INSERT INTO ${table} (name, content) VALUES (?, ?)`);
    for (const name of filesIn(folder)) insert.run(name, readFileSync(join(folder, name)));
  } finally {
    db.close();
  }
}

const filesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder)
      .filter((name) => keyFile.test(name))
      .slice(0, maxFiles);
  } catch {
    return [];
  }
};

interface KeyRow {
  readonly name: string;
  readonly content: Buffer;
}

const rowsOf = (db: BetterSqlite.Database): readonly KeyRow[] =>
  db.prepare<[number], KeyRow>(`SELECT name, content FROM ${table} LIMIT ?`).all(maxFiles);

/** Takes the keys out of a database that is about to be used, and puts them where they belong; returns how many there were. */
export function unpackKeys(databaseFile: string, folder: string): number {
  const db = new Database(databaseFile, { fileMustExist: true });
  try {
    const isThere = db.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`).get(table);
    if (isThere === undefined) return 0;
    // Names come out of a file that somebody hands in: nothing may lead out of the folder.
    const rows = rowsOf(db).filter(({ name }) => keyFile.test(name) && basename(name) === name);
    if (rows.length > 0) mkdirSync(folder, { recursive: true, mode: dirMode });
    for (const { name, content } of rows) {
      const part = join(folder, `${name}.part`);
      writeFileSync(part, content, { mode: fileMode, flush: true });
      chmodSync(part, fileMode);
      renameSync(part, join(folder, name));
    }
    db.exec(`DROP TABLE ${table}`);
    db.exec('VACUUM');
    return rows.length;
  } finally {
    db.close();
  }
}
