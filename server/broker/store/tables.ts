import type { Database } from 'better-sqlite3';

/**
 * The tables of the broker, as numbered steps: each runs once, in order, and is never changed after a release.
 * Times are wall-clock milliseconds; properties are MQTT 5 property lists; flags are bits (see flags.ts).
 */
export const engineSteps: readonly string[] = [
  `
  CREATE TABLE engine_retained (
    topic TEXT PRIMARY KEY, payload BLOB NOT NULL, qos INTEGER NOT NULL, properties BLOB NOT NULL, expires_at INTEGER
  ) WITHOUT ROWID;
  CREATE TABLE engine_session (
    client_id TEXT PRIMARY KEY,
    principal_kind TEXT NOT NULL, principal_id TEXT NOT NULL, principal_name TEXT NOT NULL,
    expiry_seconds INTEGER NOT NULL, expires_at INTEGER,
    will_topic TEXT, will_payload BLOB, will_qos INTEGER, will_retain INTEGER, will_properties BLOB,
    will_expiry_ms INTEGER, will_delay_seconds INTEGER, will_due_at INTEGER
  ) WITHOUT ROWID;
  CREATE TABLE engine_subscription (
    client_id TEXT NOT NULL, filter TEXT NOT NULL, qos INTEGER NOT NULL, flags INTEGER NOT NULL, identifier INTEGER,
    PRIMARY KEY (client_id, filter)
  ) WITHOUT ROWID;
  CREATE TABLE engine_message (
    id INTEGER PRIMARY KEY, topic TEXT NOT NULL, payload BLOB NOT NULL, qos INTEGER NOT NULL, retain INTEGER NOT NULL,
    properties BLOB NOT NULL, expires_at INTEGER
  );
  CREATE TABLE engine_delivery (
    position INTEGER PRIMARY KEY, client_id TEXT NOT NULL, message_id INTEGER NOT NULL, qos INTEGER NOT NULL,
    retain INTEGER NOT NULL, identifiers TEXT NOT NULL, packet_id INTEGER NOT NULL, state TEXT NOT NULL
  );
  CREATE INDEX engine_delivery_client ON engine_delivery (client_id);
  CREATE TABLE engine_received (
    client_id TEXT NOT NULL, packet_id INTEGER NOT NULL, PRIMARY KEY (client_id, packet_id)
  ) WITHOUT ROWID;
  `,
  `
  CREATE TABLE engine_ended (client_id TEXT PRIMARY KEY, before_position INTEGER NOT NULL) WITHOUT ROWID;
  `,
];

/** Brings the broker's tables up to date; refuses a database that a newer program wrote. */
export const migrateEngineTables = (db: Database): void => {
  db.exec('CREATE TABLE IF NOT EXISTS engine_version (version INTEGER NOT NULL)');
  const row = db.prepare<[], { version: number }>('SELECT version FROM engine_version').get();
  const current = row?.version ?? 0;
  if (current > engineSteps.length)
    throw new Error(`the broker's data has version ${current}, this program knows up to ${engineSteps.length}`);
  if (current === engineSteps.length) return;
  db.transaction(() => {
    for (const step of engineSteps.slice(current)) db.exec(step);
    db.exec('DELETE FROM engine_version');
    db.prepare('INSERT INTO engine_version (version) VALUES (?)').run(engineSteps.length);
  })();
};
