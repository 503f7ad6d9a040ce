import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { allTopics } from '../../../shared/acl/own-topics.ts';
import type { LogEntry, LogReply } from '../../../shared/api/logbook.ts';
import type { Grants } from '../../../shared/api/people.ts';
import { toCsv } from '../../../server/logbook/csv.ts';
import { maxEntriesPerMinute } from '../../../server/logbook/logbook.ts';
import { maxAgeMs } from '../../../server/logbook/logbook-store.ts';
import { pageOf, testApp, type TestApp } from '../../support/app.ts';
import { switchTile, testHouse } from '../../support/house.ts';
import { addPerson } from '../../support/people.ts';
import { connectWire, type Wire } from '../../support/wire.ts';

const read = async ({ request }: TestApp, query = ''): Promise<LogReply> =>
  (await request({ url: `/api/log${query}` })).json();
const entry = (over: Partial<LogEntry> = {}): Omit<LogEntry, 'id'> => ({
  atMs: 1_700_000_000_000,
  kind: 'command',
  ...over,
});

/** A phone by WebSocket and a device by TCP, as their origins say. */
async function withClients(test: TestApp): Promise<{ phone: Wire; device: Wire }> {
  const { app } = test;
  app.house.save({ document: testHouse([switchTile('lamp')]), by: 'Anna' });
  await app.devices.add('Plug', { password: 'a chosen password', rules: allTopics });
  const device = await connectWire(app.broker, {
    clientId: 'plug',
    connect: { username: 'plug', password: Buffer.from('a chosen password') },
  });
  const origin = { principal: pageOf(app), via: 'websocket', remoteAddress: '192.168.1.7' } as const;
  const phone = await connectWire(app.broker, { clientId: 'phone', origin });
  return { phone, device };
}
const publishing = (test: TestApp, wire: Wire, topic: string, payload: string): Promise<void> => {
  const seen = new Promise<void>((resolve) => {
    const stop = test.app.broker.observe(topic, () => {
      stop();
      resolve();
    });
  });
  wire.send({ cmd: 'publish', topic, payload, qos: 0, retain: false, dup: false });
  return seen;
};

