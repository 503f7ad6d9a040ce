import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHome } from '../../../server/tls/home.ts';
import type { Place } from '../../../server/tls/names.ts';

const nowMs = Date.UTC(2026, 5, 1);
const dayMs = 86_400_000;
const nas: Place = { machineName: 'nas.fritz.box', publicHosts: ['home.example.org'], addresses: ['192.168.1.5'] };

/** A home authority in a folder of its own; `moveTo` changes what the machine is called and where it is. */
function home(place: Place = nas) {
  const dir = join(mkdtempSync(join(tmpdir(), 'kachel-tls-')), 'tls');
  onTestFinished(() => rmSync(join(dir, '..'), { recursive: true, force: true }));
  const said: string[] = [];
  let here = place;
  const log = { info: (text: string) => void said.push(text), warn: (text: string) => void said.push(text) };
  const open = () => createHome({ dir, place: () => here, log });
  return { dir, said, open, moveTo: (to: Partial<Place>) => void (here = { ...here, ...to }) };
}

describe('the home authority on the disk', () => {
  it('is made once, for names and private addresses of this machine, and only this user can read it', async () => {
    const { dir, open } = home();
    const { root, leaf } = await open().check(nowMs);
    expect(leaf.names).toEqual([
      'kachel.local',
      'localhost',
      'nas.fritz.box',
      'nas.local',
      'home.example.org',
      '127.0.0.1',
      '::1',
      '192.168.1.5',
    ]);
    for (const file of readdirSync(dir)) expect(statSync(join(dir, file)).mode & 0o777, file).toBe(0o600);
    expect(statSync(dir).mode & 0o777).toBe(0o700);
    const again = await open().check(nowMs + dayMs);
    expect([again.root.fingerprint, again.leaf.fingerprint]).toEqual([root.fingerprint, leaf.fingerprint]);
  });

  it('names addresses that people open Kachel by, as in a container that does not know its own', async () => {
    const place = {
      ...nas,
      publicHosts: ['192.168.1.20', 'home.example.org', '203.0.113.7'],
      addresses: ['172.17.0.2'],
    };
    const { leaf } = await home(place).open().check(nowMs);
    expect(leaf.x509.checkIP('192.168.1.20')).toBe('192.168.1.20');
    expect(leaf.x509.checkIP('172.17.0.2')).toBe('172.17.0.2');
    expect(leaf.x509.checkHost('home.example.org')).toBe('home.example.org');
    expect(leaf.x509.subjectAltName).not.toMatch(/DNS:\d|203\.0/);
  });

  it.each([
    ['two thirds of its life are over', {}, 265],
    ['an address is new', { addresses: ['192.168.1.77'] }, 1],
  ])('renews the certificate, not the root, when %s', async (_why, change, days) => {
    const { open, moveTo, said } = home();
    const keeper = open();
    const before = await keeper.check(nowMs);
    moveTo(change);
    const after = await keeper.check(nowMs + days * dayMs);
    expect(after.leaf.fingerprint).not.toBe(before.leaf.fingerprint);
    expect(after.root.fingerprint).toBe(before.root.fingerprint);
    expect(after.leaf.notAfterMs - after.leaf.notBeforeMs).toBeLessThanOrEqual(397 * dayMs);
    expect(said.join()).toMatch(/renewed/);
  });

  it.each([
    [
      'the order of addresses changed',
      { addresses: ['10.0.0.2', '192.168.1.5'] },
      { addresses: ['192.168.1.5', '10.0.0.2'] },
    ],
    ['an address went away', { addresses: ['192.168.1.5', '10.0.0.2'] }, { addresses: ['192.168.1.5'] }],
    ['an address is of the internet', {}, { addresses: ['192.168.1.5', '203.0.113.7', '2001:db8::7'] }],
    ['an address is only for one wire', {}, { addresses: ['192.168.1.5', 'fe80::1'] }],
  ])('leaves everything as it is when %s', async (_why, first, then) => {
    const { open, moveTo } = home({ ...nas, ...first });
    const keeper = open();
    const before = await keeper.check(nowMs);
    moveTo(then);
    expect((await keeper.check(nowMs + dayMs)).leaf.fingerprint).toBe(before.leaf.fingerprint);
  });

  it('leaves out names that came later than the root, and says so once', async () => {
    const { open, moveTo, said } = home();
    const keeper = open();
    await keeper.check(nowMs);
    moveTo({ publicHosts: ['new.example.org', 'nas.lan'] });
    const { leaf } = await keeper.check(nowMs);
    await keeper.check(nowMs);
    expect(leaf.names).toContain('nas.lan');
    expect(leaf.names).not.toContain('new.example.org');
    expect(said.filter((text) => text.includes('new.example.org'))).toHaveLength(1);
  });

  it.each(['server.crt', 'server.key'])('mends a %s that is cut off', async (file) => {
    const { dir, open } = home();
    const { root } = await open().check(nowMs);
    writeFileSync(join(dir, file), readFileSync(join(dir, file)).subarray(0, 100));
    const after = await open().check(nowMs);
    expect(after.root.fingerprint).toBe(root.fingerprint);
    expect(after.leaf.names).toContain('kachel.local');
  });

  it('makes a new root when the old one cannot be read, keeps the rest of it, and says what that means', async () => {
    const { dir, open, said } = home();
    const before = await open().check(nowMs);
    writeFileSync(join(dir, 'root.key'), 'broken');
    const after = await open().check(nowMs);
    expect(after.root.fingerprint).not.toBe(before.root.fingerprint);
    expect(after.leaf.x509.checkIssued(after.root.x509)).toBe(true);
    expect(readFileSync(join(dir, 'root.key.broken'), 'utf8')).toBe('broken');
    expect(said.join()).toContain('phones must trust it anew');
  });

  it('made on a machine whose clock stands in 1970 is still good when the clock is right', async () => {
    const { open } = home();
    const { root, leaf } = await open().check(0);
    const after = await open().check(nowMs);
    expect(after.root.fingerprint).toBe(root.fingerprint);
    expect((await open().check(60_000)).leaf.fingerprint).toBe(leaf.fingerprint);
  });
});
