import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { maxIconHits, type IconsReply } from '../../../shared/api/contract.ts';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHostCheck } from '../../../server/http/hosts.ts';
import { owner, testApp } from '../../support/app.ts';

describe('the Host header', () => {
  const isAllowed = createHostCheck('Nas.home', ['kachel.test']);
  it.each([
    ['localhost:8080', true],
    ['192.168.1.5:8080', true],
    ['[fe80::1]:8080', true],
    ['nas.home', true],
    ['NAS.local:80', true],
    ['kachel.local', true],
    ['kachel.test:8080', true],
    ['evil.example', false],
    ['localhost.evil.example', false],
    ['localhost:8080@evil.example', false],
    ['192.168.1.5.evil.example', false],
    ['', false],
    [undefined, false],
  ])('%s: %s', (host, isOurs) => {
    expect(isAllowed(host)).toBe(isOurs);
  });

  it('of another name is refused before anything else', async () => {
    const { app } = await testApp();
    const reply = await app.inject({ url: '/api/public', headers: { host: 'evil.example' } });
    expect(reply.statusCode).toBe(421);
    expect(reply.json()).toMatchObject({ code: 'foreign-host' });
  });

  it('of another name is told to people as a page, in both languages, without repeating it', async () => {
    const { app } = await testApp();
    const headers = { host: 'evil.example', accept: 'text/html,*/*;q=0.8' };
    const reply = await app.inject({ url: '/room/living', headers });
    expect(reply.statusCode).toBe(421);
    expect(reply.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(reply.body).toContain('Open Kachel by its IP address');
    expect(reply.body).toContain('Öffne Kachel über die IP-Adresse');
    expect(reply.body).not.toContain('evil');
    const write = await app.inject({ method: 'POST', url: '/api/login', headers });
    expect(write.json()).toMatchObject({ code: 'foreign-host' });
    expect(app.http.refusals.counts()).toEqual({ 'foreign-host': 2 });
  });
});

describe('writes', () => {
  const login = { method: 'POST', url: '/api/login', payload: { ...owner, stay: false } } as const;
  it.each([
    [{ origin: 'http://localhost:8080' }, 204],
    [{}, 204],
    [{ 'sec-fetch-site': 'same-origin' }, 204],
    [{ origin: 'http://localhost' }, 403],
    [{ origin: 'https://localhost:8080' }, 403],
    [{ origin: 'http://evil.example:8080' }, 403],
    [{ origin: 'null' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
  ])('with %o: %i', async (headers, status) => {
    const { app } = await testApp();
    const reply = await app.inject({ ...login, headers: { host: 'localhost:8080', ...headers } });
    expect(reply.statusCode).toBe(status);
  });
});

/** A built page in a folder of its own. */
function builtPage(): string {
  const webDir = mkdtempSync(join(tmpdir(), 'kachel-web-'));
  onTestFinished(() => rmSync(webDir, { recursive: true, force: true }));
  mkdirSync(join(webDir, 'assets'));
  writeFileSync(join(webDir, 'index.html'), '<!doctype html><script>var a = 1;</script><p>Kachel</p>');
  writeFileSync(join(webDir, 'assets/app-123.js'), 'export const a = 1;');
  writeFileSync(join(webDir, 'assets/app-123.js.br'), brotliCompressSync('export const a = 1;'));
  return webDir;
}

describe('the page', () => {
  it('comes with a strict policy that knows its inline script by hash', async () => {
    const { app } = await testApp({ config: { webDir: builtPage() } });
    const reply = await app.inject('/');
    const policy = String(reply.headers['content-security-policy']);
    expect(reply.body).toContain('Kachel');
    expect(policy).toMatch(/script-src 'self' 'sha256-[\w+/]+=*';/);
    expect(policy).not.toContain('unsafe');
    expect(reply.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-cache' });
    const again = await app.inject({ url: '/', headers: { 'if-none-match': String(reply.headers.etag) } });
    expect(again.statusCode).toBe(304);
  });

  it('is sent for every address of the router, files are not', async () => {
    const { app } = await testApp({ config: { webDir: builtPage() } });
    expect((await app.inject('/rooms/living')).body).toContain('Kachel');
    expect((await app.inject('/missing.js')).statusCode).toBe(404);
    expect((await app.inject('/api/missing')).json()).toMatchObject({ code: 'not-found' });
  });

  it('sends precompressed files that browsers keep for good', async () => {
    const { app } = await testApp({ config: { webDir: builtPage() } });
    const reply = await app.inject({ url: '/assets/app-123.js', headers: { 'accept-encoding': 'gzip, br' } });
    expect(reply.headers).toMatchObject({
      'content-encoding': 'br',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect(brotliDecompressSync(reply.rawPayload).toString()).toBe('export const a = 1;');
  });

  it.each(['/../package.json', '/%2e%2e/package.json', '/assets/..%2f..%2fpackage.json', '/assets/%00'])(
    'never leads out of its folder: %s',
    async (url) => {
      const { app } = await testApp({ config: { webDir: builtPage() } });
      const reply = await app.inject(url);
      expect(reply.body).not.toContain('dependencies');
    },
  );
});

describe('replies', () => {
  it('are compressed when they are worth it', async () => {
    const { request } = await testApp();
    const reply = await request({ url: '/api/icons?search=light', headers: { 'accept-encoding': 'gzip, br' } });
    expect(reply.headers['content-encoding']).toBe('br');
    const { icons } = JSON.parse(brotliDecompressSync(reply.rawPayload).toString()) as IconsReply;
    expect(icons).toHaveLength(maxIconHits);
  });

  it.each([
    ['application/json', '{', 400, 'bad-request'],
    ['text/plain', 'hello', 400, 'bad-request'],
    ['application/json', JSON.stringify({ name: 'x'.repeat(70_000) }), 413, 'too-large'],
  ])('name what is wrong: %s %.10s', async (type, payload, status, code) => {
    const { app } = await testApp();
    const reply = await app.inject({ method: 'POST', url: '/api/login', payload, headers: { 'content-type': type } });
    expect(reply.json()).toMatchObject({ code });
    expect(reply.statusCode).toBe(status);
  });
});
