import { describe, expect, it } from 'vitest';
import type { LoginInfo } from '../../../shared/api/contract.ts';
import { testClock } from '../../support/clock.ts';
import { cookieOf, logIn, owner, testApp } from '../../support/app.ts';

const login = (payload: object) => ({ method: 'POST', url: '/api/login', payload }) as const;

describe('logging in', () => {
  it('gives a cookie that scripts and other sites never see', async () => {
    const { app } = await testApp();
    const reply = await app.inject(login({ ...owner, stay: true }));
    expect(reply.statusCode).toBe(204);
    expect(reply.cookies[0]).toMatchObject({ name: 'kachel', httpOnly: true, sameSite: 'Strict', path: '/' });
    expect(reply.cookies[0]?.maxAge).toBe(90 * 86_400);
  });

  it('takes the secure name behind a local proxy with HTTPS', async () => {
    const { app } = await testApp();
    const reply = await app.inject({ ...login({ ...owner, stay: false }), headers: { 'x-forwarded-proto': 'https' } });
    expect(reply.cookies[0]).toMatchObject({ name: '__Host-kachel', secure: true });
    expect(reply.cookies[0]?.maxAge).toBeUndefined();
  });

  it.each([
    { ...owner, password: 'wrong password' },
    { ...owner, name: 'Nobody' },
  ])('refuses %o alike', async (wrong) => {
    const { app } = await testApp();
    const reply = await app.inject(login({ ...wrong, stay: true }));
    expect(reply.statusCode).toBe(401);
    expect(reply.json()).toMatchObject({ code: 'wrong-login' });
  });

  it('says what is wrong with a request that is none', async () => {
    const { app } = await testApp();
    const reply = await app.inject(login({ name: 5 }));
    expect(reply.statusCode).toBe(400);
    expect(reply.json()).toMatchObject({ code: 'bad-request' });
  });

  it('lets nobody in with a wrong cookie', async () => {
    const { app } = await testApp();
    const reply = await app.inject({ url: '/api/house', headers: { cookie: 'kachel=guessed' } });
    expect(reply.statusCode).toBe(401);
  });

  it.each(['/%61pi/house', '/a%70i/snapshot', '/api/./house', '/x/../api/house'])(
    'asks for it however the address is written: %s',
    async (url) => {
      const { app } = await testApp();
      expect((await app.inject({ url })).statusCode).toBe(401);
    },
  );

  it('slows guessing down without locking others out', async () => {
    const { app, clock } = await testApp();
    const guess = (remoteAddress: string, password: string) =>
      app.inject({ ...login({ name: owner.name, password, stay: false }), remoteAddress });
    for (let count = 0; count < 5; count += 1) await guess('192.0.2.7', 'guess');
    const slowed = await guess('192.0.2.7', owner.password);
    expect(slowed.statusCode).toBe(429);
    expect(slowed.headers['retry-after']).toBe('1');
    expect((await guess('192.0.2.8', owner.password)).statusCode).toBe(204);
    clock.advance(1_000);
    expect((await guess('192.0.2.7', owner.password)).statusCode).toBe(204);
  });

  it('survives 10,000 tries at once and still lets a neighbour in', async () => {
    const { app } = await testApp();
    const tries = Array.from({ length: 10_000 }, () =>
      app.inject({ ...login({ name: owner.name, password: 'guess', stay: false }), remoteAddress: '192.0.2.7' }),
    );
    const neighbour = app.inject({ ...login({ ...owner, stay: false }), remoteAddress: '192.0.2.8' });
    expect((await neighbour).statusCode).toBe(204);
    const statuses = new Set((await Promise.all(tries)).map((reply) => reply.statusCode));
    expect([...statuses].sort()).toEqual([401, 429]);
  }, 60_000);
});

