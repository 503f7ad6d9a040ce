import type { Database } from 'better-sqlite3';
import type { TopicRule } from '../../shared/api/people.ts';

export interface DeviceAccount {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly secret: string;
  readonly createdAtMs: number;
  readonly lastSeenAtMs?: number;
  /** Unknown of a password that it brought from elsewhere. */
  readonly passwordAtMs?: number;
  readonly rules: readonly TopicRule[];
  /** Somebody turned it away, whatever its password. */
  readonly isBlocked: boolean;
}

/** What is absent stays. */
export interface DeviceUpdate {
  readonly name?: string | undefined;
  readonly rules?: readonly TopicRule[] | undefined;
  readonly isBlocked?: boolean | undefined;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly secret: string;
  readonly created_at: number;
  readonly last_seen_at: number | null;
  readonly rules: string;
  readonly is_blocked: number;
  readonly password_at: number | null;
}

const toDevice = (row: Row): DeviceAccount => ({
  id: row.id,
  name: row.name,
  username: row.username,
  secret: row.secret,
  createdAtMs: row.created_at,
  // Only validated rules are ever written.
  rules: JSON.parse(row.rules) as readonly TopicRule[],
  isBlocked: row.is_blocked === 1,
  ...(row.last_seen_at === null ? {} : { lastSeenAtMs: row.last_seen_at }),
  ...(row.password_at === null ? {} : { passwordAtMs: row.password_at }),
});

/** Devices that were read lately; holds existing accounts only, so it is as small as their number. */
function createKnown() {
  const known = { id: new Map<string, DeviceAccount>(), username: new Map<string, DeviceAccount>() };
  return {
    find: (by: 'id' | 'username', key: string, read: (key: string) => Row | undefined): DeviceAccount | undefined => {
      const before = known[by].get(key);
      if (before) return before;
      const row = read(key);
      const device = row && toDevice(row);
      if (device) known[by].set(key, device);
      return device;
    },
    clear: (): void => {
      known.id.clear();
      known.username.clear();
    },
  };
}

/** MQTT accounts of devices, as they lie in the database. Writes belong into a transaction of the store. */
export function createDeviceAccounts(db: Database) {
  const all = db.prepare<[], Row>('SELECT * FROM device ORDER BY name COLLATE NOCASE');
  const count = db.prepare<[], number>('SELECT count(*) FROM device').pluck();
  const byUsername = db.prepare<[string], Row>('SELECT * FROM device WHERE username = ?');
  const byId = db.prepare<[string], Row>('SELECT * FROM device WHERE id = ?');
  const insert = db.prepare(
    'INSERT INTO device (id, name, username, secret, created_at, rules, is_blocked, password_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const update = db.prepare('UPDATE device SET name = ?, rules = ?, is_blocked = ? WHERE id = ?');
  const setSecret = db.prepare('UPDATE device SET secret = ? WHERE id = ?');
  const setPasswordAt = db.prepare('UPDATE device SET password_at = ? WHERE id = ?');
  const remove = db.prepare('DELETE FROM device WHERE id = ?');
  const seen = db.prepare('UPDATE device SET last_seen_at = ? WHERE id = ?');
  // Read at each CONNECT and after each change of rights. Emptied by each write, also by one that is rolled back later.
  const known = createKnown();
  return {
    all: (): DeviceAccount[] => all.all().map(toDevice),
    count: (): number => count.get() ?? 0,
    byUsername: (username: string) => known.find('username', username, (one) => byUsername.get(one)),
    byId: (id: string) => known.find('id', id, (one) => byId.get(one)),
    insert: (one: DeviceAccount) => {
      known.clear();
      const { id, name, username, secret, createdAtMs, rules, isBlocked, passwordAtMs = null } = one;
      insert.run(id, name, username, secret, createdAtMs, JSON.stringify(rules), Number(isBlocked), passwordAtMs);
    },
    update: (one: DeviceAccount, change: DeviceUpdate) => {
      known.clear();
      const { name = one.name, rules = one.rules, isBlocked = one.isBlocked } = change;
      update.run(name, JSON.stringify(rules), Number(isBlocked), one.id);
    },
    /** The same password in another form. */
    setSecret: (id: string, secret: string) => {
      known.clear();
      setSecret.run(secret, id);
    },
    replacePassword: (id: string, secret: string, atMs: number) => {
      known.clear();
      setSecret.run(secret, id);
      setPasswordAt.run(atMs, id);
    },
    remove: (id: string): boolean => {
      known.clear();
      return remove.run(id).changes > 0;
    },
    seen: (id: string, atMs: number) => {
      known.clear();
      seen.run(atMs, id);
    },
  };
}
export type DeviceAccounts = ReturnType<typeof createDeviceAccounts>;
