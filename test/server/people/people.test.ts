import type { FastifyInstance } from 'fastify';
import { describe, expect, it } from 'vitest';
import type { LoginInfo } from '../../../shared/api/contract.ts';
import { peopleChangedTopic } from '../../../shared/api/names.ts';
import type { NewAppPassword, PeopleReply, PersonLogins } from '../../../shared/api/people.ts';
import { logIn, owner, pageOf, testApp, type TestApp } from '../../support/app.ts';
import { accept, addPerson, invite, nothing, type TestPerson } from '../../support/people.ts';
import { connectWire, openWire } from '../../support/wire.ts';

const dayMs = 86_400_000;
const list = async ({ request }: Pick<TestApp, 'request'>): Promise<PeopleReply> =>
  (await request({ url: '/api/people' })).json();

describe('an invite', () => {
  it('tells what it is about, makes the account once, and logs in', async () => {
    const test = await testApp();
    const { app } = test;
    const { code, ...info } = await invite(test, { grants: { ...nothing, otherRooms: 'see' } });
    expect(code).toMatch(/^[\w-]{24}$/);
    expect((await list(test)).invites).toEqual([info]);
    const look = await app.inject({ method: 'POST', url: '/api/invite/look', payload: { code } });
    expect(look.json()).toEqual({ home: 'Kachel', by: owner.name, role: 'member', name: 'Lena' });
    const accepted = await accept(app, code, { name: 'Lena B.' });
    expect(accepted.statusCode).toBe(204);
    expect(accepted.cookies[0]).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
    expect((await list(test)).invites).toEqual([]);
    expect((await list(test)).people[1]).toMatchObject({
      name: 'Lena B.',
      role: 'member',
      grants: { otherRooms: 'see' },
      loginCount: 1,
      hasEnded: false,
    });
    expect(await logIn(app, { name: 'lena b.', password: 'a long enough password' })).not.toBe('');
  });

  it('is not told in the database', async () => {
    const test = await testApp();
    const { code } = await invite(test);
    expect(JSON.stringify(test.app.store.db.prepare('SELECT * FROM invite').all())).not.toContain(code);
  });

  it('ends, can be taken back, and dies with the rights of who invited', async () => {
    const test = await testApp();
    const { app, request, clock } = test;
    const late = await invite(test, { validUntilMs: app.auth.nowMs() + 1_000 });
    clock.advance(1_001);
    expect((await accept(app, late.code)).json()).toMatchObject({ code: 'wrong-invite' });
    const taken = await invite(test);
    expect((await request({ method: 'DELETE', url: `/api/invites/${taken.id}` })).statusCode).toBe(204);
    expect((await accept(app, taken.code)).json()).toMatchObject({ code: 'wrong-invite' });
    const second = await addPerson(test, 'Ben', { role: 'owner' });
    const made = await second.request({
      method: 'POST',
      url: '/api/invites',
      payload: { role: 'owner', name: 'Eve', grants: nothing, validUntilMs: app.auth.nowMs() + dayMs },
    });
    await request({ method: 'PATCH', url: `/api/people/${second.id}`, payload: { role: 'guest' } });
    expect((await accept(app, made.json<{ code: string }>().code)).json()).toMatchObject({ code: 'wrong-invite' });
  });

  it.each([
    ['for longer than a month', { validUntilMs: 1_700_000_000_000 + 31 * dayMs }],
    ['that has ended', { validUntilMs: 1_600_000_000_000 }],
    ['of a guest who has ended', { endsAtMs: 1_600_000_000_000 }],
  ])('%s is refused', async (_what, input) => {
    expect(await invite(await testApp(), input)).toMatchObject({ code: 'bad-request' });
  });

  it('asks members for a password, guests for none and for no name', async () => {
    const test = await testApp();
    const { app } = test;
    const member = await invite(test);
    expect((await accept(app, member.code, { password: undefined })).json()).toMatchObject({ code: 'weak-password' });
    expect((await accept(app, member.code, { password: 'short' })).json()).toMatchObject({ code: 'weak-password' });
    expect((await accept(app, member.code)).statusCode).toBe(204);
    const guest = await invite(test, { role: 'guest', name: 'Lena' });
    expect((await accept(app, guest.code, { name: owner.name, password: undefined })).statusCode).toBe(204);
    expect((await list(test)).people.map(({ name }) => name)).toEqual([owner.name, 'Lena', 'Lena 2']);
    const login = { name: 'Lena 2', password: '', stay: true };
    expect((await app.inject({ method: 'POST', url: '/api/login', payload: login })).json()).toMatchObject({
      code: 'wrong-login',
    });
  });

  it('is made by owners only', async () => {
    const test = await testApp();
    const { request } = await addPerson(test, 'Lena');
    const payload = { role: 'owner', name: 'Eve', grants: nothing, validUntilMs: test.app.auth.nowMs() + dayMs };
    expect((await request({ method: 'POST', url: '/api/invites', payload })).json()).toMatchObject({
      code: 'not-allowed',
    });
  });
});

