import type { FastifyInstance, InjectOptions } from 'fastify';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Needs } from '../../../server/auth/guard.ts';
import { cookieOf, logIn, owner, testApp, type TestApp } from '../../support/app.ts';
import { keptLog } from '../../support/log.ts';
import { accept, addPerson, invite } from '../../support/people.ts';

/*
 * What strangers and people with few rights try over HTTP. For each: refused, written into the server's log, counted, and the
 * house goes on.
 */

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
interface Route {
  readonly method: Method;
  readonly url: string;
  readonly needs: Needs;
}

const routesOf = (app: FastifyInstance): readonly Route[] =>
  app.auth
    .routes()
    .flatMap(({ method, url, needs }) => (method === 'HEAD' ? [] : [{ method: method as Method, url, needs }]));
const isWrite = ({ method }: Route): boolean => method !== 'GET';
/** A route's pattern as an address. */
const filled = ({ method, url }: Route): InjectOptions => ({
  method,
  url: url.replaceAll(/:\w+/g, 'x'),
  ...(method === 'GET' || method === 'DELETE' ? {} : { payload: {} }),
});

async function scene() {
  const { log, lines } = keptLog();
  return { ...(await testApp({ log })), lines };
}
const goesOn = async ({ request }: TestApp): Promise<void> =>
  expect((await request({ url: '/api/snapshot' })).statusCode).toBe(200);
const login = (app: FastifyInstance, remoteAddress: string, password = 'guess', name: string = owner.name) =>
  app.inject({ method: 'POST', url: '/api/login', remoteAddress, payload: { name, password, stay: false } });

