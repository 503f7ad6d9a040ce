import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDeviceAccounts } from '../../../server/auth/devices.ts';
import { operationsOf } from '../../../server/control/operations.ts';
import { restMs } from '../../../server/selfcheck/selfcheck.ts';
import { allTopics } from '../../../shared/acl/own-topics.ts';
import type { DevicesReply, TopicsReply } from '../../../shared/api/contract.ts';
import type { FindingLine, SelfCheckReply } from '../../../shared/api/selfcheck.ts';
import { testApp, type TestApp, type TestAppOptions } from '../../support/app.ts';
import { testClock } from '../../support/clock.ts';
import { keptLog } from '../../support/log.ts';
import { addPerson } from '../../support/people.ts';
import { publish } from '../../support/publish.ts';
import { connectWire } from '../../support/wire.ts';

const dayMs = 86_400_000;

const stateOf = async ({ request }: TestApp): Promise<SelfCheckReply> =>
  (await request({ url: '/api/selfcheck' })).json();
const repair = ({ request }: TestApp, payload: object) =>
  request({ method: 'POST', url: '/api/selfcheck/repair', payload });

/** Checks as the page does, and tells the lines by what was found. */
async function check(test: TestApp): Promise<ReadonlyMap<string, FindingLine>> {
  test.clock.advance(restMs);
  expect((await test.request({ method: 'POST', url: '/api/selfcheck' })).statusCode).toBe(202);
  return settled(test);
}
async function settled(test: TestApp): Promise<ReadonlyMap<string, FindingLine>> {
  await test.app.selfCheck.settled();
  const { report } = await stateOf(test);
  return new Map(report?.lines.map((line) => [line.finding, line]));
}

function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'kachel-selfcheck-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A house whose clock can be put forward by weeks without running every timer between. */
async function agingApp(options: TestAppOptions = {}): Promise<TestApp & { readonly age: (ms: number) => void }> {
  let agedMs = 0;
  const still = testClock();
  const clock = { ...still, now: () => still.now() + agedMs };
  const test = await testApp({ ...options, clock });
  return { ...test, clock, age: (ms) => void (agedMs += ms) };
}

/** A house that listens on everything it can, on free ports of this machine. */
async function listening(config: TestAppOptions['config'] = {}): Promise<TestApp> {
  const ports = { mqttPort: 0, mqttsPort: 0, httpsPort: 0, dataDir: tempDir() };
  const test = await testApp({ config: { ...ports, ...config } });
  await test.app.listen({ host: '127.0.0.1', port: 0 });
  return test;
}

/** A device that came from a Mosquitto home with its password, however short. */
function addImported({ app }: TestApp, username: string, password: string): void {
  const salt = Buffer.from('twelve bytes');
  const hash = createHash('sha512').update(password).update(salt).digest('base64');
  const secret = `$6$${salt.toString('base64')}$${hash}`;
  const account = { id: username, name: username, username, secret, createdAtMs: 0, rules: [], isBlocked: false };
  createDeviceAccounts(app.store.db).insert(account);
}

describe('the self-check', () => {
  it('has nothing to tell before the first one, and then keeps the last', async () => {
    const test = await testApp();
    expect(await stateOf(test)).toEqual({ serverNowMs: test.clock.now(), isRunning: false });
    await check(test);
    const { isRunning, report } = await stateOf(test);
    expect([isRunning, report?.atMs]).toEqual([false, test.clock.now()]);
  });

  it('rests between two checks, and joins one that runs', async () => {
    const test = await testApp();
    const start = () => test.request({ method: 'POST', url: '/api/selfcheck' });
    const [first, second] = await Promise.all([start(), start()]);
    expect([first.statusCode, second.statusCode]).toEqual([202, 202]);
    expect(second.json()).toMatchObject({ isRunning: true });
    await test.app.selfCheck.settled();
    expect((await start()).json()).toMatchObject({ code: 'too-many-tries' });
    test.clock.advance(restMs);
    expect((await start()).statusCode).toBe(202);
    await test.app.selfCheck.settled();
  });

  it('ends with the server, in the middle of guessing', async () => {
    const test = await testApp();
    await test.request({ method: 'POST', url: '/api/selfcheck' });
    await test.app.close();
    await test.app.selfCheck.settled();
    expect(test.app.selfCheck.state().report?.lines.map(({ finding }) => finding)).not.toContain('check-failed');
  });

  it('tells of a check that cannot look, and goes on', async () => {
    const { log, lines } = keptLog();
    const test = await testApp({ log });
    test.app.store.db.exec('DROP TABLE app_password');
    const found = await check(test);
    expect(found.get('check-failed')).toMatchObject({ params: { name: expect.any(String) as string } });
    expect(found.has('files-closed')).toBe(true);
    expect(lines).toContainEqual(expect.objectContaining({ message: 'A check could not look.' }));
  });
});