describe('people', () => {
  it('see themselves, owners everybody', async () => {
    const test = await testApp();
    const lena = await addPerson(test, 'Lena');
    expect((await list(test)).people).toHaveLength(2);
    const own = await list(lena);
    expect([own.people.map(({ name }) => name), own.invites, own.groups]).toEqual([['Lena'], [], []]);
  });

  it('are changed at once', async () => {
    const test = await testApp();
    const lena = await addPerson(test, 'Lena');
    const change = (payload: object) => test.request({ method: 'PATCH', url: `/api/people/${lena.id}`, payload });
    expect((await lena.request({ url: '/api/devices' })).statusCode).toBe(403);
    expect((await change({ role: 'owner' })).json()).toMatchObject({ role: 'owner', name: 'Lena' });
    expect((await lena.request({ url: '/api/devices' })).statusCode).toBe(200);
    expect((await change({ name: owner.name })).json()).toMatchObject({ code: 'name-taken' });
    expect((await change({ name: 'lena' })).json()).toMatchObject({ name: 'lena' });
    expect((await change({ colour: 'red' })).json()).toMatchObject({ code: 'bad-request' });
    expect((await change({ rules: [{ access: 'read', filter: 'a/#/b' }] })).json()).toMatchObject({
      code: 'bad-request',
    });
  });

  it.each([
    ['removed', 'DELETE', '', undefined],
    ['ended', 'POST', '/end', undefined],
    ['made a member', 'PATCH', '', { role: 'member' }],
    ['given an end', 'PATCH', '', { endsAtMs: 1_800_000_000_000 }],
  ] as const)('the last owner is not %s', async (_what, method, path, payload) => {
    const test = await testApp();
    const id = (await list(test)).people[0]?.id;
    const act = () => test.request({ method, url: `/api/people/${id}${path}`, ...(payload ? { payload } : {}) });
    expect((await act()).json()).toMatchObject({ code: 'last-owner' });
    await addPerson(test, 'Ben', { role: 'owner' });
    expect((await act()).statusCode).toBeLessThan(300);
  });

  it('are cut off when they are removed, and gone', async () => {
    const test = await testApp();
    const lena = await addPerson(test, 'Lena');
    const page = await connectWire(test.app.broker, { origin: { principal: pageOf(test.app, 'Lena') } });
    await test.request({ method: 'DELETE', url: `/api/people/${lena.id}` });
    await page.closed;
    expect((await lena.request({ url: '/api/snapshot' })).json()).toMatchObject({ code: 'login-required' });
    expect((await list(test)).people).toHaveLength(1);
  });

  it('from before there were roles are owners', async () => {
    const { app } = await testApp();
    app.store.db.exec(
      `INSERT INTO person (id, name, name_key, password_hash, created_at) VALUES ('x', 'Old', 'old', '', 1)`,
    );
    expect(app.auth.people.byId('x')).toMatchObject({ role: 'owner', grants: { otherRooms: 'operate' } });
  });

  it('show whether they are here', async () => {
    const test = await testApp();
    await connectWire(test.app.broker, { origin: { principal: pageOf(test.app) } });
    expect((await list(test)).people[0]).toMatchObject({ isConnected: true });
  });
});