describe('the log', () => {
  it('tells who switched what, from where, and what the device said', async () => {
    const test = await testApp();
    const { phone, device } = await withClients(test);
    await publishing(test, phone, 'lamp/set', 'ON');
    test.clock.advance(300);
    await publishing(test, device, 'lamp/state', 'ON');
    const { entries } = await read(test);
    expect(entries).toMatchObject([
      {
        kind: 'command',
        actor: { name: 'Anna', via: 'page', address: '192.168.1.7' },
        tile: { id: 'lamp', room: 'Living room' },
        value: true,
        outcome: 'confirmed',
        answeredAfterMs: 300,
      },
      { kind: 'arranged', actor: { name: 'Anna' }, arranged: { rooms: ['Living room', 'Kitchen'], tilesChanged: 1 } },
    ]);
  });

  it('filters by tile, room, person, kind and words, and pages backwards', async () => {
    const test = await testApp();
    const actor = { kind: 'person', id: 'a', name: 'Anna' } as const;
    const tile = { id: 'lamp', title: '100 % lamp', roomId: 'living', room: 'Living room' };
    test.app.logbook.add(entry({ actor, tile }));
    test.app.logbook.add(entry({ kind: 'change', tile: { ...tile, id: 'fan', title: 'Fan' } }));
    test.app.logbook.add(entry({ kind: 'refused', actor: { kind: 'device', id: 'd', name: 'Plug' } }));
    const ids = async (query: string): Promise<number[]> => (await read(test, query)).entries.map(({ id }) => id);
    expect(await ids('')).toEqual([3, 2, 1]);
    expect(await ids('?tile=lamp')).toEqual([1]);
    expect(await ids('?room=living')).toEqual([2, 1]);
    expect(await ids('?actor=a')).toEqual([1]);
    expect(await ids('?by=devices')).toEqual([3]);
    expect(await ids('?kind=change')).toEqual([2]);
    expect(await ids(`?search=${encodeURIComponent('100 % LAMP')}`)).toEqual([1]);
    expect(await ids('?search=_')).toEqual([]);
    expect(await ids('?limit=1&before=3')).toEqual([2]);
    expect(await read(test, '?limit=2')).toMatchObject({ hasMore: true, refusedToday: 1 });
    expect((await test.request({ url: '/api/log?kind=nonsense' })).statusCode).toBe(400);
  });

  it('survives a restart and forgets what is too old', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'kachel-data-'));
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    const databaseFile = join(dataDir, 'kachel.db');
    const first = await testApp({ databaseFile });
    const nowMs = first.clock.now();
    first.app.logbook.add(entry({ atMs: nowMs - maxAgeMs - 1 }));
    first.app.logbook.add(entry({ atMs: nowMs }));
    await first.app.close();
    const second = await testApp({ databaseFile });
    expect((await read(second)).entries).toMatchObject([{ id: 2, atMs: nowMs }]);
    expect(second.app.logbook.add(entry())).toBe(3);
  });

  it('does not let one device wash the rest away', async () => {
    const test = await testApp();
    for (let n = 0; n <= maxEntriesPerMinute; n += 1) test.app.logbook.add(entry());
    expect(test.app.logbook.lost).toBe(1);
    test.clock.advance(60_000);
    expect(test.app.logbook.add(entry())).toBeGreaterThan(0);
  });

  it('keeps only the beginning of a refused topic that is endless', async () => {
    const test = await testApp();
    const member = await addPerson(test, 'Mia', { role: 'member' });
    const principal = { kind: 'person', id: member.id, name: 'Mia' } as const;
    const wire = await connectWire(test.app.broker, { clientId: 'mia', origin: { principal, via: 'websocket' } });
    const refused = new Promise<string>((resolve) => test.app.rights.onRefused(({ topic }) => resolve(topic)));
    const topic = `secret/${'x'.repeat(60_000)}`;
    wire.send({ cmd: 'publish', topic, payload: 'ON', qos: 0, retain: false, dup: false });
    expect(await refused).toBe(`${topic.slice(0, 511)}…`);
    const { entries } = await read(test, '?kind=refused');
    expect(entries).toMatchObject([{ kind: 'refused', topic: `${topic.slice(0, 511)}…` }]);
  });

  it('tells of refusals, and members only of the tiles they see', async () => {
    const test = await testApp();
    test.app.house.save({
      document: testHouse([switchTile('lamp'), switchTile('oven', { roomId: 'kitchen' })]),
      by: 'Anna',
    });
    const grants: Grants = { otherRooms: 'no', rooms: { living: 'see' }, exceptions: [] };
    const member = await addPerson(test, 'Mia', { role: 'member', grants });
    const principal = { kind: 'person', id: member.id, name: 'Mia' } as const;
    const wire = await connectWire(test.app.broker, { clientId: 'mia', origin: { principal, via: 'websocket' } });
    const refused = new Promise<void>((resolve) => {
      const stop = test.app.rights.onRefused(() => {
        stop();
        resolve();
      });
    });
    wire.send({ cmd: 'publish', topic: 'lamp/set', payload: 'ON', qos: 0, retain: false, dup: false });
    await refused;
    test.app.logbook.add(entry({ tile: { id: 'oven', title: 'Oven', roomId: 'kitchen', room: 'Kitchen' } }));
    const all = await read(test);
    const kinds = all.entries.map(({ kind }) => kind).filter((kind) => kind !== 'access');
    expect(kinds).toEqual(['command', 'refused', 'arranged']);
    expect(all.entries[1]).toMatchObject({ actor: { name: 'Mia' }, tile: { id: 'lamp' }, action: 'send' });
    const seen = await test.app.inject({ url: '/api/log', headers: { cookie: member.cookie } });
    expect(seen.json<LogReply>()).toMatchObject({ entries: [{ kind: 'refused' }], refusedToday: 1 });
    expect(seen.json<LogReply>().entries).toHaveLength(1);
    const csv = await test.app.inject({ url: '/api/log.csv', headers: { cookie: member.cookie } });
    expect(csv.body).not.toContain('Oven');
  });

  it('needs a login', async () => {
    const { app } = await testApp();
    expect((await app.inject({ url: '/api/log' })).statusCode).toBe(401);
    expect((await app.inject({ url: '/api/log.csv' })).statusCode).toBe(401);
  });
});

describe('the log as CSV', () => {
  it('quotes, and takes no formula from a stranger', () => {
    const actor = { kind: 'device', id: 'd', name: '=HYPERLINK("http://x")' } as const;
    const [head, line] = toCsv([{ id: 1, ...entry({ actor, payload: 'a,"b"\nc', value: -5 }) }])
      .slice(1)
      .split('\r\n');
    expect(head).toContain('time,kind,who');
    expect(line).toBe(`2023-11-14T22:13:20.000Z,command,"'=HYPERLINK(""http://x"")",,,,,-5,,,"a,""b""\nc",,,,,,`);
  });

  it('is a file to keep', async () => {
    const test = await testApp();
    test.app.logbook.add(entry());
    const reply = await test.request({ url: '/api/log.csv' });
    expect(reply.headers).toMatchObject({ 'content-type': 'text/csv; charset=utf-8' });
    expect(reply.body.trim().split('\r\n')).toHaveLength(2);
  });
});
