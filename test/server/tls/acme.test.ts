import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { TrustReply } from '../../../shared/api/trust.ts';
import { createAcmeSource } from '../../../server/tls/acme-source.ts';
import { readCertificate } from '../../../server/tls/certificate.ts';
import { listenForChallenges, type Challenges } from '../../../server/tls/challenges.ts';
import type { Shown } from '../../../server/tls/source.ts';
import { acmeServer } from '../../support/acme-server.ts';
import { freePort } from '../../support/kachel.ts';
import { testPair, testRoot } from '../../support/test-root.ts';
import { ask, handshake, secureApp, testFolder } from '../../support/tls.ts';

const names = ['home.example.org', 'www.example.org'];
const [name = ''] = names;
const minuteMs = 60_000;
const dayMs = 86_400_000;
const startMs = Date.UTC(2026, 5, 1);
const patience = { timeout: 20_000, interval: 20 };
vi.setConfig({ testTimeout: 40_000 });

let base: Shown;
beforeAll(async () => {
  const pair = await testPair(await testRoot('Home'), ['kachel.local']);
  const main = readCertificate(pair.certPem, pair.keyPem);
  if (!main.ok) throw new Error(main.error);
  base = { source: 'home', main: main.value };
});

/** The source alone, with a clock of its own, and the authority it orders from. */
async function source(options: { canAnswer?: boolean; leavesOut?: string } = {}) {
  let nowMs = startMs;
  let isOpen = options.canAnswer ?? true;
  const challenges: Challenges = new Map();
  const listener = await listenForChallenges({
    host: '127.0.0.1',
    port: 0,
    challenges,
    secureAddress: () => undefined,
  });
  onTestFinished(() => listener.dispose());
  const nowhere = await freePort();
  const { leavesOut } = options;
  const authority = await acmeServer({
    challengePort: () => (isOpen ? listener.port : nowhere),
    nowMs: () => nowMs,
    ...(leavesOut !== undefined && { leavesOut }),
  });
  const dir = join(testFolder(), 'tls');
  const lines: string[] = [];
  const log = { info: (line: string) => void lines.push(line), warn: (line: string) => void lines.push(line) };
  const open = () => {
    const home = { check: async () => base };
    const { directoryUrl } = authority;
    const one = createAcmeSource({ dir, names, email: 'anna@example.org', directoryUrl, challenges, home, log });
    one.begin();
    return one;
  };
  /** Looks as the keeper does, until the log has so many lines. */
  const lookUntil = async (one: ReturnType<typeof open>, count: number): Promise<Shown> => {
    await one.check(nowMs);
    await vi.waitFor(() => expect(lines).toHaveLength(count), patience);
    return one.check(nowMs);
  };
  const later = (ms: number): void => void (nowMs += ms);
  return { authority, dir, lines, open, lookUntil, later, letIn: () => void (isOpen = true), now: () => nowMs };
}

