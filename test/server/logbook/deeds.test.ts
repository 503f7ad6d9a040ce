import { describe, expect, it } from 'vitest';
import type { Deed, LogEntry, LogReply } from '../../../shared/api/logbook.ts';
import { operationsOf } from '../../../server/control/operations.ts';
import { maxEntriesPerMinute } from '../../../server/logbook/logbook.ts';
import { testApp, type TestApp } from '../../support/app.ts';
import { switchTile, testHouse } from '../../support/house.ts';
import { addPerson, invite, nothing } from '../../support/people.ts';

/** Oldest first. */
const deedsOf = async ({ request }: TestApp): Promise<readonly LogEntry[]> =>
  (await request({ url: '/api/log?kind=access&limit=200' })).json<LogReply>().entries.toReversed();
const told = (entries: readonly LogEntry[]): readonly (Deed | undefined)[] => entries.map(({ deed }) => deed);

/** Sends a request of the owner's page; its reply has to be good. */
const send =
  ({ request }: TestApp) =>
  async <T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, payload?: object): Promise<T> => {
    const reply = await request({ method, url, ...(payload ? { payload } : {}) });
    expect(reply.statusCode, `${method} ${url}: ${reply.body}`).toBeLessThan(300);
    return reply.body === '' ? (undefined as T) : reply.json<T>();
  };

