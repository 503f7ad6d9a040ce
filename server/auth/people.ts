import type { Database } from 'better-sqlite3';

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly passwordHash: string;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly password_hash: string;
}

/** One spelling per name: people do not remember their capitals. */
export const nameKey = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

const toPerson = ({ id, name, password_hash }: Row): Person => ({ id, name, passwordHash: password_hash });

/** Accounts of people, as they lie in the database. Writes belong into a transaction of the store. */
export function createPeople(db: Database) {
  const columns = 'id, name, password_hash';
  const byName = db.prepare<[string], Row>(`SELECT ${columns} FROM person WHERE name_key = ?`);
  const byId = db.prepare<[string], Row>(`SELECT ${columns} FROM person WHERE id = ?`);
  const count = db.prepare<[], number>('SELECT count(*) FROM person').pluck();
  const insert = db.prepare('INSERT INTO person VALUES (?, ?, ?, ?, ?)');
  const setPassword = db.prepare('UPDATE person SET password_hash = ? WHERE id = ?');
  const found = (row: Row | undefined): Person | undefined => row && toPerson(row);
  return {
    byName: (name: string) => found(byName.get(nameKey(name))),
    byId: (id: string) => found(byId.get(id)),
    count: (): number => count.get() ?? 0,
    insert: (person: Person, nowMs: number) =>
      void insert.run(person.id, person.name, nameKey(person.name), person.passwordHash, nowMs),
    setPassword: (id: string, passwordHash: string) => void setPassword.run(passwordHash, id),
  };
}
export type People = ReturnType<typeof createPeople>;