describe('nobody gets in without a name', () => {
  it('on every listener, and being turned away is no news', async () => {
    const test = await listening();
    const found = await check(test);
    const doors = found.get('doors-closed')?.params['doors'];
    expect(doors).toMatch(/^MQTT \d+, MQTT \+ TLS \d+, WebSocket \d+, WebSocket \+ TLS \d+$/);
    const devices = (await test.request({ url: '/api/devices' })).json<DevicesReply>();
    expect(devices.turnedAway).toEqual([]);
    expect(test.app.broker.figures().connectionsRefused['no-credentials']).toBe(4);
    expect(test.app.broker.figures().connectionsRefused['bad-credentials']).toBe(4);
  });

  it('but with --allow-anonymous everybody does, on all four', async () => {
    const found = await check(await listening({ allowAnonymous: true }));
    expect(found.get('door-open')?.params['n']).toBe(4);
    expect(found.has('doors-closed')).toBe(false);
  });

  it('on plain ports that only lead to HTTPS', async () => {
    const { selfCheck } = (await listening({ httpPlain: 'redirect', mqttPlain: 'off' })).app;
    selfCheck.start();
    await selfCheck.settled();
    const closed = selfCheck.state().report?.lines.find(({ finding }) => finding === 'doors-closed');
    expect(closed?.params['doors']).toMatch(/^MQTT \+ TLS \d+, WebSocket \d+, WebSocket \+ TLS \d+$/);
  });
});

describe('who reads everything', () => {
  it('is named', async () => {
    const test = await testApp();
    await test.app.devices.add('Logger', { rules: [{ access: 'read', filter: '#' }] });
    expect((await check(test)).get('readers-known')?.params).toEqual({ n: 2, names: 'Anna, Logger' });
  });

  it('is too much for a device that may send everything too', async () => {
    const test = await testApp();
    const added = await test.app.devices.add('Old bridge', { rules: allTopics });
    const id = added.ok ? added.value.id : '';
    const found = await check(test);
    expect(found.get('wide-devices')).toMatchObject({
      params: { n: 1, names: 'Old bridge' },
      subject: { kind: 'device', id },
    });
    expect(found.has('readers-known')).toBe(false);
    test.app.devices.change(id, { rules: [{ access: 'readwrite', filter: 'bridge/#' }] });
    expect((await check(test)).get('readers-known')?.params).toEqual({ n: 1, names: 'Anna' });
  });

  it('is told of a guest whom a rule lets read all', async () => {
    const test = await testApp();
    const guest = await addPerson(test, 'Paul', { role: 'guest' });
    const payload = { rules: [{ access: 'read', filter: '#' }] };
    await test.request({ method: 'PATCH', url: `/api/people/${guest.id}`, payload });
    expect((await check(test)).get('wide-people')).toMatchObject({
      params: { n: 1, names: 'Paul' },
      subject: { kind: 'person', id: guest.id },
    });
  });
});

