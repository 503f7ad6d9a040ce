import type { Database } from 'better-sqlite3';
import type { LoginInfo } from '../../shared/api/contract.ts';
import { newId, newLoginSecret, sha256 } from './secret.ts';

const dayMs = 86_400_000;
/** "Stay signed in", counted anew from each visit. */
export const stayMs = 90 * dayMs;
/** Else the browser forgets at its end, and we after this long without a visit. */
const shortMs = dayMs;
/** A visit is written down at most this often: SD cards wear out. */
const touchEveryMs = 15 * 60_000;
export const maxLoginsPerPerson = 50;
const maxUserAgentLength = 256;

export interface Login {
  readonly id: string;
  readonly personId: string;
  readonly isStaying: boolean;
  readonly lastSeenAtMs: number;
}

interface Row {
  readonly id: string;
  readonly person_id: string;
  readonly is_staying: number;
  readonly created_at: number;
  readonly last_seen_at: number;
  readonly user_agent: string;
  readonly address: string;
  readonly is_encrypted: number | null;
}

export interface Visit {
  readonly userAgent: string;
  readonly address: string;
  /** Over HTTPS, whose cookie no other way carries; undefined within this machine, where nobody reads along. */
  readonly isEncrypted: boolean | undefined;
}

export interface LoginSummary {
  readonly count: number;
  readonly lastSeenAtMs?: number;
}

const expiry = (isStaying: boolean, nowMs: number): number => nowMs + (isStaying ? stayMs : shortMs);
const toInfo = (row: Row, ownId: string): LoginInfo => ({
  id: row.id,
  isThis: row.id === ownId,
  createdAtMs: row.created_at,
  lastSeenAtMs: row.last_seen_at,
  userAgent: row.user_agent,
  address: row.address,
  ...(row.is_encrypted === null ? {} : { isEncrypted: row.is_encrypted === 1 }),
});

function byPerson(rows: readonly Row[], ownId: string): ReadonlyMap<string, readonly LoginInfo[]> {
  const found = new Map<string, LoginInfo[]>();
  for (const row of rows) found.set(row.person_id, [...(found.get(row.person_id) ?? []), toInfo(row, ownId)]);
  return found;
}

/** Logins of people, as they lie in the database: only hashes of what cookies carry. Writes belong into a transaction of the store. */
export function createLogins(db: Database) {
  const bySecret = db.prepare<[Buffer, number], Row>('SELECT * FROM login WHERE secret_hash = ? AND expires_at > ?');
  const personOf = db
    .prepare<[string, number], string>('SELECT person_id FROM login WHERE id = ? AND expires_at > ?')
    .pluck();
  const summary = db.prepare<[string, number], { count: number; last: number | null }>(
    'SELECT count(*) AS count, max(last_seen_at) AS last FROM login WHERE person_id = ? AND expires_at > ?',
  );
  const ofPerson = db.prepare<[string, number], Row>(
    'SELECT * FROM login WHERE person_id = ? AND expires_at > ? ORDER BY last_seen_at DESC',
  );
  const everybody = db.prepare<[number], Row>('SELECT * FROM login WHERE expires_at > ? ORDER BY last_seen_at DESC');
  const insert = db.prepare('INSERT INTO login VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const touch = db.prepare('UPDATE login SET last_seen_at = ?, expires_at = ?, address = ? WHERE id = ?');
  const end = db.prepare('DELETE FROM login WHERE id = ? AND person_id = ?');
  const endAll = db.prepare('DELETE FROM login WHERE person_id = ?');
  const clean = db.prepare('DELETE FROM login WHERE expires_at <= ?');
  const trim = db.prepare(
    `DELETE FROM login WHERE person_id = :person AND id NOT IN
     (SELECT id FROM login WHERE person_id = :person ORDER BY last_seen_at DESC LIMIT ${maxLoginsPerPerson})`,
  );
  return {
    /** The live login whose secret a cookie carries. */
    find: (secret: string, nowMs: number): Login | undefined => {
      const row = bySecret.get(sha256(secret), nowMs);
      return (
        row && { id: row.id, personId: row.person_id, isStaying: row.is_staying === 1, lastSeenAtMs: row.last_seen_at }
      );
    },
    /** Whose a live login is. */
    personOf: (id: string, nowMs: number): string | undefined => personOf.get(id, nowMs),
    summary: (personId: string, nowMs: number): LoginSummary => {
      const { count = 0, last = null } = summary.get(personId, nowMs) ?? {};
      return { count, ...(last === null ? {} : { lastSeenAtMs: last }) };
    },
    list: (personId: string, ownId: string, nowMs: number): LoginInfo[] =>
      ofPerson.all(personId, nowMs).map((row) => toInfo(row, ownId)),
    /** Of all people, by their ids; newest visit first. */
    listAll: (ownId: string, nowMs: number) => byPerson(everybody.all(nowMs), ownId),
    /** Makes one; returns its secret. Cleans up behind itself. */
    start: (personId: string, isStaying: boolean, visit: Visit & { readonly nowMs: number }): string => {
      const secret = newLoginSecret();
      const { nowMs, userAgent, address, isEncrypted } = visit;
      const times = [nowMs, nowMs, expiry(isStaying, nowMs)];
      const browser = [
        userAgent.slice(0, maxUserAgentLength),
        address,
        isEncrypted === undefined ? null : +isEncrypted,
      ];
      clean.run(nowMs);
      insert.run(sha256(secret), newId(), personId, Number(isStaying), ...times, ...browser);
      trim.run({ person: personId });
      return secret;
    },
    isDue: (login: Login, nowMs: number): boolean => nowMs - login.lastSeenAtMs >= touchEveryMs,
    touch: (login: Login, address: string, nowMs: number) =>
      void touch.run(nowMs, expiry(login.isStaying, nowMs), address, login.id),
    end: (id: string, personId: string): boolean => end.run(id, personId).changes > 0,
    endAll: (personId: string) => void endAll.run(personId),
  };
}
export type Logins = ReturnType<typeof createLogins>;
