import type { Database } from 'better-sqlite3';

/**
 * The tables, as numbered steps: each runs once, in order, and is never changed after a release. `user_version` counts them.
 * Times are wall-clock milliseconds. The broker keeps its own tables (server/broker/store/tables.ts).
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

  CREATE TABLE person (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE, password_hash TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE login (
    secret_hash BLOB PRIMARY KEY, id TEXT NOT NULL UNIQUE, person_id TEXT NOT NULL, is_staying INTEGER NOT NULL,
    created_at INTEGER NOT NULL, last_seen_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
    user_agent TEXT NOT NULL, address TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX login_person ON login (person_id);
  CREATE TABLE device (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, username TEXT NOT NULL UNIQUE,
    -- 'sha256:<salt>:<hash>' of a generated password, or an argon2id hash of a chosen one
    secret TEXT NOT NULL, created_at INTEGER NOT NULL, last_seen_at INTEGER
  ) WITHOUT ROWID;

  CREATE TABLE house_revision (
    revision INTEGER PRIMARY KEY, document TEXT NOT NULL, saved_by TEXT, saved_at INTEGER NOT NULL
  );

  CREATE TABLE last_value (
    topic TEXT PRIMARY KEY, payload BLOB NOT NULL, size_bytes INTEGER NOT NULL, at_ms INTEGER NOT NULL,
    published_by TEXT, is_retained INTEGER NOT NULL, intervals TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE series (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
  CREATE TABLE bucket (
    series_id INTEGER NOT NULL, start_ms INTEGER NOT NULL, min REAL NOT NULL, max REAL NOT NULL,
    PRIMARY KEY (series_id, start_ms)
  ) WITHOUT ROWID;
  `,
  `
  -- Who switched what: what is filtered by has a column, the rest is the entry as JSON.
  CREATE TABLE logbook (
    id INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, kind TEXT NOT NULL, actor_kind TEXT, actor_id TEXT,
    tile_id TEXT, room_id TEXT, entry TEXT NOT NULL
  );
  CREATE INDEX logbook_at ON logbook (at_ms);
  CREATE INDEX logbook_tile ON logbook (tile_id, id);
  CREATE INDEX logbook_actor ON logbook (actor_id, id);
  CREATE INDEX logbook_kind ON logbook (kind, at_ms);
  `,
  `
  -- People and devices from before there were rules keep what they could: everything.
  ALTER TABLE person ADD COLUMN role TEXT NOT NULL DEFAULT 'owner';
  ALTER TABLE person ADD COLUMN ends_at INTEGER;
  ALTER TABLE person ADD COLUMN ended_at INTEGER;
  ALTER TABLE person ADD COLUMN grants TEXT NOT NULL DEFAULT '{"otherRooms":"operate","rooms":{},"exceptions":[]}';
  ALTER TABLE person ADD COLUMN rules TEXT NOT NULL DEFAULT '[]';
  ALTER TABLE person ADD COLUMN invited_by TEXT;
  ALTER TABLE device ADD COLUMN rules TEXT NOT NULL DEFAULT '[{"access":"readwrite","filter":"#"}]';
  ALTER TABLE device ADD COLUMN is_blocked INTEGER NOT NULL DEFAULT 0;

  CREATE TABLE invite (
    id TEXT PRIMARY KEY, code_hash BLOB NOT NULL UNIQUE, role TEXT NOT NULL, name TEXT NOT NULL, grants TEXT NOT NULL,
    valid_until INTEGER NOT NULL, ends_at INTEGER, invited_by TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE app_password (
    id TEXT PRIMARY KEY, person_id TEXT NOT NULL, name TEXT NOT NULL, username TEXT NOT NULL UNIQUE, secret TEXT NOT NULL,
    level TEXT NOT NULL, rooms TEXT, created_at INTEGER NOT NULL, last_seen_at INTEGER
  ) WITHOUT ROWID;
  CREATE INDEX app_password_person ON app_password (person_id);
  CREATE TABLE rights_group (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, people TEXT NOT NULL, devices TEXT NOT NULL, rules TEXT NOT NULL
  ) WITHOUT ROWID;
  `,
  `
  -- Who asks for access to what; one per person and target, forgotten by itself.
  CREATE TABLE wish (
    person_id TEXT NOT NULL, kind TEXT NOT NULL, target_id TEXT NOT NULL, asked_at INTEGER NOT NULL, answer TEXT,
    forget_at INTEGER NOT NULL, PRIMARY KEY (person_id, kind, target_id)
  ) WITHOUT ROWID;
  `,
  `
  -- Guests' cards that end after so many uses.
  ALTER TABLE person ADD COLUMN uses_left INTEGER;
  ALTER TABLE invite ADD COLUMN uses INTEGER;
  `,
  `
  -- PINs of people: an argon2id hash, and what wrong tries cost.
  CREATE TABLE pin (
    person_id TEXT PRIMARY KEY, hash TEXT NOT NULL, length INTEGER NOT NULL, set_at INTEGER NOT NULL,
    wrong_tries INTEGER NOT NULL, locked_until INTEGER NOT NULL
  ) WITHOUT ROWID;
  `,
  `
  -- How a login came: 1 over HTTPS, 0 so that others could read along, NULL within this machine or from before.
  ALTER TABLE login ADD COLUMN is_encrypted INTEGER;
  `,
  `
  -- When a device was given its password; NULL when it brought its own, or before this was kept.
  ALTER TABLE device ADD COLUMN password_at INTEGER;
  `,
];

/** The database was written by a newer program; `code` is what the start-up explains it by. */
export class NewerDatabaseError extends Error {
  readonly code = 'KACHEL_DATABASE_NEWER';
  constructor(found: number) {
    super(`The database has version ${found}, this program knows up to ${migrations.length}.`);
  }
}

/** Brings the database up to date, or refuses one from the future without touching it. */
export function migrate(db: Database): void {
  const current = Number(db.pragma('user_version', { simple: true }));
  if (current > migrations.length) throw new NewerDatabaseError(current);
  if (current === migrations.length) return;
  const bring = db.transaction(() => {
    for (const step of migrations.slice(current)) db.exec(step);
    db.pragma(`user_version = ${migrations.length}`);
  });
  bring.immediate();
}