describe('logins', () => {
  it('are listed, and ended one by one', async () => {
    const { app, request, cookie } = await testApp();
    const other = await logIn(app);
    const logins = (await request({ url: '/api/logins' })).json<LoginInfo[]>();
    expect(logins).toHaveLength(2);
    const stranger = logins.find((one) => !one.isThis);
    expect((await request({ method: 'DELETE', url: `/api/logins/${stranger?.id}` })).statusCode).toBe(204);
    expect((await app.inject({ url: '/api/logins', headers: { cookie: other } })).statusCode).toBe(401);
    expect((await app.inject({ url: '/api/logins', headers: { cookie } })).statusCode).toBe(200);
  });

  it.each([
    ['over HTTPS', { 'x-forwarded-proto': 'https', 'x-forwarded-for': '192.0.2.9' }, true],
    ['over plain HTTP', { 'x-forwarded-for': '192.0.2.9' }, false],
    ['within this machine', {}, undefined],
  ])('tell how they came: %s', async (_way, headers, isEncrypted) => {
    const { app, request } = await testApp();
    expect((await app.inject({ ...login({ ...owner, stay: true }), headers })).statusCode).toBe(204);
    const logins = (await request({ url: '/api/logins' })).json<LoginInfo[]>();
    expect(logins.filter((one) => !one.isThis).map((one) => one.isEncrypted)).toEqual([isEncrypted]);
  });

  it('end with logout', async () => {
    const { request } = await testApp();
    expect((await request({ method: 'POST', url: '/api/logout' })).statusCode).toBe(204);
    expect((await request({ url: '/api/logins' })).statusCode).toBe(401);
  });

  it('that stay last 90 days from the last visit', async () => {
    let days = 0;
    const still = testClock();
    const clock = { ...still, now: () => still.now() + days * 86_400_000 };
    const { request } = await testApp({ clock });
    days = 89;
    expect((await request({ url: '/api/logins' })).cookies[0]?.maxAge).toBe(90 * 86_400);
    days += 89;
    expect((await request({ url: '/api/logins' })).statusCode).toBe(200);
    days += 91;
    expect((await request({ url: '/api/logins' })).statusCode).toBe(401);
  });

  it('all end with a new password, and this browser gets a new one', async () => {
    const { app, request } = await testApp();
    const change = (payload: object) => request({ method: 'POST', url: '/api/password', payload });
    const next = 'another long password';
    expect((await change({ current: 'wrong', next })).json()).toMatchObject({ code: 'wrong-password' });
    expect((await change({ current: owner.password, next: 'short' })).json()).toMatchObject({ code: 'weak-password' });
    const changed = await change({ current: owner.password, next });
    expect((await request({ url: '/api/logins' })).statusCode).toBe(401);
    expect((await app.inject({ url: '/api/logins', headers: { cookie: cookieOf(changed) } })).statusCode).toBe(200);
  });
});

describe('the first run', () => {
  const setup = (code: string | undefined, more: object = {}) => ({
    method: 'POST' as const,
    url: '/api/setup',
    payload: { code, home: 'Lindenhof', name: 'Anna', password: owner.password, ...more },
  });

  it('needs the code of the terminal, once', async () => {
    const { app } = await testApp({ withOwner: false });
    const code = app.auth.setupCode();
    expect((await app.inject(setup('AAAAA-AAAAA-AAAAA'))).json()).toMatchObject({ code: 'wrong-setup-code' });
    expect((await app.inject(setup(code, { password: 'short' }))).json()).toMatchObject({ code: 'weak-password' });
    const done = await app.inject(setup(code?.toLowerCase().replaceAll('-', ' ')));
    expect(done.statusCode).toBe(204);
    expect(app.auth.setupCode()).toBeUndefined();
    expect((await app.inject(setup(code))).json()).toMatchObject({ code: 'setup-done' });
    const reply = await app.inject({ url: '/api/house', headers: { cookie: cookieOf(done) } });
    expect(reply.json()).toMatchObject({ revision: 1, house: { name: 'Lindenhof' }, by: 'Anna' });
  });

  it('makes one owner, however many hurry', async () => {
    const { app } = await testApp({ withOwner: false });
    const code = app.auth.setupCode();
    const replies = await Promise.all(['Anna', 'Ben', 'Cleo'].map((name) => app.inject(setup(code, { name }))));
    expect(replies.map((reply) => reply.statusCode).sort()).toEqual([204, 409, 409]);
  });
});
