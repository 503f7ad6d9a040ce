import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createMemoryStore } from '../../server/broker/engine/memory-store.ts';
import type {
  Change,
  EngineStore,
  StoredDelivery,
  StoredMessage,
  StoredSession,
} from '../../server/broker/engine/store.ts';
import { createLogSync } from '../../server/broker/store/log-sync.ts';
import { createSqliteEngineStore } from '../../server/broker/store/sqlite.ts';
import { migrateEngineTables } from '../../server/broker/store/tables.ts';
import { Database } from '../../server/store/sqlite.ts';

const sqlite = (): EngineStore => {
  const db = new Database(':memory:');
  migrateEngineTables(db);
  migrateEngineTables(db); // a second start changes nothing
  return createSqliteEngineStore(db);
};

const message = (topic: string, rest: Partial<StoredMessage> = {}): StoredMessage => ({
  topic,
  payload: Buffer.from([0, 255, 7]),
  qos: 1,
  retain: true,
  propertyFields: Buffer.from([3, 0, 1, 120]),
  expiresAtMs: undefined,
  ...rest,
});

const session = (clientId: string, rest: Partial<StoredSession> = {}): StoredSession => ({
  clientId,
  principal: { kind: 'device', id: '1', name: 'lamp' },
  expirySeconds: 60,
  expiresAtMs: undefined,
  will: undefined,
  ...rest,
});

const delivery = (position: number, rest: Partial<StoredDelivery> = {}): StoredDelivery => ({
  position,
  messageId: 1,
  qos: 2,
  retain: false,
  identifiers: [],
  packetId: 0,
  state: 'queued',
  ...rest,
});

const subscription = {
  filter: '$share/g/a/#',
  qos: 1,
  noLocal: true,
  retainAsPublished: false,
  identifier: 7,
} as const;

/** What a store holds, as plain values. */
const read = (store: EngineStore): unknown => {
  const { retained, sessions, messages } = store.load();
  const plain = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value, (_key, field: unknown) =>
        field instanceof Uint8Array ? Buffer.from(field).toString('hex') : field,
      ),
    );
  return plain({
    retained: [...retained].map((kept) => ({
      ...kept,
      payload: Buffer.from(kept.payload).toString('hex'),
      propertyFields: Buffer.from(kept.propertyFields).toString('hex'),
    })),
    sessions: [...sessions],
    messages: [...messages.keys()],
  });
};

describe.each([
  ['memory', createMemoryStore],
  ['SQLite', sqlite],
] as const)('the engine’s store in %s', (_name, make) => {
  test('holds retained messages, the last of each topic', () => {
    const store = make();
    void store.commit(
      [
        { type: 'retain', message: message('a') },
        { type: 'retain', message: message('a', { qos: 2, expiresAtMs: 123_456_789_012 }) },
        { type: 'retain', message: message('b') },
        { type: 'unretain', topic: 'b' },
      ],
      false,
    );
    expect(read(store)).toMatchObject({
      retained: [{ topic: 'a', qos: 2, payload: '00ff07', propertyFields: '03000178', expiresAtMs: 123_456_789_012 }],
    });
  });

  test('holds sessions with everything that belongs to them, and forgets them whole', () => {
    const store = make();
    const will = { ...message('status'), delaySeconds: 5, dueAtMs: 99, expiresAtMs: 1000 };
    const changes: Change[] = [
      { type: 'session', session: session('one', { will, expiresAtMs: 5 }) },
      { type: 'session', session: session('two') },
      { type: 'subscribe', clientId: 'one', subscription: { ...subscription, qos: 0 } },
      { type: 'subscribe', clientId: 'one', subscription },
      { type: 'message', messageId: 1, message: message('a') },
      { type: 'enqueue', clientId: 'one', delivery: delivery(11, { identifiers: [1, 300] }) },
      { type: 'enqueue', clientId: 'one', delivery: delivery(10) },
      { type: 'enqueue', clientId: 'two', delivery: delivery(12) },
      { type: 'progress', position: 10, packetId: 4, state: 'released' },
      { type: 'dequeue', position: 12 },
      { type: 'received', clientId: 'one', packetId: 9 },
      { type: 'received', clientId: 'one', packetId: 8 },
      { type: 'released', clientId: 'one', packetId: 8 },
    ];
    void store.commit(changes, true);
    expect(read(store)).toMatchObject({
      messages: [1],
      sessions: [
        {
          session: {
            clientId: 'one',
            principal: { name: 'lamp' },
            expiresAtMs: 5,
            will: { topic: 'status', delaySeconds: 5, dueAtMs: 99, expiresAtMs: 1000 },
          },
          subscriptions: [subscription],
          deliveries: [
            { position: 10, packetId: 4, state: 'released' },
            { position: 11, identifiers: [1, 300], state: 'queued' },
          ],
          receivedPacketIds: [9],
        },
        { session: { clientId: 'two' }, deliveries: [] },
      ],
    });
    void store.commit(
      [
        { type: 'session-end', clientId: 'one', beforePosition: 13 },
        { type: 'session-end', clientId: 'two', beforePosition: 13 },
        { type: 'message-end', messageId: 1 },
      ],
      false,
    );
    expect(read(store)).toEqual({ retained: [], sessions: [], messages: [] });
  });
});