describe('a certificate from an ACME authority', () => {
  it('is ordered when there is none, and kept over a restart, all of it for this user only', async () => {
    const { authority, dir, open, lookUntil, lines, now } = await source();
    const first = open();
    const shown = await lookUntil(first, 1);
    expect(shown).toMatchObject({ source: 'acme', main: { names: ['kachel.local'] }, named: { names } });
    expect(lines).toEqual(['There is a certificate for home.example.org, www.example.org.']);
    for (const file of ['acme-account.key', 'acme.key', 'acme.crt']) {
      expect(statSync(join(dir, file)).mode & 0o777).toBe(0o600);
    }
    expect((await open().check(now())).named?.fingerprint).toBe(shown.named?.fingerprint);
    expect(authority.issued()).toBe(1);
  });

  it('is renewed when two thirds of its life are over, by the same account, also after a restart', async () => {
    const { authority, dir, open, lookUntil, later, now } = await source();
    const { named } = await lookUntil(open(), 1);
    const account = readFileSync(join(dir, 'acme-account.key'), 'utf8');
    const next = open();
    later(59 * dayMs);
    await next.check(now());
    expect(authority.issued()).toBe(1);
    later(2 * dayMs);
    const renewed = await lookUntil(next, 2);
    expect(renewed.named?.fingerprint).not.toBe(named?.fingerprint);
    expect([authority.issued(), authority.accounts.size]).toEqual([2, 1]);
    expect(readFileSync(join(dir, 'acme-account.key'), 'utf8')).toBe(account);
  });

  it('that cannot be had is asked for again, later and later; the house goes on with its own', async () => {
    const { open, lookUntil, later, letIn, lines, now } = await source({ canAnswer: false });
    const one = open();
    expect(await lookUntil(one, 1)).toMatchObject(base);
    expect(lines[0]).toMatch(/^No certificate for home\.example\.org, .*Next try in 10 minutes\.$/);
    later(9 * minuteMs);
    await one.check(now());
    expect(lines).toHaveLength(1);
    later(2 * minuteMs);
    await lookUntil(one, 2);
    expect(lines[1]).toMatch(/Next try in 20 minutes\.$/);
    letIn();
    later(21 * minuteMs);
    expect(await lookUntil(one, 3)).toMatchObject({ source: 'acme' });
  });

  it('without all the names is not taken, and not ordered again at once', async () => {
    const { authority, open, lookUntil, later, lines, now } = await source({ leavesOut: names[1] ?? '' });
    const one = open();
    expect(await lookUntil(one, 1)).toMatchObject(base);
    expect(lines[0]).toContain('the authority left out www.example.org');
    later(5 * minuteMs);
    await one.check(now());
    expect(authority.issued()).toBe(1);
  });

  it('that is over is not shown any more', async () => {
    const { open, lookUntil, later, now } = await source();
    const one = open();
    await lookUntil(one, 1);
    later(91 * dayMs);
    expect(await one.check(now())).toBe(base);
  });
});

describe('a house with --acme', () => {
  async function house() {
    const port = await freePort();
    const authority = await acmeServer({ challengePort: () => port, nowMs: () => Date.now() });
    const acmeDirectory = authority.directoryUrl;
    const config = { dataDir: testFolder(), acme: true, acmeDirectory, acmePort: port, publicHosts: names };
    return { authority, port, start: () => secureApp({ config }) };
  }

  it('shows it to whoever asks for the name, and its own to everybody else', async () => {
    const { authority, start, port } = await house();
    const { app, httpsPort, ca } = await start();
    const trust = async (): Promise<TrustReply> => (await app.inject('/api/trust')).json();
    await vi.waitFor(async () => expect((await trust()).source).toBe('acme'), patience);
    expect((await trust()).names).toEqual(expect.arrayContaining([...names, 'kachel.local']));
    const shown = await handshake(httpsPort, { servername: name, ca: authority.ca });
    expect(typeof shown === 'string' ? shown : shown.getPeerCertificate().subject.CN).toBe(name);
    if (typeof shown !== 'string') shown.destroy();
    expect((await ask(httpsPort, '/api/health', { ca })).status).toBe(200);
    const get = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual' });
    expect((await get('/.well-known/acme-challenge/unknown')).status).toBe(404);
    expect((await get('/.well-known/acme-challenge/..%2f..%2fetc')).status).toBe(404);
    const led = await get('/room/living');
    expect([led.status, led.headers.get('location')]).toEqual([307, `https://127.0.0.1:${httpsPort}/room/living`]);
  });

  it('says plainly when its port is taken', async () => {
    const { start, port } = await house();
    const blocker = createServer().listen(port, '127.0.0.1');
    await once(blocker, 'listening');
    onTestFinished(() => void blocker.close());
    await expect(start()).rejects.toMatchObject({ code: 'KACHEL_ACME_PORT_TAKEN', port });
  });
});
