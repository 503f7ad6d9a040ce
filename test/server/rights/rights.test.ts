import { describe, expect, it } from 'vitest';
import type { AppPasswordInfo, AskReply, Hours, NewAppPassword, WhoReply } from '../../../shared/api/people.ts';
import { owner, pageOf, testApp, type TestApp } from '../../support/app.ts';
import { switchTile, testHouse } from '../../support/house.ts';
import { addPerson, type PersonOptions, type TestPerson } from '../../support/people.ts';
import { connectWire, type ConnectedWire } from '../../support/wire.ts';

/** A lamp in the living room, a garage door in the kitchen. */
async function furnished(): Promise<TestApp> {
  const test = await testApp();
  test.app.house.save({ document: testHouse([switchTile('lamp'), switchTile('garage', { roomId: 'kitchen' })]) });
  return test;
}
const livingOnly: PersonOptions['grants'] = { rooms: { living: 'operate' } };
const page = ({ app }: TestApp, name: string): Promise<ConnectedWire> =>
  connectWire(app.broker, { version: 5, clientId: `page-${name}`, origin: { principal: pageOf(app, name) } });
const publish = (wire: ConnectedWire, topic: string): void =>
  wire.send({ cmd: 'publish', topic, payload: 'x', qos: 1, messageId: 7, retain: false, dup: false });
const published = async (wire: ConnectedWire, topic: string): Promise<number> => {
  publish(wire, topic);
  return (await wire.expect('puback')).reasonCode ?? 0;
};
const subscribed = async (wire: ConnectedWire, topic: string): Promise<unknown> => {
  wire.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic, qos: 0 }] });
  return (await wire.expect('suback')).granted[0];
};
const noMatch = 0x10;
const notAuthorized = 0x87;

const makeApp = async ({ request }: Pick<TestPerson, 'request'>, payload: object = {}): Promise<NewAppPassword> =>
  (
    await request({
      method: 'POST',
      url: '/api/app-passwords',
      payload: { name: 'Explorer', level: 'operate', ...payload },
    })
  ).json();
const asApp = ({ app }: TestApp, { username, password }: NewAppPassword): Promise<ConnectedWire> =>
  connectWire(app.broker, {
    version: 5,
    clientId: 'explorer',
    connect: { username, password: Buffer.from(password) },
  });

