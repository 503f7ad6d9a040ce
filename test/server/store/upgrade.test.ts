import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { HistoryReply, HouseReply, ValuesReply } from '../../../shared/api/contract.ts';
import type { LogReply } from '../../../shared/api/logbook.ts';
import type { PeopleReply } from '../../../shared/api/people.ts';
import { engineSteps, migrateEngineTables } from '../../../server/broker/store/tables.ts';
import { migrations } from '../../../server/store/migrations.ts';
import { Database } from '../../../server/store/sqlite.ts';
import { logIn, owner, testApp } from '../../support/app.ts';
import { houseOf, sensor } from '../../support/arrangement.ts';
import { subscribe } from '../../support/talk.ts';
import { connectWire } from '../../support/wire.ts';

/** Where the clock of the tests stands, and the begin of ten minutes shortly before, as history has them. */
const nowMs = 1_700_000_000_000;
const bucketMs = 600_000;
const thenMs = nowMs - (nowMs % bucketMs) - bucketMs;
const later = nowMs + 86_400_000;

const text = (value: unknown): string => `'${String(value).replaceAll("'", "''")}'`;
const json = (value: unknown): string => text(JSON.stringify(value));

/* Hashes as they were written once: they must open for as long as there are databases with them. */
const chosen = '$argon2id$v=19$m=19456,t=2,p=1$5D9YKin4+Yf6wkUWOsEv5A$o2byMIBsBfCToQjBaVMFR2LTk+lDU0Qm/gfg7pUpqRU';
const generated = {
  password: 'a generated password',
  secret: 'sha256:c2FsdA:Vk7YOThVGeQoDKbOj4F0SLcEeG8QLvSAtbtAsb1BgcE',
};
const oldLogin = { secret: 'an old login', hash: 'a69a21b4645bacb14cbc0c5d616e55c32e8a8f4847be221c8f97c1eedec8b9b0' };

const grants = { otherRooms: 'see', rooms: {}, exceptions: [] };
const rules = [{ access: 'readwrite', filter: 'wc/#' }];

/** What a Kachel of each level had written, every table of it; the columns are named, as they were then. */
const rowsOf: readonly string[] = [
  `
  INSERT INTO setting (key, value) VALUES ('time-zone', 'Europe/Berlin');
  INSERT INTO person (id, name, name_key, password_hash, created_at)
    VALUES ('anna', ${text(owner.name)}, 'anna', ${text(chosen)}, ${nowMs});
  INSERT INTO login (secret_hash, id, person_id, is_staying, created_at, last_seen_at, expires_at, user_agent, address)
    VALUES (X'${oldLogin.hash}', 'l', 'anna', 1, ${nowMs}, ${nowMs}, ${later}, 'A browser', '192.0.2.7');
  INSERT INTO device (id, name, username, secret, created_at) VALUES ('d', 'Sensor', 'sensor', ${text(generated.secret)}, ${nowMs});
  INSERT INTO house_revision (revision, document, saved_by, saved_at)
    VALUES (7, ${json(houseOf(sensor('t', 'wc/t')))}, ${text(owner.name)}, ${nowMs});
  INSERT INTO last_value (topic, payload, size_bytes, at_ms, published_by, is_retained, intervals)
    VALUES ('wc/t', X'3231', 2, ${thenMs}, 'Sensor', 0, '');
  INSERT INTO series (id, key) VALUES (1, ${json(['number', 'wc/t', ''])});
  INSERT INTO bucket (series_id, start_ms, min, max) VALUES (1, ${thenMs}, 20, 21);
  `,
  `
  INSERT INTO logbook (id, at_ms, kind, actor_kind, actor_id, entry) VALUES (5, ${thenMs}, 'command', 'person', 'anna',
    ${json({ id: 5, atMs: thenMs, kind: 'command', actor: { kind: 'person', id: 'anna', name: owner.name }, topic: 'wc/t/set' })});
  `,
  `
  INSERT INTO person (id, name, name_key, password_hash, created_at, role, grants, rules)
    VALUES ('ben', 'Ben', 'ben', ${text(chosen)}, ${nowMs}, 'member', ${json(grants)}, '[]');
  INSERT INTO device (id, name, username, secret, created_at, rules, is_blocked)
    VALUES ('n', 'Narrow', 'narrow', ${text(generated.secret)}, ${nowMs}, ${json(rules)}, 1);
  INSERT INTO invite (id, code_hash, role, name, grants, valid_until, invited_by)
    VALUES ('i', X'00', 'guest', 'Carla', ${json(grants)}, ${later}, 'anna');
  INSERT INTO app_password (id, person_id, name, username, secret, level, created_at)
    VALUES ('a', 'anna', 'Node-RED', 'anna-nodered', ${text(generated.secret)}, 'operate', ${nowMs});
  INSERT INTO rights_group (id, name, people, devices, rules) VALUES ('g', 'Upstairs', '["ben"]', '["n"]', ${json(rules)});
  `,
  `
  INSERT INTO wish (person_id, kind, target_id, asked_at, answer, forget_at)
    VALUES ('ben', 'tile', 't', ${thenMs}, NULL, ${later});
  `,
  `
  INSERT INTO person (id, name, name_key, password_hash, created_at, role, grants, rules, uses_left)
    VALUES ('paul', 'Paul', 'paul', '', ${nowMs}, 'guest', ${json(grants)}, '[]', 2);
  INSERT INTO invite (id, code_hash, role, name, grants, valid_until, invited_by, uses)
    VALUES ('u', X'01', 'guest', 'Dora', ${json(grants)}, ${later + 1}, 'anna', 3);
  `,
  `
  INSERT INTO pin (person_id, hash, length, set_at, wrong_tries, locked_until)
    VALUES ('anna', ${text(chosen)}, 4, ${thenMs}, 2, 0);
  `,
  `
  INSERT INTO login (secret_hash, id, person_id, is_staying, created_at, last_seen_at, expires_at, user_agent, address, is_encrypted)
    VALUES (X'00', 'e', 'anna', 1, ${nowMs}, ${nowMs}, ${later}, 'A browser', '192.0.2.8', 1);
  `,
  `
  INSERT INTO device (id, name, username, secret, created_at, password_at)
    VALUES ('p', 'Plug', 'plug', ${text(generated.secret)}, ${thenMs}, ${nowMs});
  `,
];

