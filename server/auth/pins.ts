import type { Database } from 'better-sqlite3';

/** What is kept of somebody's PIN: never the PIN itself. */
export interface StoredPin {
  readonly personId: string;
  /** argon2id. */
  readonly hash: string;
  /** How many digits, so that the pad shows as many dots. */
  readonly length: number;
  readonly setAtMs: number;
  /** In a row, since it was last right or set. */
  readonly wrongTries: number;
  /** No try before; 0 = none was too many. */
  readonly lockedUntilMs: number;
}

interface Row {
  readonly person_id: string;
  readonly hash: string;
  readonly length: number;
  readonly set_at: number;
  readonly wrong_tries: number;
  readonly locked_until: number;
}

const toPin = (row: Row): StoredPin => ({
  personId: row.person_id,
  hash: row.hash,
  length: row.length,
  setAtMs: row.set_at,
  wrongTries: row.wrong_tries,
  lockedUntilMs: row.locked_until,
});

/** PINs of people, as they lie in the database. Writes belong into a transaction of the store. */
export function createPins(db: Database) {
  const find = db.prepare<[string], Row>('SELECT * FROM pin WHERE person_id = ?');
  const put = db.prepare(
    `INSERT OR REPLACE INTO pin (person_id, hash, length, set_at, wrong_tries, locked_until)
     VALUES (:personId, :hash, :length, :setAtMs, :wrongTries, :lockedUntilMs)`,
  );
  const remove = db.prepare('DELETE FROM pin WHERE person_id = ?');
  return {
    of: (personId: string): StoredPin | undefined => {
      const row = find.get(personId);
      return row && toPin(row);
    },
    put: (pin: StoredPin) => void put.run(pin),
    remove: (personId: string) => void remove.run(personId),
  };
}
export type Pins = ReturnType<typeof createPins>;