describe('rooms and tiles', () => {
  it('are what a page may send and read, and changes act on the open connection', async () => {
    const test = await furnished();
    const lena = await addPerson(test, 'Lena', { grants: livingOnly });
    const wire = await page(test, 'Lena');
    expect(await subscribed(wire, 'lamp/state')).toBe(0);
    expect(await subscribed(wire, 'garage/state')).toBe(notAuthorized);
    expect(await published(wire, 'lamp/set')).toBe(noMatch);
    expect(await published(wire, 'garage/set')).toBe(notAuthorized);
    const change = (level: string) =>
      test.request({
        method: 'PATCH',
        url: `/api/people/${lena.id}`,
        payload: { grants: { otherRooms: 'no', rooms: { living: level }, exceptions: [] } },
      });
    await change('see');
    expect(await published(wire, 'lamp/set')).toBe(notAuthorized);
    await change('no');
    expect((await wire.expect('disconnect')).reasonCode).toBe(notAuthorized);
    await wire.closed;
  });

  it('follow the house when it is arranged anew', async () => {
    const test = await furnished();
    await addPerson(test, 'Lena', { grants: livingOnly });
    const wire = await page(test, 'Lena');
    expect(await published(wire, 'garage/set')).toBe(notAuthorized);
    test.app.house.save({ document: testHouse([switchTile('garage')]) });
    expect(await published(wire, 'garage/set')).toBe(noMatch);
  });

  it('are all of the house that somebody is shown', async () => {
    const test = await furnished();
    const { request } = await addPerson(test, 'Lena', { grants: livingOnly });
    await test.app.broker.publish({ topic: 'garage/state', payload: Buffer.from('OPEN'), qos: 0, retain: true });
    await test.app.broker.publish({ topic: 'lamp/state', payload: Buffer.from('ON'), qos: 0, retain: true });
    const snapshot = (await request({ url: '/api/snapshot' })).json<object>();
    expect(snapshot).toMatchObject({
      account: { name: 'Lena', role: 'member' },
      access: { mayArrange: true, mayManage: false, viewOnly: [], hold: [], decidedBy: owner.name },
      house: { rooms: [{ id: 'living' }], tiles: [{ id: 'lamp' }] },
      values: [{ topic: 'lamp/state' }],
    });
    for (const url of [
      '/api/snapshot',
      '/api/house',
      '/api/values?topic=lamp/state&topic=garage/state',
      '/api/history?tiles=lamp,garage',
      '/api/topics',
    ])
      expect((await request({ url })).body, url).not.toMatch(/garage|kitchen/i);
    const asLena = await test.request({
      url: '/api/snapshot',
      headers: { 'x-kachel-as': test.app.auth.people.byName('Lena')?.id },
    });
    expect(asLena.json()).toMatchObject({ ...snapshot, serverNowMs: expect.any(Number) as number });
    const asOwner = { 'x-kachel-as': test.app.auth.people.byName(owner.name)?.id };
    expect((await request({ url: '/api/snapshot', headers: asOwner })).statusCode).toBe(403);
  });

  it('hours begin and end by themselves, in the time zone of the house, and wake the pages', async () => {
    const test = await furnished();
    const { app, clock } = test;
    // 2023-11-14 22:13:20 UTC, a Tuesday; 23:13 in Berlin.
    expect(
      (await test.request({ method: 'PUT', url: '/api/settings/time-zone', payload: { timeZone: 'Europe/Berlin' } }))
        .statusCode,
    ).toBe(204);
    const hours: Hours = { days: [2], fromMinute: 23 * 60 + 14, toMinute: 23 * 60 + 15 };
    await addPerson(test, 'Lena', { grants: { exceptions: [{ tileId: 'garage', level: 'operate', hours }] } });
    const wire = await page(test, 'Lena');
    await subscribed(wire, '$kachel/house');
    expect(await published(wire, 'garage/set')).toBe(notAuthorized);
    const asLena = { 'x-kachel-as': app.auth.people.byName('Lena')?.id };
    expect((await test.request({ url: '/api/snapshot', headers: asLena })).json()).toMatchObject({
      access: { viewOnly: ['garage'] },
    });
    clock.advance(60_000);
    expect(await wire.expect('publish')).toMatchObject({ topic: '$kachel/house' });
    expect(await published(wire, 'garage/set')).toBe(noMatch);
    clock.advance(60_000);
    await wire.expect('publish');
    expect(await published(wire, 'garage/set')).toBe(notAuthorized);
  });
});

describe('arranging', () => {
  const save = async ({ request }: TestPerson, change: (house: ReturnType<typeof testHouse>) => unknown) => {
    const { revision, house } = (await request({ url: '/api/house' })).json<{
      revision: number;
      house: ReturnType<typeof testHouse>;
    }>();
    return request({ method: 'PUT', url: '/api/house', payload: { baseRevision: revision, house: change(house) } });
  };

  it('by a member leaves what is hidden untouched', async () => {
    const test = await furnished();
    const lena = await addPerson(test, 'Lena', { grants: livingOnly });
    const saved = await save(lena, (house) => ({ ...house, tiles: [{ ...house.tiles[0], title: 'New' }] }));
    expect(saved.json()).toMatchObject({ house: { tiles: [{ title: 'New' }] }, by: 'Lena' });
    expect(saved.body).not.toContain('garage');
    expect(test.app.house.current().house.tiles.map(({ title }) => title)).toEqual(['New', 'garage']);
  });

  it('gives nobody a topic that he may not use', async () => {
    const test = await furnished();
    const lena = await addPerson(test, 'Lena', { grants: livingOnly });
    const bindings = { power: { type: 'boolean', commandTopic: 'garage/set' } };
    const reply = await save(lena, (house) => ({ ...house, tiles: [{ ...house.tiles[0], bindings }] }));
    expect(reply.statusCode).toBe(403);
    expect(reply.json()).toMatchObject({ code: 'not-allowed', path: '/tiles/0/bindings/power/commandTopic' });
  });

  it('tells the loser of a race only what he may see', async () => {
    const test = await furnished();
    const lena = await addPerson(test, 'Lena', { grants: livingOnly });
    const reply = await lena.request({ method: 'PUT', url: '/api/house', payload: { baseRevision: 0, house: {} } });
    expect(reply.statusCode).toBe(409);
    expect(reply.body).not.toContain('garage');
  });

  it.each(['guest', 'kiosk'] as const)('is not for a %s', async (role) => {
    const test = await furnished();
    const person = await addPerson(test, 'Gast', { role, grants: livingOnly });
    expect((await save(person, (house) => house)).json()).toMatchObject({ code: 'not-allowed' });
  });
});