describe('passwords that everybody guesses', () => {
  it('are found for people and for devices from elsewhere, and never told', async () => {
    const test = await testApp();
    await test.app.auth.addUser('Ben', 'Passwort123');
    addImported(test, 'plug', 'mqtt');
    await test.app.auth.addUser('Carla', 'carla12345');
    test.clock.advance(restMs);
    await test.request({ method: 'POST', url: '/api/selfcheck' });
    await test.app.selfCheck.settled();
    const reply = await test.request({ url: '/api/selfcheck' });
    const weak = reply.json<SelfCheckReply>().report?.lines.filter(({ finding }) => finding === 'weak-password');
    expect(weak?.map(({ params }) => params)).toEqual([{ name: 'Ben' }, { name: 'Carla' }, { name: 'plug' }]);
    expect(weak?.map(({ subject }) => subject?.kind)).toEqual(['person', 'person', 'device']);
    expect(reply.body).not.toMatch(/Passwort123|carla12345/);
    await test.app.auth.resetUser('Ben');
    await test.app.auth.resetUser('Carla');
    test.app.devices.remove('plug');
    expect((await check(test)).get('passwords-strong')?.params).toMatchObject({ n: 3 });
  });

  it('are not looked for behind those that Kachel makes, nor where nobody comes in', async () => {
    const test = await testApp();
    await test.app.devices.add('Made');
    addImported(test, 'blocked', 'mqtt');
    test.app.devices.change('blocked', { isBlocked: true });
    const ended = await addPerson(test, 'password12', { role: 'member' });
    await test.request({ method: 'POST', url: `/api/people/${ended.id}/end` });
    expect((await check(test)).get('passwords-strong')?.params).toMatchObject({ n: 1, made: 1 });
  });

  it('are tried once for as long as they are the same, so many at a time', async () => {
    const test = await testApp();
    const names = Array.from({ length: 16 }, (_one, index) => `plug${index}`);
    for (const name of names) addImported(test, name, `not in any list: ${name}`);
    const first = await check(test);
    const { n, tried } = first.get('passwords-untried')?.params ?? {};
    expect(Number(n)).toBeGreaterThan(0);
    expect(Number(n) + Number(tried)).toBe(17);
    let found = first;
    for (let looks = 0; looks < 5 && found.has('passwords-untried'); looks++) found = await check(test);
    expect(found.get('passwords-strong')?.params).toMatchObject({ n: 17 });
    const { guesses } = found.get('passwords-strong')?.params ?? {};
    expect((await check(test)).get('passwords-strong')?.params).toMatchObject({ guesses });
  });
});

describe('secrets on topics', () => {
  it('are told with who may read them, never with what they are, and go when they are cleared', async () => {
    const test = await testApp();
    await publish(test.app, 'tele/plug7/INFO2', '{"Info2":{"SSId":"Home","Password":"hunter2-hunter2"}}', true);
    await publish(test.app, 'house/lamp', 'ON', true);
    const line = (await check(test)).get('secret-wifi');
    expect(line).toEqual({
      finding: 'secret-wifi',
      params: { topic: 'tele/plug7/INFO2', n: 1 },
      subject: { kind: 'topic', id: 'tele/plug7/INFO2' },
    });
    expect((await test.request({ url: '/api/selfcheck' })).body).not.toContain('hunter2');
    expect((await repair(test, { finding: 'secret', topic: 'tele/plug7/INFO2' })).statusCode).toBe(204);
    expect(test.app.broker.retained('tele/plug7/INFO2')).toBeUndefined();
    expect((await settled(test)).get('secrets-none')?.params).toEqual({ n: 1 });
    const topics = (await test.request({ url: '/api/topics?search=INFO2' })).json<TopicsReply>();
    expect(JSON.stringify(topics)).not.toContain('hunter2');
  });

  it('are the only messages that the self-check takes away', async () => {
    const test = await testApp();
    await publish(test.app, 'house/lamp', 'ON', true);
    expect((await repair(test, { finding: 'secret', topic: 'house/lamp' })).json()).toMatchObject({
      code: 'not-found',
    });
    expect((await repair(test, { finding: 'secret', topic: 'nothing/here' })).json()).toMatchObject({
      code: 'not-found',
    });
    expect(test.app.broker.retained('house/lamp')).toBeDefined();
  });
});