describe('the log of rights and logins', () => {
  it('tells what was done to people, and by whom', async () => {
    const test = await testApp();
    const owner = send(test);
    const lena = await addPerson(test, 'Lena');
    await owner('PATCH', `/api/people/${lena.id}`, { role: 'guest', grants: { ...nothing, otherRooms: 'see' } });
    await owner('DELETE', `/api/people/${lena.id}/logins`);
    await owner('POST', `/api/people/${lena.id}/end`);
    await owner('DELETE', `/api/people/${lena.id}`);
    const { id } = await invite(test, { role: 'guest', name: 'Paul' });
    await owner('DELETE', `/api/invites/${id}`);
    const entries = await deedsOf(test);
    expect(told(entries)).toEqual([
      { what: 'invited', name: 'Lena', role: 'member' },
      { what: 'joined', name: 'Lena', role: 'member' },
      { what: 'person-changed', name: 'Lena', parts: ['role', 'rooms'], role: 'guest' },
      { what: 'logins-ended', name: 'Lena' },
      { what: 'person-ended', name: 'Lena' },
      { what: 'person-removed', name: 'Lena' },
      { what: 'invited', name: 'Paul', role: 'guest' },
      { what: 'invite-withdrawn', name: 'Paul' },
    ]);
    expect(entries[0]).toMatchObject({ actor: { kind: 'person', name: 'Anna', via: 'page', address: '127.0.0.1' } });
    expect(entries[1]?.actor).toBeUndefined();
  });

  it('tells of PINs and of uses, which are rights too', async () => {
    const test = await testApp();
    const owner = send(test);
    const lena = await addPerson(test, 'Lena');
    const paul = await addPerson(test, 'Paul', { role: 'guest' });
    await owner('PUT', `/api/people/${lena.id}/pin`, { pin: '2580' });
    await owner('PUT', `/api/people/${lena.id}/pin`, { pin: null });
    await owner('PATCH', `/api/people/${paul.id}`, { usesLeft: 3 });
    const entries = await deedsOf(test);
    expect(told(entries).slice(-3)).toEqual([
      { what: 'pin-given', name: 'Lena' },
      { what: 'pin-taken', name: 'Lena' },
      { what: 'person-changed', name: 'Paul', parts: ['end'] },
    ]);
    expect(JSON.stringify(entries)).not.toContain('2580');
  });

  it('tells what was done to devices, app passwords, groups and roles', async () => {
    const test = await testApp();
    const owner = send(test);
    const { id } = await owner<{ id: string }>('POST', '/api/devices', { name: 'Plug' });
    await owner('POST', `/api/devices/${id}/password`);
    await owner('PATCH', `/api/devices/${id}`, { isBlocked: true });
    await owner('PATCH', `/api/devices/${id}`, { isBlocked: false, rules: [{ access: 'read', filter: 'a/#' }] });
    await owner('DELETE', `/api/devices/${id}`);
    const app = await owner<{ id: string }>('POST', '/api/app-passwords', { name: 'Script', level: 'see' });
    await owner('DELETE', `/api/app-passwords/${app.id}`);
    const group = { name: 'Plugs', people: [], devices: [], rules: [] };
    const made = await owner<{ id: string }>('POST', '/api/groups', group);
    await owner('PUT', `/api/groups/${made.id}`, { ...group, rules: [{ access: 'read', filter: 'a' }] });
    await owner('DELETE', `/api/groups/${made.id}`);
    await owner('PUT', '/api/roles', { member: [], guest: [], kiosk: [] });
    expect(told(await deedsOf(test))).toEqual([
      { what: 'device-added', name: 'Plug' },
      { what: 'device-renewed', name: 'Plug' },
      { what: 'device-blocked', name: 'Plug' },
      { what: 'device-let-in', name: 'Plug' },
      { what: 'device-changed', name: 'Plug', parts: ['rules'] },
      { what: 'device-removed', name: 'Plug' },
      { what: 'app-added', name: 'Script' },
      { what: 'app-ended', name: 'Script' },
      { what: 'group-added', name: 'Plugs' },
      { what: 'group-changed', name: 'Plugs', parts: ['rules'] },
      { what: 'group-removed', name: 'Plugs' },
      { what: 'roles-changed' },
    ]);
  });

  it('tells how a wish was answered', async () => {
    const test = await testApp();
    test.app.house.save({ document: testHouse([switchTile('lamp')]), by: 'Anna' });
    const owner = send(test);
    const lena = await addPerson(test, 'Lena', { grants: { rooms: { living: 'see' } } });
    const ask = (target: object) => lena.request({ method: 'POST', url: '/api/wishes', payload: { target } });
    const [tile, room] = [
      { kind: 'tile', id: 'lamp' },
      { kind: 'room', id: 'kitchen' },
    ] as const;
    await ask(tile);
    await ask(room);
    await owner('POST', '/api/wishes/answer', { personId: lena.id, target: tile, level: 'operate' });
    await owner('POST', '/api/wishes/answer', { personId: lena.id, target: room, level: 'no' });
    expect(told(await deedsOf(test)).slice(-2)).toEqual([
      { what: 'access-given', name: 'Lena', target: 'lamp', level: 'operate' },
      { what: 'access-refused', name: 'Lena', target: 'Kitchen' },
    ]);
  });

  it('tells what the command line did, and what came by itself', async () => {
    const test = await testApp();
    const run = operationsOf(test.app, '/nowhere');
    await run['device-add']({ name: 'Boiler' });
    await run['user-add']({ name: 'Jonas' });
    await run['user-reset']({ name: 'Jonas' });
    await run['user-reset']({ name: 'Nobody' });
    await run['house-import']({ house: testHouse([]) });
    await run['accounts-import']({ accounts: [], sharedRules: [], groupName: 'Mosquitto' });
    const endsAtMs = test.app.auth.nowMs() + 60_000;
    await addPerson(test, 'Paul', { role: 'guest', endsAtMs });
    test.clock.advance(61_000);
    const entries = await deedsOf(test);
    expect(told(entries)).toEqual([
      { what: 'device-added', name: 'Boiler' },
      { what: 'person-added', name: 'Jonas' },
      { what: 'password-reset', name: 'Jonas' },
      { what: 'house-imported' },
      { what: 'logins-imported', count: 0 },
      { what: 'invited', name: 'Paul', role: 'guest' },
      { what: 'joined', name: 'Paul', role: 'guest' },
      { what: 'person-ended', name: 'Paul' },
    ]);
    expect(entries[0]?.actor).toEqual({ kind: 'server', id: '', name: '' });
    expect(entries.at(-1)?.actor).toBeUndefined();
  });

  it('holds no secret, and nobody but owners sees any of it', async () => {
    const test = await testApp();
    const owner = send(test);
    const { code } = await invite(test, { role: 'guest', name: 'Paul' });
    const device = await owner<{ password: string }>('POST', '/api/devices', { name: 'Plug' });
    const app = await owner<{ password: string }>('POST', '/api/app-passwords', { name: 'Script', level: 'see' });
    const lena = await addPerson(test, 'Lena');
    const csv = (await test.request({ url: '/api/log.csv' })).body;
    expect(csv).toContain('device-added,Plug');
    const all = JSON.stringify(await deedsOf(test)) + csv;
    for (const secret of [code, device.password, app.password, 'a long enough password'])
      expect(all).not.toContain(secret);
    const seen = await lena.request({ url: '/api/log' });
    expect(seen.json<LogReply>().entries).toEqual([]);
    expect((await lena.request({ url: '/api/log.csv' })).body.trim().split('\r\n')).toHaveLength(1);
  });

  it('is not washed out by a device gone mad', async () => {
    const test = await testApp();
    for (let n = 0; n <= maxEntriesPerMinute; n += 1) test.app.logbook.add({ atMs: test.clock.now(), kind: 'command' });
    await send(test)('POST', '/api/devices', { name: 'Plug' });
    expect(told(await deedsOf(test))).toEqual([{ what: 'device-added', name: 'Plug' }]);
  });
});