describe('app passwords', () => {
  it('are told once, and do what their person may in the chosen rooms', async () => {
    const test = await furnished();
    const lena = await addPerson(test, 'Lena', { grants: { otherRooms: 'operate' } });
    const made = await makeApp(lena, { rooms: ['living'] });
    expect(made).toMatchObject({ username: 'lena-explorer', level: 'operate', rooms: ['living'] });
    const list = await lena.request({ url: '/api/app-passwords' });
    expect(list.json()).toMatchObject([{ name: 'Explorer' }]);
    expect(list.body).not.toContain(made.password);
    const wire = await asApp(test, made);
    expect(await subscribed(wire, '#')).toBe(0);
    publish(wire, 'lamp/set');
    expect(await wire.expect('publish')).toMatchObject({ topic: 'lamp/set' });
    expect((await wire.expect('puback')).reasonCode ?? 0).toBe(0);
    expect(await published(wire, 'garage/set')).toBe(notAuthorized);
    await test.app.broker.publish({ topic: 'garage/state', payload: Buffer.from('x'), qos: 0, retain: false });
    await wire.expectNothing();
  });

  it('tell when they were used last', async () => {
    const test = await furnished();
    const lena = await addPerson(test, 'Lena', { grants: livingOnly });
    const made = await makeApp(lena);
    const lastSeen = async (): Promise<number | undefined> =>
      (await lena.request({ url: '/api/app-passwords' })).json<AppPasswordInfo[]>()[0]?.lastSeenAtMs;
    expect(await lastSeen()).toBeUndefined();
    const wire = await asApp(test, made);
    test.clock.advance(60_000);
    expect(await lastSeen()).toBe(test.clock.now());
    wire.send({ cmd: 'disconnect' });
    await wire.closed;
    const goneAtMs = test.clock.now();
    test.clock.advance(60_000);
    expect(await lastSeen()).toBe(goneAtMs);
  });

  it('lose their rights with their person, at once', async () => {
    const test = await furnished();
    const lena = await addPerson(test, 'Lena', { grants: { otherRooms: 'operate' } });
    const wire = await asApp(test, await makeApp(lena));
    expect(await published(wire, 'garage/set')).toBe(noMatch);
    await test.request({
      method: 'PATCH',
      url: `/api/people/${lena.id}`,
      payload: { grants: { otherRooms: 'see', rooms: {}, exceptions: [] } },
    });
    expect(await published(wire, 'garage/set')).toBe(notAuthorized);
    await test.request({ method: 'POST', url: `/api/people/${lena.id}/end` });
    await wire.closed;
  });

  it('end one by one, by their person and by owners', async () => {
    const test = await furnished();
    const lena = await addPerson(test, 'Lena', { grants: livingOnly });
    const made = await makeApp(lena);
    const wire = await asApp(test, made);
    const remove = `/api/app-passwords/${made.id}`;
    expect((await test.request({ method: 'DELETE', url: remove })).statusCode).toBe(404);
    expect(
      (await test.request({ url: `/api/app-passwords?person=${lena.id}` })).json<AppPasswordInfo[]>(),
    ).toHaveLength(1);
    expect((await test.request({ method: 'DELETE', url: `${remove}?person=${lena.id}` })).statusCode).toBe(204);
    await wire.closed;
    await expect(asApp(test, made)).rejects.toThrow('refused');
    const own = test.app.auth.people.byName(owner.name)?.id;
    expect((await lena.request({ url: `/api/app-passwords?person=${own}` })).statusCode).toBe(403);
  });

  it('are not the web password, and guests get none', async () => {
    const test = await furnished();
    const connect = { username: owner.name, password: Buffer.from(owner.password) };
    await expect(connectWire(test.app.broker, { connect })).rejects.toThrow('refused');
    const guest = await addPerson(test, 'Gast', { role: 'guest', grants: livingOnly });
    expect(await makeApp(guest)).toMatchObject({ code: 'not-allowed' });
  });
});