/** The same for the broker: a retained message, and a device that was away while one came for it. */
const brokerRowsOf: readonly string[] = [
  `
  INSERT INTO engine_retained (topic, payload, qos, properties) VALUES ('wc/kept', X'6f6e', 1, X'');
  INSERT INTO engine_session (client_id, principal_kind, principal_id, principal_name, expiry_seconds, expires_at)
    VALUES ('away', 'device', 'd', 'Sensor', 4294967295, NULL);
  INSERT INTO engine_subscription (client_id, filter, qos, flags, identifier) VALUES ('away', 'wc/#', 1, 0, NULL);
  INSERT INTO engine_message (id, topic, payload, qos, retain, properties) VALUES (1, 'wc/missed', X'68656c6c6f', 1, 0, X'');
  INSERT INTO engine_delivery (position, client_id, message_id, qos, retain, identifiers, packet_id, state)
    VALUES (2, 'away', 1, 1, 0, '', 0, 'queued');
  INSERT INTO engine_received (client_id, packet_id) VALUES ('away', 9);
  `,
  `
  INSERT INTO engine_delivery (position, client_id, message_id, qos, retain, identifiers, packet_id, state)
    VALUES (1, 'away', 1, 1, 0, '', 0, 'queued');
  INSERT INTO engine_ended (client_id, before_position) VALUES ('away', 2);
  `,
];

interface Levels {
  readonly house: number;
  readonly broker: number;
}

