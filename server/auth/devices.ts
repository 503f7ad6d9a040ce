import type { Database } from 'better-sqlite3';

export interface DeviceAccount {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly secret: string;
  readonly createdAtMs: number;
  readonly lastSeenAtMs?: number;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly secret: string;
  readonly created_at: number;
  readonly last_seen_at: number | null;
}

const toDevice = (row: Row): DeviceAccount => ({
  id: row.id,
  name: row.name,
  username: row.username,
  secret: row.secret,
  createdAtMs: row.created_at,
  ...(row.last_seen_at === null ? {} : { lastSeenAtMs: row.last_seen_at }),
});

/** MQTT accounts of devices, as they lie in the database. Writes belong into a transaction of the store. */
export function createDeviceAccounts(db: Database) {
  const all = db.prepare<[], Row>('SELECT * FROM device ORDER BY name COLLATE NOCASE');
  const count = db.prepare<[], number>('SELECT count(*) FROM device').pluck();
  const byUsername = db.prepare<[string], Row>('SELECT * FROM device WHERE username = ?');
  const byId = db.prepare<[string], Row>('SELECT * FROM device WHERE id = ?');
  const insert = db.prepare('INSERT INTO device VALUES (?, ?, ?, ?, ?, NULL)');
  const setSecret = db.prepare('UPDATE device SET secret = ? WHERE id = ?');
  const remove = db.prepare('DELETE FROM device WHERE id = ?');
  const seen = db.prepare('UPDATE device SET last_seen_at = ? WHERE id = ?');
  const found = (row: Row | undefined): DeviceAccount | undefined => row && toDevice(row);
  return {
    all: (): DeviceAccount[] => all.all().map(toDevice),
    count: (): number => count.get() ?? 0,
    byUsername: (username: string) => found(byUsername.get(username)),
    byId: (id: string) => found(byId.get(id)),
    insert: (one: DeviceAccount) => void insert.run(one.id, one.name, one.username, one.secret, one.createdAtMs),
    setSecret: (id: string, secret: string) => void setSecret.run(secret, id),
    remove: (id: string): boolean => remove.run(id).changes > 0,
    seen: (id: string, atMs: number) => void seen.run(atMs, id),
  };
}
export type DeviceAccounts = ReturnType<typeof createDeviceAccounts>;
