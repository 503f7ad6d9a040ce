import { once } from 'node:events';
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { connectAsync } from 'mqtt';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { DeviceSecret } from '../../../shared/api/contract.ts';
import type { Pair } from '../../../server/tls/authority.ts';
import { testPair, testRoot, type TestRoot } from '../../support/test-root.ts';
import { handshake, secureApp, testFolder, type SecureApp } from '../../support/tls.ts';

const patience = { timeout: 10_000, interval: 50 };
let root: TestRoot;
let pairs: readonly [Pair, Pair];

beforeAll(async () => {
  root = await testRoot('Company');
  pairs = [await testPair(root, ['localhost']), await testPair(root, ['localhost'])];
});

interface Files {
  readonly certFile: string;
  readonly keyFile: string;
  write(pair: Partial<Pair>): void;
}

function files(): Files {
  const folder = testFolder();
  const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const write = ({ certPem, keyPem }: Partial<Pair>): void => {
    if (certPem !== undefined) writeFileSync(certFile, certPem);
    if (keyPem !== undefined) writeFileSync(keyFile, keyPem);
  };
  write(pairs[0]);
  return { certFile, keyFile, write };
}

const start = ({ certFile, keyFile }: Files): Promise<SecureApp> =>
  secureApp({ config: { tlsCert: certFile, tlsKey: keyFile } });

async function serial(port: number): Promise<string> {
  const socket = await handshake(port, { ca: root.certPem });
  if (typeof socket === 'string') return socket;
  const { serialNumber } = socket.getPeerCertificate();
  socket.destroy();
  return serialNumber;
}

describe('a certificate of one’s own', () => {
  it('is shown on both ports; the house has no authority then', async () => {
    const { app, httpsPort, mqttsPort, dataDir } = await start(files());
    expect(await serial(mqttsPort)).toBe(await serial(httpsPort));
    expect((await app.inject('/api/trust')).json()).toMatchObject({ source: 'file', names: ['localhost'] });
    expect((await app.inject('/api/trust/kachel.crt')).statusCode).toBe(404);
    expect(() => readFileSync(join(dataDir, 'tls', 'root.key'))).toThrow();
  });

  it('is read anew when it changes, and open connections stay', async () => {
    const folder = files();
    const { httpsPort, mqttsPort, request } = await start(folder);
    const added = await request({ method: 'POST', url: '/api/devices', payload: { name: 'Plug' } });
    const { username, password } = added.json<DeviceSecret>();
    const client = await connectAsync(`mqtts://localhost:${mqttsPort}`, { ca: root.certPem, username, password });
    const held = (await handshake(httpsPort, { ca: root.certPem })) as TLSSocket;
    const before = await serial(httpsPort);
    folder.write(pairs[1]);
    await vi.waitFor(async () => expect(await serial(httpsPort)).not.toBe(before), patience);
    expect(await serial(mqttsPort)).toBe(await serial(httpsPort));
    await client.publishAsync('plug/a', 'still here', { qos: 1 });
    expect(client.connected).toBe(true);
    held.write('GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(String((await once(held, 'data'))[0])).toContain('HTTP/1.1 200');
    held.destroy();
    await client.endAsync(true);
  });

  it('in a folder that is swapped by a link, as certificate tools do', async () => {
    const base = testFolder();
    const place = (name: string, pair: Pair): void => {
      mkdirSync(join(base, name));
      writeFileSync(join(base, name, 'cert.pem'), pair.certPem);
      writeFileSync(join(base, name, 'key.pem'), pair.keyPem);
    };
    place('one', pairs[0]);
    place('two', pairs[1]);
    for (const file of ['cert.pem', 'key.pem']) symlinkSync(join(base, 'one', file), join(base, file));
    const { httpsPort } = await secureApp({
      config: { tlsCert: join(base, 'cert.pem'), tlsKey: join(base, 'key.pem') },
    });
    const before = await serial(httpsPort);
    for (const file of ['cert.pem', 'key.pem']) {
      symlinkSync(join(base, 'two', file), join(base, `${file}.new`));
      renameSync(join(base, `${file}.new`), join(base, file));
    }
    await vi.waitFor(async () => expect(await serial(httpsPort)).not.toBe(before), patience);
  });

  it.each([
    ['half written', (): Partial<Pair> => ({ certPem: pairs[1].certPem.slice(0, 300) })],
    ['empty', (): Partial<Pair> => ({ certPem: '' })],
    ['of another key', (): Partial<Pair> => ({ certPem: pairs[1].certPem })],
    ['a key without its certificate', (): Partial<Pair> => ({ keyPem: pairs[1].keyPem })],
    ['no certificate at all', (): Partial<Pair> => ({ certPem: 'hello' })],
  ])('that is %s is not taken; the former one stays, and the next good one is taken', async (_what, broken) => {
    const folder = files();
    const { app, httpsPort } = await start(folder);
    const before = await serial(httpsPort);
    folder.write(broken());
    await app.tls.check();
    expect(await serial(httpsPort)).toBe(before);
    folder.write(pairs[1]);
    await app.tls.check();
    expect(await serial(httpsPort)).not.toBe(before);
  });

  it('that vanishes does no harm', async () => {
    const folder = files();
    const { app, httpsPort } = await start(folder);
    const before = await serial(httpsPort);
    rmSync(folder.certFile);
    await app.tls.check();
    expect(await serial(httpsPort)).toBe(before);
  });

  it('that is no use at the start stops it, with file and reason', async () => {
    const folder = files();
    folder.write({ keyPem: pairs[1].keyPem });
    await expect(start(folder)).rejects.toMatchObject({ code: 'KACHEL_CERTIFICATE', file: folder.certFile });
    rmSync(folder.keyFile);
    await expect(start(folder)).rejects.toMatchObject({ file: folder.keyFile, message: 'ENOENT' });
  });
});
