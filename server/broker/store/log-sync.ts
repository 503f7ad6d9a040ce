import type { Database } from 'better-sqlite3';
import { closeSync, fdatasync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

/** Makes what SQLite has written to its log last through a power cut, without stopping the event loop. */
export interface LogSync {
  /** Resolves when all that was committed before is on the disk. */
  sync(): Promise<void>;
  dispose(): void;
}

/** The log's name in its folder, too, must be on the disk. Folders cannot be opened everywhere. */
function syncFolderOf(file: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(dirname(file), 'r');
  fsyncSync(handle);
  closeSync(handle);
}

const nothing: LogSync = { sync: () => Promise.resolve(), dispose: () => undefined };

/** SQLite keeps no locks on its log, so it does no harm that we open and close that file as well. */
export function createLogSync(db: Database): LogSync {
  if (db.memory) return nothing;
  const file = `${db.name}-wal`;
  let handle: number | undefined;
  const open = (): number => {
    const opened = openSync(file, 'r+');
    syncFolderOf(file);
    return opened;
  };
  return {
    sync: () =>
      new Promise((resolve, reject) => {
        handle ??= open();
        fdatasync(handle, (error) => (error ? reject(error) : resolve()));
      }),
    dispose: () => {
      if (handle !== undefined) closeSync(handle);
      handle = undefined;
    },
  };
}
