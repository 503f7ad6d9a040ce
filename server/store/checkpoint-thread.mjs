// Runs in a thread of its own, started by checkpoints.ts from this very text: copies SQLite's log into the database whenever it is asked to.
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';

const Database = createRequire(workerData.beside)(workerData.sqlitePackage);
const db = new Database(workerData.file, { fileMustExist: true, timeout: 0 });
// The log is synced before pages are copied, and the database afterwards.
db.pragma('synchronous = NORMAL');
db.pragma('cache_size = -64');

/** Pages of the log that are in the database now. A disk that is full may have room the next time. */
const copy = () => {
  try {
    return db.pragma('wal_checkpoint(PASSIVE)')[0].checkpointed;
  } catch {
    return 0;
  }
};

parentPort?.on('message', (isWanted) => {
  if (isWanted) {
    parentPort?.postMessage(copy());
    return;
  }
  db.close();
  parentPort?.close();
});
