import { once } from 'node:events';
import { X509Certificate } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeLeaf, makeRoot, type Pair } from '../../../server/tls/authority.ts';
import { rangeBytes } from '../../../server/tls/name-constraints.ts';

const violation = 'permitted subtree violation';
const nowMs = Date.now();
const dayMs = 86_400_000;
let root: Pair;

beforeAll(async () => {
  root = await makeRoot({ commonName: 'Kachel nas', names: ['kachel.local', 'localhost', 'nas'], nowMs });
});

/** What OpenSSL, which is in Node, says about a server that shows this certificate under that name. */
async function verdict(pair: Pair, name: string): Promise<string> {
  const server = createServer({ cert: pair.certPem, key: pair.keyPem }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const isAddress = /^[\d.]+$|:/.test(name);
  const socket = connect({
    port,
    host: '127.0.0.1',
    ca: root.certPem,
    ...(isAddress ? {} : { servername: name }),
    checkServerIdentity: () => undefined,
  });
  const said = await once(socket, 'secureConnect').then(
    () => 'trusted',
    (error: unknown) => (error instanceof Error ? error.message : ''),
  );
  socket.destroy();
  server.close();
  return said;
}

describe('the home authority', () => {
  it.each([
    [['kachel.local'], 'trusted'],
    [['kachel.local', 'localhost', 'nas', '192.168.1.5', '10.0.0.1', '127.0.0.1', '::1', 'fd00::2'], 'trusted'],
    [['www.kachel.local'], 'trusted'],
    [['example.com'], violation],
    [['kachel.local', 'example.com'], violation],
    [['other.local'], violation],
    [['notkachel.local'], violation],
    [['8.8.8.8'], violation],
    [['172.32.0.1'], violation],
    [['2001:db8::1'], violation],
  ])('vouches for %j: %s', async (names, said) => {
    expect(await verdict(await makeLeaf(root, names, nowMs), names[0] ?? '')).toBe(said);
  });

  it('cannot make further authorities', async () => {
    const x509 = new X509Certificate(root.certPem);
    expect(x509.ca).toBe(true);
    const middle = await makeRoot({ commonName: 'Middle', names: ['kachel.local'], nowMs });
    const under = await makeLeaf(middle, ['kachel.local'], nowMs);
    expect(await verdict(under, 'kachel.local')).not.toBe('trusted');
  });

  it('lives ten years, its certificates at most 397 days, also on a clock that was behind', async () => {
    const leaf = new X509Certificate((await makeLeaf(root, ['kachel.local'], nowMs)).certPem);
    const lifeMs = (one: X509Certificate): number => Date.parse(one.validTo) - Date.parse(one.validFrom);
    expect(lifeMs(new X509Certificate(root.certPem)) / dayMs).toBeCloseTo(3_651, 0);
    expect(lifeMs(leaf)).toBeLessThanOrEqual(397 * dayMs);
    expect(Date.parse(leaf.validFrom)).toBeLessThan(nowMs);
  });

  it('uses keys on P-256', async () => {
    const { asymmetricKeyType, asymmetricKeyDetails } = new X509Certificate(root.certPem).publicKey;
    expect([asymmetricKeyType, asymmetricKeyDetails?.namedCurve]).toEqual(['ec', 'prime256v1']);
  });
});

describe('an address range in a certificate', () => {
  it.each([
    ['172.16.0.0', 12, 'ac100000fff00000'],
    ['127.0.0.0', 8, '7f000000ff000000'],
    ['fc00::', 7, `fc00${'00'.repeat(14)}fe${'00'.repeat(15)}`],
    ['fe80::', 10, `fe80${'00'.repeat(14)}ffc0${'00'.repeat(14)}`],
    ['::1', 128, `${'00'.repeat(15)}01${'ff'.repeat(16)}`],
  ])('%s/%i', (network, prefixBits, hex) => {
    expect(rangeBytes({ network, prefixBits }).toString('hex')).toBe(hex);
  });
});
