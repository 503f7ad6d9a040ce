import type { Database } from 'better-sqlite3';
import type { Level } from '../../shared/api/people.ts';
import { answerLivesMs, wishLivesMs, type OwnWish, type WishTarget } from '../../shared/api/wishes.ts';

export interface StoredWish extends OwnWish {
  readonly personId: string;
}

interface Row {
  readonly person_id: string;
  readonly kind: WishTarget['kind'];
  readonly target_id: string;
  readonly asked_at: number;
  readonly answer: Level | null;
}

const toWish = (row: Row): StoredWish => ({
  personId: row.person_id,
  target: { kind: row.kind, id: row.target_id },
  askedAtMs: row.asked_at,
  ...(row.answer === null ? {} : { answer: row.answer }),
});

/** Wishes, as they lie in the database. Writes belong into a transaction of the store. */
export function createWishStore(db: Database) {
  const select = 'SELECT person_id, kind, target_id, asked_at, answer FROM wish WHERE forget_at > ?';
  const all = db.prepare<[number], Row>(`${select} ORDER BY asked_at`);
  const ofPerson = db.prepare<[number, string], Row>(`${select} AND person_id = ? ORDER BY asked_at`);
  const insert = db.prepare('INSERT OR REPLACE INTO wish VALUES (?, ?, ?, ?, NULL, ?)');
  const answer = db.prepare(
    `UPDATE wish SET answer = ?, forget_at = ?
     WHERE person_id = ? AND kind = ? AND target_id = ? AND answer IS NULL AND forget_at > ?`,
  );
  const clean = db.prepare('DELETE FROM wish WHERE forget_at <= ?');
  return {
    all: (nowMs: number): StoredWish[] => all.all(nowMs).map(toWish),
    of: (personId: string, nowMs: number): StoredWish[] => ofPerson.all(nowMs, personId).map(toWish),
    /** Cleans up behind itself; an older answer about the same goes. */
    insert: (personId: string, { kind, id }: WishTarget, nowMs: number) => {
      clean.run(nowMs);
      insert.run(personId, kind, id, nowMs, nowMs + wishLivesMs);
    },
    /** False when it does not wait (any more). */
    answer: (personId: string, { kind, id }: WishTarget, level: Level, nowMs: number): boolean =>
      answer.run(level, nowMs + answerLivesMs, personId, kind, id, nowMs).changes > 0,
  };
}
export type WishStore = ReturnType<typeof createWishStore>;