describe('groups and roles', () => {
  it('give rules to several at once, and take them away', async () => {
    const test = await furnished();
    const lena = await addPerson(test, 'Lena');
    const wire = await page(test, 'Lena');
    const body = { name: 'Upstairs', people: [lena.id], devices: [], rules: [{ access: 'readwrite', filter: 'up/#' }] };
    const group = (await test.request({ method: 'POST', url: '/api/groups', payload: body })).json<{ id: string }>();
    expect(await published(wire, 'up/lamp')).toBe(noMatch);
    const put = (payload: object) => test.request({ method: 'PUT', url: `/api/groups/${group.id}`, payload });
    await put({ ...body, rules: [...body.rules, { access: 'deny', filter: 'up/lamp' }] });
    expect(await published(wire, 'up/lamp')).toBe(notAuthorized);
    await put(body);
    expect(await published(wire, 'up/lamp')).toBe(noMatch);
    expect((await test.request({ method: 'DELETE', url: `/api/groups/${group.id}` })).statusCode).toBe(204);
    expect(await published(wire, 'up/lamp')).toBe(notAuthorized);
    expect((await put(body)).statusCode).toBe(404);
    const rules = { member: [{ access: 'write', filter: 'note/%u' }], guest: [], kiosk: [] };
    expect((await test.request({ method: 'PUT', url: '/api/roles', payload: rules })).json()).toEqual(rules);
    expect((await test.request({ url: '/api/roles' })).json()).toEqual(rules);
    expect(await published(wire, 'note/Lena')).toBe(noMatch);
    expect(await published(wire, 'note/Anna')).toBe(notAuthorized);
  });

  it('a time zone that is none is refused', async () => {
    const { request } = await testApp();
    const set = (timeZone: string) => request({ method: 'PUT', url: '/api/settings/time-zone', payload: { timeZone } });
    expect((await set('Europe/Atlantis')).json()).toMatchObject({ code: 'bad-request', path: '/timeZone' });
    expect((await set('America/St_Johns')).statusCode).toBe(204);
    expect((await request({ url: '/api/people' })).json()).toMatchObject({ timeZone: 'America/St_Johns' });
  });
});

describe('asking', () => {
  const ask = async ({ request }: Pick<TestPerson, 'request'>, payload: object) =>
    (await request({ method: 'POST', url: '/api/rights/ask', payload })).json<AskReply & { code?: string }>();

  it('answers with the rule that decides', async () => {
    const test = await furnished();
    const lena = await addPerson(test, 'Lena', { grants: livingOnly });
    const subject = { kind: 'person', id: lena.id };
    expect(await ask(test, { subject, action: 'send', topic: 'garage/set' })).toEqual({
      isAllowed: false,
      steps: [
        { kind: 'account', outcome: 'passes' },
        { kind: 'room', outcome: 'decides', name: 'Kitchen', roomId: 'kitchen', level: 'no' },
        { kind: 'role', outcome: 'not-asked', name: 'member' },
      ],
    });
    expect(await ask(lena, { subject, action: 'read', topic: 'lamp/state' })).toMatchObject({ isAllowed: true });
  });

  it('is for owners; others ask about themselves', async () => {
    const test = await furnished();
    const lena = await addPerson(test, 'Lena', { grants: livingOnly });
    const subject = { kind: 'person', id: test.app.auth.people.byName(owner.name)?.id };
    expect(await ask(lena, { subject, action: 'send', topic: 'a' })).toMatchObject({ code: 'not-allowed' });
    const own = { kind: 'app', id: (await makeApp(lena)).id };
    expect(await ask(lena, { subject: own, action: 'send', topic: 'lamp/set' })).toMatchObject({ isAllowed: true });
    expect((await lena.request({ url: '/api/rights/who?action=send&topic=a' })).statusCode).toBe(403);
  });

  it.each([
    ['a filter to send to', { action: 'send', topic: 'a/#' }, 'bad-request'],
    ['an empty topic', { action: 'read', topic: '' }, 'bad-request'],
    ['nobody', { subject: { kind: 'person', id: 'nobody' }, action: 'read', topic: 'a' }, 'not-found'],
  ])('refuses %s', async (_what, question, code) => {
    const test = await furnished();
    const subject = { kind: 'person', id: test.app.auth.people.byName(owner.name)?.id };
    expect(await ask(test, { subject, ...question })).toMatchObject({ code });
  });

  it('tells who can open the garage', async () => {
    const test = await furnished();
    const lena = await addPerson(test, 'Lena', { grants: livingOnly });
    await makeApp(lena);
    await test.app.devices.add('Plug', { rules: [{ access: 'write', filter: 'plug/#' }] });
    const { who } = (await test.request({ url: '/api/rights/who?action=send&topic=garage/set' })).json<WhoReply>();
    expect(who.map(({ name, isAllowed, decidedBy }) => [name, isAllowed, decidedBy.kind])).toEqual([
      [owner.name, true, 'role'],
      ['Lena', false, 'room'],
      ['Plug', false, 'closed'],
      ['Lena · Explorer', false, 'room'],
    ]);
  });
});
