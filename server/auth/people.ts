import type { Database } from 'better-sqlite3';
import type { Grants, Role, TopicRule } from '../../shared/api/people.ts';

export interface Person {
  readonly id: string;
  readonly name: string;
  /** Empty: there is no password, only the login that an invite began. */
  readonly passwordHash: string;
  readonly role: Role;
  readonly createdAtMs: number;
  readonly endsAtMs?: number;
  /** The end as a fact: no clock revives it. */
  readonly endedAtMs?: number;
  /** Uses that are left before the account ends by itself; absent = they are not counted. */
  readonly usesLeft?: number;
  readonly grants: Grants;
  readonly rules: readonly TopicRule[];
  /** Id of who invited this person. */
  readonly invitedBy?: string;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly password_hash: string;
  readonly created_at: number;
  readonly role: Role;
  readonly ends_at: number | null;
  readonly ended_at: number | null;
  readonly grants: string;
  readonly rules: string;
  readonly invited_by: string | null;
  readonly uses_left: number | null;
}

/** One spelling per name: people do not remember their capitals. */
export const nameKey = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

export const everything: Grants = { otherRooms: 'operate', rooms: {}, exceptions: [] };

export const hasEnded = ({ endsAtMs, endedAtMs }: Person, nowMs: number): boolean =>
  endedAtMs !== undefined || (endsAtMs !== undefined && endsAtMs <= nowMs);

const toPerson = (row: Row): Person => ({
  id: row.id,
  name: row.name,
  passwordHash: row.password_hash,
  role: row.role,
  createdAtMs: row.created_at,
  // Only validated values are ever written.
  grants: JSON.parse(row.grants) as Grants,
  rules: JSON.parse(row.rules) as readonly TopicRule[],
  ...(row.ends_at === null ? {} : { endsAtMs: row.ends_at }),
  ...(row.ended_at === null ? {} : { endedAtMs: row.ended_at }),
  ...(row.uses_left === null ? {} : { usesLeft: row.uses_left }),
  ...(row.invited_by === null ? {} : { invitedBy: row.invited_by }),
});

const toParams = (person: Person) => ({
  id: person.id,
  name: person.name,
  nameKey: nameKey(person.name),
  passwordHash: person.passwordHash,
  createdAt: person.createdAtMs,
  role: person.role,
  endsAt: person.endsAtMs ?? null,
  endedAt: person.endedAtMs ?? null,
  grants: JSON.stringify(person.grants),
  rules: JSON.stringify(person.rules),
  invitedBy: person.invitedBy ?? null,
  usesLeft: person.usesLeft ?? null,
});

/** Accounts of people, as they lie in the database. Writes belong into a transaction of the store. */
export function createPeople(db: Database) {
  const all = db.prepare<[], Row>('SELECT * FROM person ORDER BY created_at, name COLLATE NOCASE');
  const byName = db.prepare<[string], Row>('SELECT * FROM person WHERE name_key = ?');
  const byId = db.prepare<[string], Row>('SELECT * FROM person WHERE id = ?');
  const count = db.prepare<[], number>('SELECT count(*) FROM person').pluck();
  const put = db.prepare(
    `INSERT INTO person
       (id, name, name_key, password_hash, created_at, role, ends_at, ended_at, grants, rules, invited_by, uses_left)
     VALUES (:id, :name, :nameKey, :passwordHash, :createdAt, :role, :endsAt, :endedAt, :grants, :rules, :invitedBy, :usesLeft)
     ON CONFLICT (id) DO UPDATE SET
       name = :name, name_key = :nameKey, password_hash = :passwordHash, role = :role, ends_at = :endsAt,
       ended_at = :endedAt, grants = :grants, rules = :rules, uses_left = :usesLeft`,
  );
  const remove = db.prepare('DELETE FROM person WHERE id = ?');
  const found = (row: Row | undefined): Person | undefined => row && toPerson(row);
  return {
    /** Oldest account first. */
    all: (): Person[] => all.all().map(toPerson),
    byName: (name: string) => found(byName.get(nameKey(name))),
    byId: (id: string) => found(byId.get(id)),
    count: (): number => count.get() ?? 0,
    /** Adds somebody, or writes all of somebody anew. */
    put: (person: Person) => void put.run(toParams(person)),
    remove: (id: string): boolean => remove.run(id).changes > 0,
  };
}
export type People = ReturnType<typeof createPeople>;

/** The owners whose account does not end: there is always one. */
export const lastingOwners = (people: readonly Person[]): readonly Person[] =>
  people.filter(
    ({ role, endsAtMs, endedAtMs }) => role === 'owner' && endsAtMs === undefined && endedAtMs === undefined,
  );

/** Whom somebody asks for more: who invited him if that is still an owner, else the first owner. */
export function ownerFor(person: Person, people: readonly Person[]): string | undefined {
  const owners = people.filter(({ role, endedAtMs }) => role === 'owner' && endedAtMs === undefined);
  return (owners.find(({ id }) => id === person.invitedBy) ?? owners[0])?.name;
}
