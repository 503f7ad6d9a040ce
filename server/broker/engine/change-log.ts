import { Histogram } from './histogram.ts';
import type { EngineLog } from './options.ts';
import type { Change, EngineStore } from './store.ts';

/** Messages that nobody waits for any more are taken out of the store so many at a time, or twice as many as came meanwhile. */
const maxEndedPerCommit = 500;

/** Upper bounds: from a fast disk to an SD card that thinks. */
const commitBucketsMs = [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000];

interface Waiter {
  readonly batch: number;
  readonly settle: (isStored: boolean) => void;
}

interface ChangeLogOptions {
  readonly store: EngineStore;
  /** False: nobody ever waits for a commit. */
  readonly isAwaiting: boolean;
  readonly maxLazyChanges: number;
  readonly log: EngineLog;
  /** Called when a batch was stored or failed: held acknowledgements may go, or never will. */
  readonly onSettled: (isStored: boolean) => void;
  /** Called when commits begin to fail, with the store's own words. */
  readonly onFailing: (message: string) => void;
}

/** Leaves out retained messages that a later change replaces, so that a store that is down costs no more than the topics there are. */
const withoutReplaced = (changes: readonly Change[]): Change[] => {
  const last = new Map<string, Change>();
  for (const change of changes) {
    if (change.type === 'retain') last.set(change.message.topic, change);
    else if (change.type === 'unretain') last.set(change.topic, change);
  }
  const isCurrent = (change: Change): boolean => {
    if (change.type === 'retain') return last.get(change.message.topic) === change;
    return change.type !== 'unretain' || last.get(change.topic) === change;
  };
  return changes.filter(isCurrent);
};

/** Group commit: everything that changed in one turn of the event loop shares one transaction. */
export class ChangeLog {
  /** False while commits fail. */
  isHealthy = true;
  /** Batches up to this number are stored. */
  committed = 0;
  /** Grows with every urgent change: a handler that sees it grow has something to wait for. */
  urgentChanges = 0;
  /** Something waits for the open batch to be stored. */
  isDue = false;

  /** How long commits took, in milliseconds. */
  readonly times = new Histogram(commitBucketsMs);

  #open: Change[] = [];
  /** Ends of messages: not urgent, as what a crash leaves of them is found at the next start. A session may end with thousands. */
  #ended: Change[] = [];
  #batch = 1;
  #isAwaited = false;
  #isCommitting = false;
  #startedMs = 0;
  #waiters: Waiter[] = [];
  readonly #options: ChangeLogOptions;

  constructor(options: ChangeLogOptions) {
    this.#options = options;
  }

  /** Everything noted so far is stored when `committed` has reached this. */
  get awaitedBatch(): number {
    if (!this.#options.isAwaiting) return 0;
    return this.#open.length > 0 ? this.#batch : this.#batch - 1;
  }

  /** Notes a change that nobody waits for. */
  append(change: Change): void {
    if (change.type === 'message-end') this.#ended.push(change);
    else this.#open.push(change);
  }

  /** Notes a change that an acknowledgement waits for. */
  appendUrgent(change: Change): void {
    this.#open.push(change);
    if (!this.#options.isAwaiting) return;
    this.isDue = true;
    this.#isAwaited = true;
    this.urgentChanges++;
  }

  /** Makes what was noted so far wait no longer than this turn. */
  hurry(): void {
    if (this.#waiting > 0) this.isDue = true;
  }

  /** Resolves true once the open batch is stored, false when it failed; `isSynced` when a power cut must not take it. */
  whenStored(isSynced: boolean): Promise<boolean> {
    if (this.#waiting === 0 && !this.#isCommitting) return Promise.resolve(this.isHealthy);
    const hasOpen = this.#waiting > 0;
    this.isDue ||= hasOpen;
    this.#isAwaited ||= isSynced && hasOpen;
    return new Promise((settle) => this.#waiters.push({ batch: hasOpen ? this.#batch : this.#batch - 1, settle }));
  }

  /** Commits the open batch if something waits for it. */
  commit(): void {
    if (this.#isCommitting || this.#waiting === 0) return;
    if (!this.isDue && this.#waiting < this.#options.maxLazyChanges) return;
    const changes = this.#open.concat(this.#ended.splice(0, this.#endsToTake()));
    const batch = this.#batch;
    this.#open = [];
    this.#batch++;
    const isAwaited = this.#isAwaited;
    this.isDue = false;
    this.#isAwaited = false;
    this.#isCommitting = true;
    this.#startedMs = performance.now();
    try {
      const pending = this.#options.store.commit(changes, isAwaited);
      if (!pending) {
        this.#succeed(batch);
        return;
      }
      void pending.then(
        () => this.#settleLater(batch),
        (error: unknown) => this.#fail(changes, error),
      );
    } catch (error) {
      this.#fail(changes, error);
    }
  }

  /** A store that fails keeps what it got for the next try: it gets no more on top, except when nothing else would try it. */
  #endsToTake(): number {
    const most = Math.max(maxEndedPerCommit, 2 * this.#open.length);
    return this.isHealthy || this.#open.length === 0 ? most : 0;
  }

  get #waiting(): number {
    return this.#open.length + this.#ended.length;
  }

  #settleLater(batch: number): void {
    this.#succeed(batch);
    this.commit();
  }

  #succeed(batch: number): void {
    this.#isCommitting = false;
    this.times.note(performance.now() - this.#startedMs);
    this.committed = batch;
    if (!this.isHealthy) this.#options.log.info('The store works again.');
    this.isHealthy = true;
    this.#tell(batch, true);
  }

  /** Keeps the changes for the next try: memory is ahead of the store, and nothing of it was acknowledged. */
  #fail(changes: Change[], error: unknown): void {
    this.#isCommitting = false;
    this.#open = withoutReplaced(changes.concat(this.#open));
    if (this.isHealthy) {
      const message = error instanceof Error ? error.message : String(error);
      this.#options.onFailing(message);
      this.#options.log.error(`Messages cannot be stored: ${message}. Nothing is acknowledged until they can.`);
    }
    this.isHealthy = false;
    this.#isAwaited = true;
    this.#tell(this.#batch, false);
  }

  #tell(batch: number, isStored: boolean): void {
    const waiters = this.#waiters;
    this.#waiters = waiters.filter((waiter) => waiter.batch > batch);
    for (const waiter of waiters) if (waiter.batch <= batch) waiter.settle(isStored);
    this.#options.onSettled(isStored);
  }
}
