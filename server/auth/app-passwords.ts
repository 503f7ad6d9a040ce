import type { Database } from 'better-sqlite3';
import type { AppPasswordInfo } from '../../shared/api/people.ts';

export const maxAppPasswordsPerPerson = 50;

/** A person's login for programs that speak MQTT. */
export interface AppPassword extends AppPasswordInfo {
  readonly personId: string;
  readonly secret: string;
}

interface Row {
  readonly id: string;
  readonly person_id: string;
  readonly name: string;
  readonly username: string;
  readonly secret: string;
  readonly level: 'see' | 'operate';
  readonly rooms: string | null;
  readonly created_at: number;
  readonly last_seen_at: number | null;
}

const toAppPassword = (row: Row): AppPassword => ({
  id: row.id,
  personId: row.person_id,
  name: row.name,
  username: row.username,
  secret: row.secret,
  level: row.level,
  createdAtMs: row.created_at,
  ...(row.rooms === null ? {} : { rooms: JSON.parse(row.rooms) as readonly string[] }),
  ...(row.last_seen_at === null ? {} : { lastSeenAtMs: row.last_seen_at }),
});

/** App passwords, as they lie in the database. Writes belong into a transaction of the store. */
export function createAppPasswords(db: Database) {
  const all = db.prepare<[], Row>('SELECT * FROM app_password');
  const of = db.prepare<[string], Row>('SELECT * FROM app_password WHERE person_id = ? ORDER BY created_at');
  const byUsername = db.prepare<[string], Row>('SELECT * FROM app_password WHERE username = ?');
  const byId = db.prepare<[string], Row>('SELECT * FROM app_password WHERE id = ?');
  const insert = db.prepare('INSERT INTO app_password VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)');
  const remove = db.prepare('DELETE FROM app_password WHERE id = ?');
  const removeOf = db.prepare('DELETE FROM app_password WHERE person_id = ?');
  const seen = db.prepare('UPDATE app_password SET last_seen_at = ? WHERE id = ?');
  const found = (row: Row | undefined): AppPassword | undefined => row && toAppPassword(row);
  return {
    all: (): AppPassword[] => all.all().map(toAppPassword),
    of: (personId: string): AppPassword[] => of.all(personId).map(toAppPassword),
    byUsername: (username: string) => found(byUsername.get(username)),
    byId: (id: string) => found(byId.get(id)),
    insert: (one: AppPassword) => {
      const { id, personId, name, username, secret, level, rooms, createdAtMs } = one;
      insert.run(id, personId, name, username, secret, level, rooms ? JSON.stringify(rooms) : null, createdAtMs);
    },
    remove: (id: string): boolean => remove.run(id).changes > 0,
    removeOf: (personId: string) => void removeOf.run(personId),
    seen: (id: string, atMs: number) => void seen.run(atMs, id),
  };
}
export type AppPasswords = ReturnType<typeof createAppPasswords>;