describe('logins', () => {
  it('of others are seen and ended by owners only', async () => {
    const test = await testApp();
    const lena = await addPerson(test, 'Lena');
    const ownerId = (await list(test)).people[0]?.id;
    expect((await lena.request({ url: `/api/people/${ownerId}/logins` })).statusCode).toBe(403);
    const [login] = (await test.request({ url: `/api/people/${lena.id}/logins` })).json<LoginInfo[]>();
    const end = { method: 'DELETE', url: `/api/people/${lena.id}/logins/${login?.id}` } as const;
    expect((await test.request(end)).statusCode).toBe(204);
    expect((await lena.request({ url: '/api/snapshot' })).statusCode).toBe(401);
    expect((await test.request(end)).statusCode).toBe(404);
  });

  it('of everybody are one list for owners, and all of a person end at once, sockets too', async () => {
    const test = await testApp();
    const lena = await addPerson(test, 'Lena');
    await logIn(test.app, { name: 'Lena', password: 'a long enough password' });
    expect((await lena.request({ url: '/api/people/logins' })).statusCode).toBe(403);
    const all = async (): Promise<PersonLogins[]> => (await test.request({ url: '/api/people/logins' })).json();
    const [own, hers] = await all();
    expect([own?.name, own?.logins.map(({ isThis }) => isThis)]).toEqual([owner.name, [true]]);
    expect([hers?.personId, hers?.role, hers?.logins.length]).toEqual([lena.id, 'member', 2]);
    expect(hers?.logins[0]).toMatchObject({ isThis: false, address: '127.0.0.1' });
    const loginId = hers?.logins[0]?.id ?? '';
    const page = await connectWire(test.app.broker, { origin: { principal: pageOf(test.app, 'Lena'), loginId } });
    const end = { method: 'DELETE', url: `/api/people/${lena.id}/logins` } as const;
    expect((await test.request(end)).statusCode).toBe(204);
    await page.closed;
    expect((await lena.request({ url: '/api/snapshot' })).statusCode).toBe(401);
    expect((await all()).map(({ name }) => name)).toEqual([owner.name]);
  });

  it('of oneself all end but the one that asks, and nobody ends those of others', async () => {
    const test = await testApp();
    const lena = await addPerson(test, 'Lena');
    const other = await logIn(test.app, { name: 'Lena', password: 'a long enough password' });
    const ownerId = (await list(test)).people[0]?.id;
    const end = (id: string | undefined) => ({ method: 'DELETE', url: `/api/people/${id}/logins` }) as const;
    expect((await lena.request(end(ownerId))).json()).toMatchObject({ code: 'not-allowed' });
    expect((await lena.request(end(lena.id))).statusCode).toBe(204);
    expect((await lena.request({ url: '/api/house' })).statusCode).toBe(200);
    const cut = await test.app.inject({ url: '/api/house', headers: { cookie: other } });
    expect(cut.statusCode).toBe(401);
    expect((await test.request(end('nobody'))).statusCode).toBe(404);
  });

  it('that log out wake the lists of others', async () => {
    const test = await testApp();
    const wire = await connectWire(test.app.broker, { origin: { principal: pageOf(test.app) } });
    const lena = await addPerson(test, 'Lena');
    wire.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: peopleChangedTopic, qos: 0 }] });
    await wire.expect('suback');
    await lena.request({ method: 'POST', url: '/api/logout' });
    expect(await wire.expect('publish')).toMatchObject({ topic: peopleChangedTopic });
  });

  it('of oneself cannot be ended under the name of another', async () => {
    const test = await testApp();
    const lena = await addPerson(test, 'Lena');
    const [login] = (await test.request({ url: '/api/logins' })).json<LoginInfo[]>();
    const reply = await lena.request({ method: 'DELETE', url: `/api/people/${lena.id}/logins/${login?.id}` });
    expect(reply.statusCode).toBe(404);
  });
});

