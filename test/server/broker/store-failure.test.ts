import { describe, expect, test } from 'vitest';
import { ChangeLog } from '../../../server/broker/engine/change-log.ts';
import type { Engine, EngineEvent } from '../../../server/broker/engine/engine.ts';
import { createMemoryStore } from '../../../server/broker/engine/memory-store.ts';
import type { EngineStore } from '../../../server/broker/engine/store.ts';
import { createSqliteEngineStore } from '../../../server/broker/store/sqlite.ts';
import { migrateEngineTables } from '../../../server/broker/store/tables.ts';
import { Database } from '../../../server/store/sqlite.ts';
import { testClock } from '../../support/clock.ts';
import type { TestClock } from '../../support/clock.ts';
import { makeEngine } from '../../support/engine.ts';
import { connectWire } from '../../support/wire.ts';

interface Broken {
  readonly engine: Engine;
  readonly store: EngineStore;
  readonly clock: TestClock;
  readonly events: EngineEvent[];
  isFull: boolean;
}

/** An engine whose disk can be full. */
const makeBroken = (): Broken => {
  const inner = createMemoryStore();
  const clock = testClock();
  const events: EngineEvent[] = [];
  const store: EngineStore = {
    load: () => inner.load(),
    commit: (changes, isAwaited) => {
      if (broken.isFull) throw new Error('database or disk is full');
      return inner.commit(changes, isAwaited);
    },
  };
  const engine = makeEngine({ store, clock });
  engine.onEvent((event) => events.push(event));
  const broken: Broken = { engine, store: inner, clock, events, isFull: false };
  return broken;
};

const retained = { cmd: 'publish', topic: 'a', payload: 'x', qos: 1, messageId: 1, dup: false, retain: true } as const;

describe('a batch of any size', () => {
  const ends = (log: ChangeLog, count: number): void => {
    for (let id = 0; id < count; id++) log.append({ type: 'message-end', messageId: id });
  };
  const makeLog = (commit: EngineStore['commit']): ChangeLog => {
    const store: EngineStore = { ...createMemoryStore(), commit };
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const nothing = (): void => undefined;
    return new ChangeLog({
      store,
      isAwaiting: true,
      maxLazyChanges: 2_000,
      log,
      onSettled: nothing,
      onFailing: nothing,
    });
  };
  const urgent = { type: 'released', clientId: 'a', packetId: 1 } as const;

  test('is stored with the ends of as many messages', () => {
    const sizes: number[] = [];
    const log = makeLog((changes) => void sizes.push(changes.length));
    for (let count = 0; count < 70_000; count++) log.appendUrgent(urgent);
    ends(log, 140_000);
    log.commit();
    expect(sizes).toEqual([210_000]);
  });

  test('does not grow with each try while nothing can be stored', () => {
    const sizes: number[] = [];
    const log = makeLog((changes) => {
      sizes.push(changes.length);
      throw new Error('full');
    });
    log.appendUrgent(urgent);
    ends(log, 10_000);
    for (let tries = 0; tries < 4; tries++) {
      log.isDue = true;
      log.commit();
    }
    expect(sizes).toEqual([501, 501, 501, 501]);
  });
});