/** A session that ends with more waiting than is removed at once, and one that comes under its client id. */
const endAndReturn = (count: number): readonly (readonly Change[])[] => [
  [
    { type: 'session', session: session('one') },
    { type: 'message', messageId: 1, message: message('a') },
    ...Array.from({ length: count }, (_, index): Change => ({
      type: 'enqueue',
      clientId: 'one',
      delivery: delivery(2 + index),
    })),
  ],
  [
    { type: 'session-end', clientId: 'one', beforePosition: 2 + count },
    { type: 'session', session: session('one') },
    { type: 'enqueue', clientId: 'one', delivery: delivery(3 + count) },
  ],
];

const deliveriesIn = (store: EngineStore): number[] =>
  [...store.load().sessions].flatMap(({ deliveries }) => deliveries.map(({ position }) => position));

describe('SQLite: thousands that waited for a session that ended', () => {
  const rowsOf = (db: InstanceType<typeof Database>): unknown =>
    db.prepare('SELECT COUNT(*) FROM engine_delivery').pluck().get();

  test('are removed in parts, and nothing of them comes back into the next session of the client id', () => {
    const db = new Database(':memory:');
    migrateEngineTables(db);
    const store = createSqliteEngineStore(db);
    for (const changes of endAndReturn(3_000)) void store.commit(changes, true);
    expect(rowsOf(db)).toBeGreaterThan(2_000);
    const other: Change = { type: 'unretain', topic: 'other' };
    for (let commits = 0; commits < 6; commits++) void store.commit([other], false);
    expect(rowsOf(db)).toBe(1);
    expect(deliveriesIn(store)).toEqual([3_003]);
  });

  test('are gone after a crash in between', () => {
    const db = new Database(':memory:');
    migrateEngineTables(db);
    for (const changes of endAndReturn(3_000)) void createSqliteEngineStore(db).commit(changes, true);
    expect(deliveriesIn(createSqliteEngineStore(db))).toEqual([3_003]);
    expect(rowsOf(db)).toBe(1);
  });

  test('take nothing of the next session along when the same changes come again', () => {
    const db = new Database(':memory:');
    migrateEngineTables(db);
    const store = createSqliteEngineStore(db);
    const [begin = [], end = []] = endAndReturn(3_000);
    for (const changes of [begin, end, end]) void store.commit(changes, true);
    expect(deliveriesIn(store)).toEqual([3_003]);
  });
});

test('SQLite: a batch that fails leaves nothing behind', () => {
  const store = sqlite();
  const broken = { type: 'retain', message: message(null as unknown as string) } as const;
  expect(() => store.commit([{ type: 'retain', message: message('a') }, broken], true)).toThrow();
  expect(read(store)).toEqual({ retained: [], sessions: [], messages: [] });
});

test('SQLite: waits for the disk when somebody waits for it, and only then', async () => {
  const db = new Database(':memory:');
  migrateEngineTables(db);
  let finish: () => void = () => undefined;
  const store = createSqliteEngineStore(db, { logSync: { sync: () => new Promise((resolve) => (finish = resolve)) } });
  expect(store.commit([{ type: 'retain', message: message('a') }], false)).toBeUndefined();
  let isStored = false;
  const stored = Promise.resolve(store.commit([{ type: 'retain', message: message('b') }], true)).then(() => {
    isStored = true;
  });
  await Promise.resolve();
  expect(isStored).toBe(false);
  finish();
  await stored;
});

test('SQLite: changes whose sync failed may come again', async () => {
  const db = new Database(':memory:');
  migrateEngineTables(db);
  let isBroken = true;
  const sync = (): Promise<void> => (isBroken ? Promise.reject(new Error('input/output error')) : Promise.resolve());
  const store = createSqliteEngineStore(db, { logSync: { sync } });
  const changes: readonly Change[] = [
    { type: 'session', session: session('one') },
    { type: 'message', messageId: 1, message: message('a') },
    { type: 'enqueue', clientId: 'one', delivery: delivery(10) },
    { type: 'message', messageId: 2, message: message('b') },
    { type: 'enqueue', clientId: 'one', delivery: delivery(11, { messageId: 2 }) },
    { type: 'dequeue', position: 11 },
    { type: 'message-end', messageId: 2 },
    { type: 'received', clientId: 'one', packetId: 9 },
  ];
  await expect(store.commit(changes, true)).rejects.toThrow('input/output error');
  isBroken = false;
  await store.commit(changes, true);
  expect(read(store)).toMatchObject({
    messages: [1],
    sessions: [{ deliveries: [{ position: 10 }], receivedPacketIds: [9] }],
  });
});

test('SQLite: the log of a real file can be synced', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kachel-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const db = new Database(join(folder, 'broker.db'));
  db.pragma('journal_mode = WAL');
  migrateEngineTables(db);
  const logSync = createLogSync(db);
  const store = createSqliteEngineStore(db, { logSync });
  await store.commit([{ type: 'retain', message: message('a') }], true);
  logSync.dispose();
  db.close();
});

test('SQLite: tables of a newer program are refused', () => {
  const db = new Database(':memory:');
  migrateEngineTables(db);
  db.exec('UPDATE engine_version SET version = 99');
  expect(() => migrateEngineTables(db)).toThrow('version 99');
});