describe('encryption', () => {
  const connect = async ({ app }: TestApp, name: string, origin: { via: 'tcp' | 'tls'; remoteAddress: string }) => {
    const added = await app.devices.add(name);
    const { username, password } = added.ok ? added.value : { username: '', password: '' };
    const connectAs = { username, password: Buffer.from(password) };
    await connectWire(app.broker, { clientId: name, origin, connect: connectAs });
  };

  it('is missing for a device of this home, and worse for one from elsewhere', async () => {
    const test = await testApp();
    await connect(test, 'Safe', { via: 'tls', remoteAddress: '192.168.1.4' });
    await connect(test, 'Here', { via: 'tcp', remoteAddress: '127.0.0.1' });
    expect((await check(test)).get('devices-encrypted')?.params).toEqual({ n: 2 });
    await connect(test, 'Plug', { via: 'tcp', remoteAddress: '192.168.1.5' });
    await connect(test, 'Far', { via: 'tcp', remoteAddress: '203.0.113.9' });
    const found = await check(test);
    expect(found.get('plain-devices')?.params).toEqual({ n: 1, names: 'Plug' });
    expect(found.get('plain-from-outside')?.params).toEqual({ n: 1, names: 'Far' });
    expect(found.has('devices-encrypted')).toBe(false);
  });

  it('was missing for logins over plain HTTP, for a week', async () => {
    const test = await agingApp();
    expect((await check(test)).get('logins-encrypted')?.params).toEqual({ sinceMs: 1_700_000_000_000 });
    const lena = await addPerson(test, 'Lena');
    await lena.request({ url: '/api/snapshot', remoteAddress: '192.168.1.7' });
    expect((await check(test)).get('plain-logins')?.params).toEqual({ n: 1, names: 'Lena' });
    test.age(7 * dayMs);
    expect((await check(test)).has('logins-encrypted')).toBe(true);
  });

  it('is there with a certificate that renews itself, and missing without one', async () => {
    expect((await check(await testApp())).has('certificate-none')).toBe(true);
    const test = await listening();
    const end = test.app.tls.shown()?.main.notAfterMs;
    expect((await check(test)).get('certificate-renews')?.params).toEqual({ endMs: end });
  });
});

describe('what lies on the disk', () => {
  it.runIf(process.platform !== 'win32')('is closed to others with one tap', async () => {
    const dataDir = tempDir();
    const databaseFile = join(dataDir, 'kachel.db');
    const test = await testApp({ config: { dataDir }, databaseFile });
    expect((await check(test)).has('files-closed')).toBe(true);
    chmodSync(databaseFile, 0o644);
    expect((await check(test)).get('files-open')?.params).toEqual({ n: 1, names: 'kachel.db' });
    expect((await repair(test, { finding: 'files' })).statusCode).toBe(204);
    expect((await settled(test)).has('files-closed')).toBe(true);
    expect(statSync(databaseFile).mode & 0o777).toBe(0o600);
  });

  it('is copied now and then, and the copy opens', async () => {
    const dataDir = tempDir();
    const test = await agingApp({ config: { dataDir }, databaseFile: join(dataDir, 'kachel.db') });
    expect((await check(test)).has('backup-none')).toBe(true);
    const reply = await operationsOf(test.app, dataDir).backup({});
    const { path } = (reply.ok ? reply.value : {}) as { path: string };
    const facts = { atMs: test.clock.now(), sizeBytes: readFileSync(path).length };
    expect((await check(test)).get('backup-fresh')?.params).toEqual(facts);
    test.age(31 * dayMs);
    expect((await check(test)).get('backup-old')?.params).toEqual(facts);
  });

  it('tells of logins that nobody uses any more', async () => {
    const test = await agingApp();
    await addPerson(test, 'Lena');
    expect((await check(test)).has('logins-forgotten')).toBe(false);
    test.age(31 * dayMs);
    expect((await check(test)).get('logins-forgotten')?.params).toEqual({ n: 1, names: 'Lena' });
  });
});