/** A database as a Kachel of these levels left it, when it had come through all levels before. */
const databaseOf = ({ house, broker }: Levels): string => {
  const dir = mkdtempSync(join(tmpdir(), 'kachel-upgrade-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const file = join(dir, 'kachel.db');
  const db = new Database(file);
  for (let level = 0; level < house; level++) db.exec(`${migrations[level]} ${rowsOf[level]}`);
  db.pragma(`user_version = ${house}`);
  db.exec('CREATE TABLE engine_version (version INTEGER NOT NULL)');
  for (let level = 0; level < broker; level++) db.exec(`${engineSteps[level]} ${brokerRowsOf[level]}`);
  db.exec(`INSERT INTO engine_version (version) VALUES (${broker})`);
  db.close();
  return file;
};

const every = (steps: readonly string[]): number[] => steps.map((_step, index) => index + 1);
const older: readonly Levels[] = every(migrations).flatMap((house) =>
  every(engineSteps).map((broker) => ({ house, broker })),
);

it('every level has rows here', () => {
  expect(rowsOf).toHaveLength(migrations.length);
  expect(brokerRowsOf).toHaveLength(engineSteps.length);
});

describe.each(older)('a database of level $house with a broker of level $broker', (levels) => {
  const upgraded = async () => {
    const { app } = await testApp({ withOwner: false, databaseFile: databaseOf(levels) });
    const cookie = await logIn(app);
    const read = async <Reply>(url: string, as = cookie): Promise<Reply> =>
      (await app.inject({ url, headers: { cookie: as } })).json<Reply>();
    return { app, read };
  };

  it('keeps its people, their passwords, logins and roles', async () => {
    const { app, read } = await upgraded();
    const { people, invites, groups, timeZone } = await read<PeopleReply>('/api/people', `kachel=${oldLogin.secret}`);
    expect(timeZone).toBe('Europe/Berlin');
    expect(people.find(({ id }) => id === 'anna')).toMatchObject({ name: owner.name, role: 'owner' });
    if (levels.house < 3) return;
    expect(people.find(({ id }) => id === 'ben')).toMatchObject({ role: 'member', grants });
    expect(invites[0]).toMatchObject({ id: 'i', name: 'Carla' });
    expect(invites[0]).not.toHaveProperty('uses');
    expect(groups).toMatchObject([{ id: 'g', people: ['ben'], devices: ['n'], rules }]);
    if (levels.house < 4) return;
    expect(app.wishes.own('ben')).toEqual([{ target: { kind: 'tile', id: 't' }, askedAtMs: thenMs }]);
    if (levels.house < 5) return;
    expect(people.find(({ id }) => id === 'paul')).toMatchObject({ role: 'guest', usesLeft: 2 });
    expect(invites[1]).toMatchObject({ id: 'u', uses: 3 });
  });

  it('keeps the house, its values, its history and its log', async () => {
    const { read } = await upgraded();
    expect(await read<HouseReply>('/api/house')).toMatchObject({ revision: 7, house: houseOf(sensor('t', 'wc/t')) });
    expect((await read<ValuesReply>('/api/values?topic=wc/t')).values).toMatchObject([
      { text: '21', atMs: thenMs, by: 'Sensor' },
    ]);
    expect(await read<HistoryReply>('/api/history?tiles=t')).toEqual({ t: { value: [[thenMs, 20, 21]] } });
    const { entries } = await read<LogReply>('/api/log');
    expect(entries.map(({ id }) => id)).toEqual(levels.house < 2 ? [] : [5]);
  });

  it('keeps its devices and what the broker has for them', async () => {
    const { app } = await upgraded();
    const connect = { username: 'sensor', password: Buffer.from(generated.password) };
    const wire = await connectWire(app.broker, { clientId: 'away', connect: { ...connect, clean: false } });
    expect(wire.connack.sessionPresent).toBe(true);
    expect(await wire.expect('publish')).toMatchObject({ topic: 'wc/missed', qos: 1 });
    await wire.expectNothing();
    await subscribe(wire, 'wc/kept', { qos: 0 });
    expect(await wire.expect('publish')).toMatchObject({ topic: 'wc/kept', retain: true });
    if (levels.house < 3) return;
    const account = { ...connect, username: 'anna-nodered' };
    await connectWire(app.broker, { clientId: 'anna-nodered', connect: account });
    const blocked = connectWire(app.broker, { clientId: 'narrow', connect: { ...connect, username: 'narrow' } });
    await expect(blocked).rejects.toThrow('refused');
  });
});

it('a broker’s data of a newer program is refused and left as it is', () => {
  const db = new Database(':memory:');
  migrateEngineTables(db);
  db.exec('UPDATE engine_version SET version = 999');
  expect(() => migrateEngineTables(db)).toThrow('version 999');
  expect(db.prepare('SELECT version FROM engine_version').pluck().get()).toBe(999);
  db.close();
});