describe('a full disk', () => {
  test('3.1.1: no acknowledgement, the connection ends', async () => {
    const broken = makeBroken();
    const wire = await connectWire(broken.engine);
    broken.isFull = true;
    wire.send(retained);
    await expect(wire.next()).rejects.toThrow('closed');
    expect(broken.engine.stats().isStoreHealthy).toBe(false);
    expect(broken.events).toContainEqual({ type: 'store-failed', message: 'database or disk is full' });
  });

  test('5.0: told 0x97, first by DISCONNECT, then at once by PUBACK', async () => {
    const broken = makeBroken();
    const wire = await connectWire(broken.engine, { version: 5 });
    broken.isFull = true;
    wire.send(retained);
    expect((await wire.expect('disconnect')).reasonCode).toBe(0x97);
    const again = await connectWire(broken.engine, { version: 5 });
    again.send(retained);
    expect(await again.expect('puback')).toMatchObject({ reasonCode: 0x97 });
  });

  test('QoS 0 between those who are there goes on', async () => {
    const broken = makeBroken();
    const wire = await connectWire(broken.engine);
    broken.isFull = true;
    await expect(
      broken.engine.publish({ topic: 'b', payload: Buffer.from('x'), qos: 1, retain: true }),
    ).rejects.toThrow('stored');
    wire.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'a', qos: 0 }] });
    await wire.expect('suback');
    wire.send({ ...retained, qos: 0, retain: false });
    await wire.expect('publish');
  });

  test('kept sessions are refused until there is room again', async () => {
    const broken = makeBroken();
    broken.isFull = true;
    const first = connectWire(broken.engine, { version: 5, connect: { properties: { sessionExpiryInterval: 10 } } });
    await expect(first).rejects.toThrow();
    await expect(connectWire(broken.engine, { clientId: 'other', connect: { clean: false } })).rejects.toThrow(
      'refused with 3',
    );
  });

  test('when there is room again, everything is caught up', async () => {
    const broken = makeBroken();
    const wire = await connectWire(broken.engine);
    broken.isFull = true;
    wire.send(retained);
    await wire.closed;
    broken.isFull = false;
    broken.clock.advance(2_000);
    await wire.expectNothing().catch(() => undefined);
    expect(broken.engine.stats().isStoreHealthy).toBe(true);
    expect([...broken.store.load().retained].map((message) => message.topic)).toContain('a');
    const again = await connectWire(broken.engine);
    again.send(retained);
    await again.expect('puback');
  });
});

test('SQLite without room for another page: nothing is acknowledged or broken, and it goes on by itself', async () => {
  const db = new Database(':memory:');
  migrateEngineTables(db);
  const clock = testClock();
  const engine = makeEngine({ store: createSqliteEngineStore(db), clock });
  const big = { ...retained, payload: 'y'.repeat(20_000) } as const;
  const wire = await connectWire(engine, { version: 5 });
  wire.send(retained);
  await wire.expect('puback');
  db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true }))}`);
  wire.send({ ...big, messageId: 2 });
  expect((await wire.expect('disconnect')).reasonCode).toBe(0x97);
  expect([...createSqliteEngineStore(db).load().retained].map(({ payload }) => payload.length)).toEqual([1]);
  db.pragma('max_page_count = 1000000');
  clock.advance(2_000);
  const again = await connectWire(engine, { version: 5 });
  expect(engine.stats().isStoreHealthy).toBe(true);
  again.send({ ...big, topic: 'b', messageId: 3 });
  expect((await again.expect('puback')).reasonCode).not.toBe(0x97);
  expect([...createSqliteEngineStore(db).load().retained].map(({ topic }) => topic)).toEqual(['a', 'b']);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
});

test('with durability `none` nothing waits for the store', async () => {
  const inner = createMemoryStore();
  const engine = makeEngine({
    isAwaiting: false,
    store: { load: () => inner.load(), commit: () => new Promise<void>(() => undefined) },
  });
  const wire = await connectWire(engine, { connect: { clean: false } });
  wire.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'a', qos: 1 }] });
  await wire.expect('suback');
  wire.send(retained);
  expect(new Set([(await wire.next()).cmd, (await wire.next()).cmd])).toEqual(new Set(['publish', 'puback']));
});

describe('a store that takes its time', () => {
  test('a refused subscription waits for nobody', async () => {
    const engine = makeEngine({ authorize: (_principal, action) => action !== 'subscribe' });
    const wire = await connectWire(engine, { connect: { clean: false } });
    wire.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'a', qos: 1 }] });
    expect((await wire.expect('suback')).granted).toEqual([128]);
  });

  test('acknowledgements wait for it, in order; others do not', async () => {
    const inner = createMemoryStore();
    const commits: (() => void)[] = [];
    const store: EngineStore = {
      load: () => inner.load(),
      commit: (changes, isAwaited) =>
        new Promise<void>((resolve) =>
          commits.push(() => {
            void inner.commit(changes, isAwaited);
            resolve();
          }),
        ),
    };
    const engine = makeEngine({ store });
    const wire = await connectWire(engine);
    const other = await connectWire(engine, { clientId: 'other' });
    wire.send(retained);
    await wire.expectNothing();
    wire.send({ ...retained, messageId: 2 });
    other.send({ cmd: 'pingreq' });
    await other.expect('pingresp');
    await wire.expectNothing();
    commits.shift()?.();
    expect(await wire.expect('puback')).toMatchObject({ messageId: 1 });
    await wire.expectNothing();
    commits.shift()?.();
    expect(await wire.expect('puback')).toMatchObject({ messageId: 2 });
  });
});
