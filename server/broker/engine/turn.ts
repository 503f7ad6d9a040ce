import type { ChangeLog } from './change-log.ts';
import type { Clock } from './clock.ts';
import type { Connection } from './connection.ts';
import type { Observers } from './observers.ts';
import { Pace } from './pace.ts';

/** One turn of the event loop: handle everything that arrived, commit once, write once per client, then tell those who watch. */
export class Turn {
  readonly #clock: Clock;
  readonly #changes: ChangeLog;
  readonly #observers: Observers;
  #dirty: Connection[] = [];
  readonly #held = new Set<Connection>();
  readonly #pace = new Pace();
  #isScheduled = false;
  #isReading = false;
  /** Something was done while reading that this turn must bring to an end. */
  #isDue = false;

  constructor(clock: Clock, changes: ChangeLog, observers: Observers) {
    this.#clock = clock;
    this.#changes = changes;
    this.#observers = observers;
  }

  /** Has the connection's outbox written at the end of this turn. */
  touch(connection: Connection): void {
    if (connection.isDirty) return;
    connection.isDirty = true;
    this.#dirty.push(connection);
    this.schedule();
  }

  /** Handles bytes that came from a client. */
  read(handle: () => void): void {
    this.#isReading = true;
    try {
      handle();
    } finally {
      this.#isReading = false;
      this.#pace.noteRead();
      if (this.#isDue) this.#endRead();
    }
  }

  /** Makes sure that this turn gets an end. */
  schedule(): void {
    if (this.#isScheduled) return;
    if (this.#isReading) {
      this.#isDue = true;
      return;
    }
    this.#isScheduled = true;
    this.#clock.endOfTurn(() => {
      this.#isScheduled = false;
      this.#pace.noteEnd();
      this.finish();
    });
  }

  /** A commit waits for others to share it; what only has to be written need not. */
  #endRead(): void {
    this.#isDue = false;
    if (!this.#changes.isDue && this.#pace.mayEndEarly()) this.finish();
    else this.schedule();
  }

  finish(): void {
    const dirty = this.#dirty;
    this.#dirty = [];
    let waiting = 0;
    for (const connection of dirty) {
      connection.isDirty = false;
      if (connection.flush(this.#changes.committed)) dirty[waiting++] = connection;
    }
    // Who waits for it comes after the commit; nobody else has to.
    this.#changes.commit();
    for (let index = 0; index < waiting; index++) {
      const connection = dirty[index];
      if (connection?.flush(this.#changes.committed)) this.#held.add(connection);
    }
    if (this.#observers.handOut()) this.schedule();
  }

  /** Lets go what waited for a commit. */
  release(): void {
    for (const connection of this.#held) {
      if (!connection.flush(this.#changes.committed)) this.#held.delete(connection);
    }
  }
}
