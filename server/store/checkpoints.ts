import type { Database } from 'better-sqlite3';
import { Worker } from 'node:worker_threads';
import { sqlitePackage } from '../which-sqlite.mjs';
import thread from './checkpoint-thread.mjs?raw';

/** Copies SQLite's log into the database beside the event loop. */
export interface Checkpoints {
  /** Something was committed, so many rows: has the log grown enough? */
  note(rows: number): void;
  /** The last pages are being copied: a commit that can wait until then lets the log begin anew. */
  finishing(): Promise<void> | undefined;
  /** Ends the thread; before the database is closed. */
  dispose(): Promise<void>;
}

export interface CheckpointOptions {
  readonly onBroken: (error: Error) => void;
  /** The log is copied at this many pages. */
  readonly pages?: number;
}

/** Of 4 kB. */
const defaultPages = 1_000;
/** The event loop copies the log itself at so many pages: when the thread cannot keep up. */
const maxLogPages = 8_000;
/** What is left for commits to wait for: a few milliseconds. */
const maxHeldPages = 500;
/** Looking costs 10 µs: not after each commit, which writes at least this many pages. */
const pagesPerCommit = 4;
const lookEveryPages = 100;
/** Over it the thread is stopped the hard way. */
const endTimeoutMs = 2_000;

interface Progress {
  readonly log: number;
  readonly checkpointed: number;
}

const memoryLimits = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2, stackSizeMb: 1 };

const startThread = (file: string): Worker => {
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(thread)}`), {
    workerData: { beside: import.meta.url, sqlitePackage, file },
    execArgv: [],
    env: {},
    resourceLimits: memoryLimits,
  });
  worker.unref();
  return worker;
};

class ThreadCheckpoints implements Checkpoints {
  readonly #db: Database;
  readonly #options: CheckpointOptions;
  readonly #pages: number;
  readonly #look: () => Progress;
  readonly #pagesBefore: number;
  #writtenPages = 0;
  #duePages: number;
  #worker: Worker | undefined;
  #isRunning = false;
  /** Broken or disposed: from now on SQLite copies its log itself, on the event loop. */
  #isOver = false;
  #held: { readonly promise: Promise<void>; readonly release: () => void } | undefined;

  constructor(db: Database, options: CheckpointOptions) {
    this.#db = db;
    this.#options = options;
    this.#pages = options.pages ?? defaultPages;
    this.#duePages = this.#pages;
    const look = db.prepare<[], Progress>('PRAGMA wal_checkpoint(NOOP)');
    this.#look = () => look.get() ?? { log: 0, checkpointed: 0 };
    this.#pagesBefore = Number(db.pragma('wal_autocheckpoint', { simple: true }));
    db.pragma(`wal_autocheckpoint = ${maxLogPages}`);
  }

  note(rows: number): void {
    this.#writtenPages += pagesPerCommit + rows;
    if (this.#isRunning || this.#isOver || this.#writtenPages < Math.min(lookEveryPages, this.#pages)) return;
    // Part of a larger transaction: SQLite does not let anybody look before its end.
    if (this.#db.inTransaction) return;
    this.#writtenPages = 0;
    const { log, checkpointed } = this.#look();
    // A log that was copied whole begins anew with the next commit.
    if (checkpointed >= log) this.#duePages = this.#pages;
    else if (log >= this.#duePages) this.#run();
  }

  finishing(): Promise<void> | undefined {
    return this.#held?.promise;
  }

  async dispose(): Promise<void> {
    this.#isOver = true;
    this.#release();
    const worker = this.#worker;
    if (!worker) return;
    const timer = setTimeout(() => void worker.terminate(), endTimeoutMs);
    const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    worker.postMessage(false);
    await gone;
    clearTimeout(timer);
  }

  #run(): void {
    this.#isRunning = true;
    this.#worker ??= this.#start();
    this.#worker.postMessage(true);
  }

  #start(): Worker {
    const worker = startThread(this.#db.name);
    worker.on('message', (checkpointed: number) => this.#ran(checkpointed));
    // Errors of SQLite lose their message on the way between threads.
    worker.on('error', (cause) => this.#break(new Error('the thread failed', { cause })));
    worker.on('exit', (code) => this.#break(new Error(`the thread ended with ${code}`)));
    return worker;
  }

  /** What was committed meanwhile is still to be copied: while it is, commits wait, or the log would never begin anew. */
  #ran(checkpointed: number): void {
    if (this.#isOver) return;
    const wasHeld = this.#held !== undefined;
    const { log } = this.#look();
    const left = log - checkpointed;
    if (left > 0 && left <= maxHeldPages && !wasHeld) {
      this.#hold();
      this.#run();
      return;
    }
    // Somebody reads old pages or wrote on, or the disk is full: not again at once.
    this.#duePages = left > 0 ? log + this.#pages : this.#pages;
    this.#isRunning = false;
    this.#release();
  }

  #hold(): void {
    let release: () => void = () => undefined;
    const promise = new Promise<void>((resolve) => (release = resolve));
    this.#held = { promise, release };
  }

  #release(): void {
    this.#held?.release();
    this.#held = undefined;
  }

  #break(error: Error): void {
    this.#release();
    this.#worker = undefined;
    if (this.#isOver) return;
    this.#isOver = true;
    this.#db.pragma(`wal_autocheckpoint = ${this.#pagesBefore}`);
    this.#options.onBroken(error);
  }
}

const nothing: Checkpoints = {
  note: () => undefined,
  finishing: () => undefined,
  dispose: () => Promise.resolve(),
};

/** The thread starts when there is something to copy for the first time. */
export const createCheckpoints = (db: Database, options: CheckpointOptions): Checkpoints =>
  db.memory ? nothing : new ThreadCheckpoints(db, options);
