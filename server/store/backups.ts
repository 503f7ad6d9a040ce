import { statSync } from 'node:fs';
import { Database } from './sqlite.ts';
import type { Store } from './store.ts';

/** The last copy that was made and could be opened. */
export interface BackupRecord {
  readonly atMs: number;
  readonly sizeBytes: number;
}

/** Copies of the whole house, and what is known of the last one. */
export interface Backups {
  /** Writes a copy, opens it, and writes down that there is one. Rejects when it cannot be written or read again. */
  make(file: string): Promise<void>;
  last(): BackupRecord | undefined;
}

const key = 'last-backup';

const versionOf = (db: Store['db']): unknown => db.pragma('user_version', { simple: true });

/** A copy counts when it opens and its tables are these, with everything readable that is needed to come in. */
function checkCopy(file: string, db: Store['db']): void {
  const copy = new Database(file, { fileMustExist: true });
  try {
    copy.prepare('SELECT * FROM person').all();
    if (versionOf(copy) !== versionOf(db)) throw new Error('The copy is not what was copied.');
  } finally {
    copy.close();
  }
}

export function createBackups(store: Store, nowMs: () => number): Backups {
  const { db } = store;
  const read = db.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck();
  const put = db.prepare('INSERT OR REPLACE INTO setting VALUES (?, ?)');
  return {
    make: async (file) => {
      await store.backup(file);
      checkCopy(file, db);
      const record: BackupRecord = { atMs: nowMs(), sizeBytes: statSync(file).size };
      store.relaxed(() => put.run(key, JSON.stringify(record)));
    },
    last: () => {
      const text = read.get(key);
      // Only what `make` wrote.
      return text === undefined ? undefined : (JSON.parse(text) as BackupRecord);
    },
  };
}
