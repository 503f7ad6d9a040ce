import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCertificate, type Certificate } from '../../../server/tls/certificate.ts';
import type { Shown } from '../../../server/tls/source.ts';
import { createTroubleLog, troubleOf } from '../../../server/tls/trouble.ts';
import type { Snapshot } from '../../../shared/api/contract.ts';
import { testClock } from '../../support/clock.ts';
import { keptLog } from '../../support/log.ts';
import { addPerson } from '../../support/people.ts';
import { testPair, testRoot } from '../../support/test-root.ts';
import { secureApp, testFolder } from '../../support/tls.ts';

const dayMs = 86_400_000;
const nowMs = testClock().now();

/** A certificate that was made so many days ago and lives so long. */
async function pairOf(ageDays: number, lifeDays: number) {
  return testPair(await testRoot('Company'), ['localhost'], { nowMs: nowMs - ageDays * dayMs, lifeDays });
}
async function certificate(ageDays: number, lifeDays: number): Promise<Certificate> {
  const { certPem, keyPem } = await pairOf(ageDays, lifeDays);
  const read = readCertificate(certPem, keyPem);
  if (!read.ok) throw new Error(read.error);
  return read.value;
}

describe('what an owner has to know about the certificate', () => {
  it.each<[string, Shown['source'], number, number, string | undefined, string | undefined]>([
    ['a file that is fresh', 'file', 10, 90, undefined, undefined],
    ['a file with 31 days left', 'file', 334, 365, undefined, undefined],
    ['a file with 29 days left', 'file', 336, 365, undefined, 'ends-soon'],
    ['a file of two days that is half over', 'file', 1, 2, undefined, undefined],
    ['a file of six days with one left', 'file', 5, 6, undefined, 'ends-soon'],
    ['a file that is over', 'file', 91, 90, undefined, 'ended'],
    ['a file whose successor cannot be read', 'file', 10, 90, 'cut off', 'not-renewed'],
    ['one of the internet with 20 days left, which renews itself', 'acme', 70, 90, undefined, undefined],
    ['one of the internet that is not given anew', 'acme', 70, 90, 'refused', 'not-renewed'],
    ['one of the house', 'home', 380, 397, undefined, undefined],
  ])('%s', async (_what, source, ageDays, lifeDays, failure, kind) => {
    const main = await certificate(ageDays, lifeDays);
    const shown: Shown = { source, main, ...(failure === undefined ? {} : { failure }) };
    expect(troubleOf(shown, nowMs)?.kind).toBe(kind);
  });

  it('is said once a day in the log, and again when it is another', () => {
    const lines: string[] = [];
    const tell = createTroubleLog((line) => lines.push(line));
    const soon = { kind: 'ends-soon', notAfterMs: nowMs + 20 * dayMs } as const;
    for (const hours of [0, 1, 23, 25]) tell(soon, nowMs + hours * 3_600_000);
    tell({ kind: 'ended', notAfterMs: nowMs }, nowMs + 26 * 3_600_000);
    tell(undefined, nowMs + 27 * 3_600_000);
    expect(lines).toHaveLength(3);
    expect(lines.at(-1)).toContain('browsers and devices refuse it');
  });

  it('reaches owners with the first picture, and nobody else; health and log say it too', async () => {
    const folder = testFolder();
    const [tlsCert, tlsKey] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
    const { certPem, keyPem } = await pairOf(80, 90);
    writeFileSync(tlsCert, certPem);
    writeFileSync(tlsKey, keyPem);
    const { log, lines } = keptLog();
    const test = await secureApp({ config: { tlsCert, tlsKey }, log });
    const snapshot = (await test.request({ url: '/api/snapshot' })).json<Snapshot>();
    expect(snapshot.certificate).toEqual({ kind: 'ends-soon', notAfterMs: nowMs + 10 * dayMs });
    const member = await addPerson(test, 'Lena');
    expect((await member.request({ url: '/api/snapshot' })).json<Snapshot>().certificate).toBeUndefined();
    expect((await test.app.inject('/api/health')).json()).toMatchObject({ certificate: 'ends-soon' });
    expect(lines.some(({ message }) => message.includes('nobody has renewed it'))).toBe(true);
  });
});
