import type { Database } from 'better-sqlite3';

/** So many rows are looked at with each commit, or twice as many as it has changes. */
const rowsPerCommit = 500;

/**
 * What waited for sessions that have ended: thousands of rows, which are removed in parts so that nobody waits for it. `engine_ended`
 * says whose deliveries below which position are gone, so that a crash brings nothing back, not even into a new session of the same
 * client id. They are removed in the order of their positions, where they lie together, whosever they are.
 */
export class EndedSessions {
  readonly #hasDeliveries;
  readonly #note;
  readonly #highest;
  readonly #endOfPart;
  readonly #remove;
  readonly #forget;
  /** Whether there may be any. */
  #isPending = true;
  /** A pass through all rows has come so far, and removes what ended below this; 0 before it begins. */
  #from = 0;
  #below = 0;

  constructor(db: Database) {
    this.#hasDeliveries = db.prepare('SELECT 1 FROM engine_delivery WHERE client_id = ? AND position < ? LIMIT 1');
    this.#note = db.prepare('INSERT OR REPLACE INTO engine_ended VALUES (?, ?)');
    this.#highest = db.prepare<[], number | null>('SELECT MAX(before_position) FROM engine_ended').pluck();
    this.#endOfPart = db
      .prepare<[number, number], number>(
        'SELECT position FROM engine_delivery WHERE position >= ? ORDER BY position LIMIT 1 OFFSET ?',
      )
      .pluck();
    this.#remove = db.prepare(
      `DELETE FROM engine_delivery AS delivery WHERE position >= ? AND position < ? AND EXISTS
         (SELECT 1 FROM engine_ended AS ended
           WHERE ended.client_id = delivery.client_id AND delivery.position < ended.before_position)`,
    );
    this.#forget = db.prepare('DELETE FROM engine_ended WHERE before_position <= ?');
  }

  /** Ends what waits for a session now; positions from `beforePosition` on belong to the next one. */
  note(clientId: string, beforePosition: number): void {
    if (!this.#hasDeliveries.get(clientId, beforePosition)) return;
    this.#note.run(clientId, beforePosition);
    this.#isPending = true;
    if (beforePosition <= this.#below) this.startOver();
  }

  /** To be called when a commit failed, and with it maybe a part. */
  startOver(): void {
    this.#isPending = true;
    this.#from = 0;
    this.#below = 0;
  }

  /** Removes a part, within a commit. */
  removeSome(changes: number): void {
    this.#removePart(Math.max(rowsPerCommit, 2 * changes));
  }

  /** Removes all, before positions are given out that only the rest of an ended session has. */
  removeAll(): void {
    while (this.#isPending) this.#removePart(Number.MAX_SAFE_INTEGER);
  }

  #removePart(rows: number): void {
    if (!this.#isPending) return;
    if (this.#below === 0) this.#below = this.#highest.get() ?? 0;
    this.#isPending = this.#below > 0;
    if (!this.#isPending) return;
    const end = Math.min(this.#endOfPart.get(this.#from, rows) ?? this.#below, this.#below);
    this.#remove.run(this.#from, end);
    this.#from = end;
    if (end < this.#below) return;
    this.#forget.run(this.#below);
    this.startOver();
  }
}