describe('only at home', () => {
  const away = '203.0.113.9';
  const grants = { ...nothing, otherRooms: 'see', onlyAtHome: true } as const;
  const from = ({ cookie }: TestPerson, app: FastifyInstance, remoteAddress: string, url = '/api/snapshot') =>
    app.inject({ url, remoteAddress, headers: { cookie } });

  it('lets a guest in from the home network, and nothing through from elsewhere', async () => {
    const test = await testApp();
    const guest = await addPerson(test, 'Gast', { role: 'guest', grants });
    for (const address of ['192.168.1.7', '::ffff:10.0.0.3', 'fe80::1', '127.0.0.1'])
      expect((await from(guest, test.app, address)).statusCode, address).toBe(200);
    for (const address of [away, '2001:db8::7', '::ffff:203.0.113.9'])
      expect((await from(guest, test.app, address)).json(), address).toMatchObject({ code: 'not-at-home' });
    expect(test.app.http.refusals.counts()['not-at-home']).toBe(3);
    const page = { principal: pageOf(test.app, 'Gast') };
    const near = await connectWire(test.app.broker, { origin: { ...page, remoteAddress: '192.168.1.7' } });
    const far = openWire(test.app.broker, { origin: { ...page, remoteAddress: away } });
    far.send({ cmd: 'connect', clientId: 'far', clean: true, keepalive: 60, protocolId: 'MQTT', protocolVersion: 4 });
    expect((await far.expect('connack')).returnCode).toBe(5);
    near.send({ cmd: 'pingreq' });
    await near.expect('pingresp');
  });

  it('ends the login of who logs out elsewhere', async () => {
    const { app, ...test } = await testApp();
    const guest = await addPerson({ app, ...test }, 'Gast', { role: 'guest', grants });
    const { cookie } = guest;
    await app.inject({ method: 'POST', url: '/api/logout', remoteAddress: away, headers: { cookie } });
    expect((await from(guest, app, '192.168.1.7')).json()).toMatchObject({ code: 'login-required' });
  });

  it('cuts who is elsewhere when the limit comes, app passwords too, but never owners', async () => {
    const test = await testApp();
    const lena = await addPerson(test, 'Lena', { grants: { otherRooms: 'see' } });
    const made = await lena.request({
      method: 'POST',
      url: '/api/app-passwords',
      payload: { name: 'Laptop', level: 'see' },
    });
    const { username, password } = made.json<NewAppPassword>();
    const origin = { remoteAddress: away };
    const login = { username, password: Buffer.from(password) };
    const laptop = await connectWire(test.app.broker, { clientId: 'laptop', origin, connect: login });
    const page = await connectWire(test.app.broker, {
      clientId: 'page',
      origin: { ...origin, principal: pageOf(test.app, 'Lena') },
    });
    await test.request({ method: 'PATCH', url: `/api/people/${lena.id}`, payload: { grants } });
    await Promise.all([laptop.closed, page.closed]);
    await test.request({ method: 'PATCH', url: `/api/people/${lena.id}`, payload: { role: 'owner' } });
    expect((await from(lena, test.app, away)).statusCode).toBe(200);
  });
});

describe('ends', () => {
  it('come by themselves, cut the page off, and are told with the name to ask', async () => {
    const test = await testApp();
    const { app, clock } = test;
    const guest = await addPerson(test, 'Gast', { role: 'guest', endsAtMs: app.auth.nowMs() + 60_000 });
    expect((await guest.request({ url: '/api/snapshot' })).json()).toMatchObject({
      account: { role: 'guest', endsAtMs: app.auth.nowMs() + 60_000 },
      access: { decidedBy: owner.name },
    });
    const page = await connectWire(app.broker, { origin: { principal: pageOf(app, 'Gast') } });
    clock.advance(60_000);
    await page.closed;
    expect((await guest.request({ url: '/api/snapshot' })).json()).toMatchObject({
      code: 'account-ended',
      params: { by: owner.name },
    });
    expect((await list(test)).people[1]).toMatchObject({ hasEnded: true });
  });

  it('come at once by hand, and an owner lets in again', async () => {
    const test = await testApp();
    const guest = await addPerson(test, 'Gast', { role: 'guest' });
    await test.request({ method: 'POST', url: `/api/people/${guest.id}/end` });
    expect((await guest.request({ url: '/api/house' })).json()).toMatchObject({ code: 'account-ended' });
    await test.request({ method: 'PATCH', url: `/api/people/${guest.id}`, payload: { endsAtMs: null } });
    expect((await guest.request({ url: '/api/house' })).statusCode).toBe(200);
  });

  it('are told to who has the right password, and to nobody else', async () => {
    const test = await testApp();
    const lena = await addPerson(test, 'Lena');
    await test.request({ method: 'POST', url: `/api/people/${lena.id}/end` });
    const login = (password: string) =>
      test.app.inject({ method: 'POST', url: '/api/login', payload: { name: 'Lena', password, stay: true } });
    expect((await login('a long enough password')).json()).toMatchObject({ code: 'account-ended' });
    expect((await login('wrong')).json()).toMatchObject({ code: 'wrong-login' });
  });
});