async function listen(app: FastifyInstance): Promise<number> {
  await app.listen({ host: '127.0.0.1', port: 0 });
  const address = app.server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

/** The whole answer to bytes as they are. */
async function raw(port: number, request: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.end(request);
  return text(socket);
}

describe('every route says who may use it', () => {
  test('and there are some of each kind', async () => {
    const { app } = await testApp();
    const kinds = new Set(routesOf(app).map(({ needs }) => needs));
    expect([...kinds].sort()).toEqual(['arrange', 'figures', 'login', 'nobody', 'owner']);
    expect(routesOf(app).length).toBeGreaterThan(40);
  });

  test('one that does not stops the start', async () => {
    const { app } = await testApp();
    expect(() => app.get('/api/forgotten', () => 'secret')).toThrow();
  });

  test('strangers get nothing but what needs nobody', async () => {
    const it = await scene();
    for (const route of routesOf(it.app)) {
      if (route.needs === 'nobody') continue;
      const reply = await it.app.inject(filled(route));
      expect(reply.statusCode, `${route.method} ${route.url}`).toBe(401);
    }
  });

  test.each([
    ['guest', ['owner', 'arrange', 'figures']],
    ['kiosk', ['owner', 'arrange', 'figures']],
    ['member', ['owner', 'figures']],
  ] as const)('a %s is refused everything that needs %j', async (role, closed) => {
    const it = await scene();
    const person = await addPerson(it, 'Lena', { role });
    for (const route of routesOf(it.app)) {
      if (!closed.some((needs) => needs === route.needs)) continue;
      const reply = await person.request(filled(route));
      expect([reply.statusCode, reply.json<{ code: string }>().code], `${route.method} ${route.url}`).toEqual([
        403,
        'not-allowed',
      ]);
    }
    expect(it.lines).toContainEqual(
      expect.objectContaining({
        message: 'A request was refused.',
        details: expect.objectContaining({ by: 'Lena' }) as object,
      }),
    );
    expect(it.app.http.refusals.counts()['not-allowed']).toBeGreaterThan(10);
    await goesOn(it);
  });
});

describe('attacks over HTTP', () => {
  test.each([
    ['another page', { origin: 'http://evil.example' }],
    ['a page of another port of the same host', { origin: 'http://localhost:8081' }],
    ['a page that hides where it is from', { origin: 'null' }],
    ['another page, by a form', { 'sec-fetch-site': 'cross-site' }],
    ['a page of a neighbour domain', { 'sec-fetch-site': 'same-site' }],
  ])('CSRF on every route from %s', async (_what, headers) => {
    const it = await scene();
    const writes = routesOf(it.app).filter(isWrite);
    expect(writes.length).toBeGreaterThan(20);
    for (const route of writes) {
      const reply = await it.request({ ...filled(route), headers: { host: 'localhost:8080', ...headers } });
      expect([reply.statusCode, reply.json<{ code: string }>().code], `${route.method} ${route.url}`).toEqual([
        403,
        'foreign-origin',
      ]);
    }
    expect(it.app.http.refusals.counts()['foreign-origin']).toBe(writes.length);
    expect(it.lines.filter(({ details }) => details['code'] === 'foreign-origin')).toHaveLength(1);
    await goesOn(it);
  });

  test('login guessing from one address', async () => {
    const it = await scene();
    const statuses: number[] = [];
    for (let count = 0; count < 20; count++) statuses.push((await login(it.app, '192.0.2.7')).statusCode);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect((await login(it.app, '192.0.2.7', owner.password)).statusCode).toBe(429);
    expect((await login(it.app, '192.0.2.8', owner.password)).statusCode).toBe(204);
    expect(it.app.http.refusals.counts()).toMatchObject({ 'wrong-login': 5, 'too-many-tries': 16 });
    expect(it.lines.filter(({ details }) => details['code'] === 'wrong-login')).toHaveLength(1);
    expect(JSON.stringify(it.lines)).not.toContain('guess');
    await goesOn(it);
  });

  test('login guessing from many addresses', async () => {
    const it = await scene();
    await login(it.app, '192.168.1.7', owner.password);
    const address = (index: number): string => `198.51.${100 + (index >> 8)}.${index & 255}`;
    let last = 0;
    for (let index = 0; index < 101; index++) last = (await login(it.app, address(index))).statusCode;
    expect(last).toBe(429);
    // Neither the right password from where it was never given, nor a next guess; but from home, and for others.
    expect((await login(it.app, '203.0.113.9', owner.password)).statusCode).toBe(429);
    expect((await login(it.app, '192.168.1.7', owner.password)).statusCode).toBe(204);
    expect((await login(it.app, '203.0.113.9', 'guess', 'Lena')).statusCode).toBe(401);
    it.clock.advance(60_000);
    expect((await login(it.app, '203.0.113.9', owner.password)).statusCode).toBe(204);
    await goesOn(it);
  });

  test('login guessing from many addresses of one IPv6 network', async () => {
    const it = await scene();
    const statuses: number[] = [];
    for (let index = 0; index < 8; index++) statuses.push((await login(it.app, `2001:db8::${index + 1}`)).statusCode);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
    // The server's log does not grow with addresses that cost nothing.
    expect(it.lines.filter(({ details }) => details['code'] === 'wrong-login')).toHaveLength(1);
    expect((await login(it.app, '2001:db8:0:1::1')).statusCode).toBe(401);
  });

  test('invite guessing, and a replayed invite', async () => {
    const it = await scene();
    const { code } = await invite(it);
    expect((await accept(it.app, code)).statusCode).toBe(204);
    const replays = await Promise.all(['Eve', 'Mallory'].map((name) => accept(it.app, code, { name })));
    for (const reply of replays) expect(reply.json()).toMatchObject({ code: 'wrong-invite' });
    expect(replays.flatMap((reply) => reply.cookies)).toEqual([]);
    for (let count = 0; count < 3; count++) await accept(it.app, `guess-${count}`);
    const fresh = await invite(it);
    const slowed = await it.app.inject({ method: 'POST', url: '/api/invite/look', payload: { code: fresh.code } });
    expect(slowed.json()).toMatchObject({ code: 'too-many-tries' });
    expect(it.app.http.refusals.counts()).toMatchObject({ 'wrong-invite': 5 });
    expect(JSON.stringify(it.lines)).not.toContain(code);
    await goesOn(it);
  });

  test('an invite that two accept at once makes one account', async () => {
    const it = await scene();
    const { code } = await invite(it);
    const replies = await Promise.all(['Lena', 'Eve', 'Mallory'].map((name) => accept(it.app, code, { name })));
    expect(replies.map(({ statusCode }) => statusCode).sort()).toEqual([204, 403, 403]);
    expect(it.app.auth.people.all()).toHaveLength(2);
  });

  test('session fixation: a planted cookie never becomes a login, and a login never takes one over', async () => {
    const it = await scene();
    const planted = 'kachel=planted-by-somebody-else';
    const reply = await it.app.inject({
      method: 'POST',
      url: '/api/login',
      headers: { cookie: planted },
      payload: { ...owner, stay: false },
    });
    expect(cookieOf(reply)).not.toBe(planted);
    expect((await it.app.inject({ url: '/api/house', headers: { cookie: planted } })).statusCode).toBe(401);
    const [first, second] = [await logIn(it.app), await logIn(it.app)];
    expect(first).not.toBe(second);
    await goesOn(it);
  });

  test('session fixation: the cookie of a login that ended stays worthless', async () => {
    const it = await scene();
    const cookie = await logIn(it.app);
    await it.app.inject({ method: 'POST', url: '/api/logout', headers: { cookie } });
    expect((await it.app.inject({ url: '/api/house', headers: { cookie } })).statusCode).toBe(401);
  });

  test('a cookie read by script: none of them can be', async () => {
    const it = await scene();
    const { code } = await invite(it);
    const replies = [await login(it.app, '192.0.2.7', owner.password), await accept(it.app, code)];
    for (const { cookies } of replies) expect(cookies).toMatchObject([{ httpOnly: true, sameSite: 'Strict' }]);
  });

  test.each([
    ['a foreign origin', (port: number) => `http://evil.example:${port}`],
    ['another port of the same host', (port: number) => `http://127.0.0.1:${port + 1}`],
    ['the same place under another scheme', (port: number) => `https://127.0.0.1:${port}`],
    ['nowhere', () => 'null'],
  ])('WebSocket upgrade from %s', async (_what, originFor) => {
    const it = await scene();
    const port = await listen(it.app);
    const headers = { cookie: it.cookie, origin: originFor(port) };
    const socket = new WebSocket(`ws://127.0.0.1:${port}/mqtt`, 'mqtt', { headers });
    socket.on('error', () => undefined);
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
    expect(response.statusCode).toBe(403);
    expect((await it.request({ url: '/api/devices' })).json()).toMatchObject({
      turnedAway: [{ reason: 'origin', count: 1 }],
    });
    expect(it.lines.map(({ message }) => message)).toContain('A page of another address was refused.');
    await goesOn(it);
  });

  test('WebSocket upgrade under a name that is not ours', async () => {
    const it = await scene();
    const port = await listen(it.app);
    const headers = { cookie: it.cookie, host: 'evil.example' };
    const socket = new WebSocket(`ws://127.0.0.1:${port}/mqtt`, 'mqtt', { headers });
    socket.on('error', () => undefined);
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
    expect(response.statusCode).toBe(421);
    expect(it.app.http.refusals.counts()).toEqual({ 'foreign-host': 1 });
    await goesOn(it);
  });

  test.each([
    ['arrays', `{"baseRevision":0,"house":${'['.repeat(1_000_000)}`],
    ['objects', `{"baseRevision":0,"house":${'{"a":'.repeat(500_000)}1${'}'.repeat(500_000)}}`],
    ['arrays just beyond the limit', `{"baseRevision":0,"house":${'['.repeat(64)}${']'.repeat(64)}}`],
  ])('deep-nesting uploads: %s', async (_what, payload) => {
    const it = await scene();
    const headers = { 'content-type': 'application/json' };
    const reply = await it.request({ method: 'PUT', url: '/api/house', headers, payload });
    expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([400, 'bad-request']);
    await goesOn(it);
  });

  test('uploads that are packed are not unpacked, and large ones not read', async () => {
    const it = await scene();
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const packed = Buffer.from('1f8b08000000000000ff', 'hex');
    const put = (payload: Buffer | string) => it.request({ method: 'PUT', url: '/api/house', headers, payload });
    expect((await put(packed)).json()).toMatchObject({ code: 'bad-request' });
    expect((await put('x'.repeat(9 * 1024 * 1024))).json()).toMatchObject({ code: 'too-large' });
    const payload = `{"name":"${'x'.repeat(70 * 1024)}"}`;
    const small = await it.request({
      method: 'POST',
      url: '/api/devices',
      headers: { 'content-type': 'application/json' },
      payload,
    });
    expect(small.statusCode).toBe(413);
    await goesOn(it);
  });

  test.each(['{"__proto__":{"role":"owner"}}', '{"constructor":{"prototype":{"role":"owner"}}}'])(
    'a body that changes what all objects are: %s',
    async (payload) => {
      const it = await scene();
      const lena = await addPerson(it, 'Lena');
      const headers = { 'content-type': 'application/json' };
      const reply = await it.request({ method: 'PATCH', url: `/api/people/${lena.id}`, headers, payload });
      expect(reply.statusCode).toBe(400);
      expect(it.app.auth.people.byId(lena.id)?.role).toBe('member');
    },
  );

  test.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/assets/../../secret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/assets/%c0%ae%c0%ae/%c0%ae%c0%ae/secret.txt',
    '/assets/....//....//secret.txt',
    '//secret.txt',
    '/secret.txt%00.js',
    '/.hidden',
    'http://localhost/../secret.txt',
  ])('path traversal on static files: %s', async (path) => {
    const root = mkdtempSync(join(tmpdir(), 'kachel-static-'));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    const webDir = join(root, 'web');
    mkdirSync(join(webDir, 'assets'), { recursive: true });
    writeFileSync(join(root, 'secret.txt'), 'top secret');
    writeFileSync(join(webDir, '.hidden'), 'top secret');
    writeFileSync(join(webDir, 'index.html'), '<!doctype html><title>Kachel</title>');
    const { app } = await testApp({ config: { webDir } });
    const port = await listen(app);
    const answer = await raw(port, `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 (200|400|404) /);
    expect(answer).not.toContain('top secret');
    expect((await app.inject('/')).statusCode).toBe(200);
  });

  test.each([
    ['in the address', 'GET /api/public?x=%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\nHost: localhost\r\n'],
    ['in the way to HTTPS', 'GET /%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\nHost: localhost\r\n'],
    ['in Host', 'GET /api/public HTTP/1.1\r\nHost: localhost\rSet-Cookie: a=b\r\n'],
    ['in a header, by a bare line feed', 'GET /api/public HTTP/1.1\r\nHost: localhost\r\nX-A: b\nSet-Cookie: a=b\r\n'],
    [
      'in a forwarded address',
      'GET /api/public HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 1\0Set-Cookie: a=b\r\n',
    ],
    ['in a cookie', 'GET /api/snapshot HTTP/1.1\r\nHost: localhost\r\nCookie: kachel=%0d%0aSet-Cookie:%20a=b\r\n'],
    [
      'by a second request in the body',
      'GET /api/public HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n',
    ],
  ])('header injection %s', async (_what, head) => {
    const it = await scene();
    const port = await listen(it.app);
    const answer = await raw(port, `${head}Connection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 \d{3} /);
    const headers = answer.slice(0, answer.indexOf('\r\n\r\n'));
    expect(headers).not.toMatch(/^set-cookie:/im);
    expect(answer.match(/^HTTP\/1\.1/gm)).toHaveLength(1);
    await goesOn(it);
  });

  test.each(['Lena\r\nSet-Cookie: a=b', 'Lena\u0000', 'Lena\u0085'])(
    'header injection by the name %j',
    async (name) => {
      const it = await scene();
      const { code } = await invite(it);
      expect((await accept(it.app, code, { name })).json()).toMatchObject({ code: 'bad-name' });
    },
  );
});
