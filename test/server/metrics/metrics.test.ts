import { describe, expect, test } from 'vitest';
import { testApp, type TestApp } from '../../support/app.ts';
import { readExposition, type ReadFamily } from '../../support/exposition.ts';
import { addPerson } from '../../support/people.ts';
import { connectWire, openWire } from '../../support/wire.ts';

const metricsToken = 'a-token-for-the-tests';
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

const withToken = (config: object = {}): Promise<TestApp> => testApp({ config: { metricsToken, ...config } });
const scrape = async ({ app }: TestApp): Promise<readonly ReadFamily[]> => {
  const reply = await app.inject({ url: '/metrics', headers: bearer(metricsToken) });
  expect(reply.statusCode).toBe(200);
  return readExposition(reply.body);
};
const valueOf = (families: readonly ReadFamily[], name: string, labels: object = {}): number | undefined => {
  const samples = families.flatMap((family) => family.samples).filter((sample) => sample.name === name);
  return samples.find((sample) => JSON.stringify(sample.labels) === JSON.stringify(labels))?.value;
};

describe('who may read /metrics', () => {
  test('nobody without login and token', async () => {
    const { app } = await withToken();
    expect((await app.inject({ url: '/metrics' })).statusCode).toBe(401);
  });

  test('owners, not members', async () => {
    const it = await withToken();
    const member = await addPerson(it, 'Lena', { role: 'member' });
    expect((await it.request({ url: '/metrics' })).statusCode).toBe(200);
    expect((await member.request({ url: '/metrics' })).statusCode).toBe(403);
  });

  test('whoever has the token, as text that is not kept', async () => {
    const { app } = await withToken();
    const reply = await app.inject({ url: '/metrics', headers: bearer(metricsToken) });
    expect(reply.statusCode).toBe(200);
    expect(reply.headers).toMatchObject({
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      'cache-control': 'no-store',
    });
  });

  test.each(['wrong', `${metricsToken}x`, metricsToken.slice(1), ''])('no other token: %j', async (token) => {
    const { app } = await withToken();
    expect((await app.inject({ url: '/metrics', headers: bearer(token) })).statusCode).toBe(401);
  });

  test('no token at all when none was set', async () => {
    const { app } = await testApp();
    for (const token of ['undefined', metricsToken])
      expect((await app.inject({ url: '/metrics', headers: bearer(token) })).statusCode).toBe(401);
  });

  test('guessing is slowed down for that address alone, and the token opens nothing else', async () => {
    const { app } = await withToken();
    const guess = (token: string, remoteAddress: string) =>
      app.inject({ url: '/metrics', remoteAddress, headers: bearer(token) });
    for (let tries = 0; tries < 5; tries++) expect((await guess('wrong', '192.0.2.1')).statusCode).toBe(401);
    expect((await guess(metricsToken, '192.0.2.1')).statusCode).toBe(429);
    expect((await guess(metricsToken, '192.0.2.2')).statusCode).toBe(200);
    expect((await app.inject({ url: '/api/snapshot', headers: bearer(metricsToken) })).statusCode).toBe(401);
  });
});

describe('what /metrics tells', () => {
  test('names and types go together, and everything has help', async () => {
    const families = await scrape(await withToken());
    expect(families.length).toBeGreaterThan(30);
    for (const { name, type, help } of families) {
      expect(name, name).toMatch(/^(kachel|process|nodejs)_[a-z0-9_]+$/);
      expect(name.endsWith('_total'), name).toBe(type === 'counter');
      expect(help, name).toMatch(/\.$/);
    }
  });

  test('clients by protocol and listener, refusals by reason, messages and bytes', async () => {
    const it = await withToken({ allowAnonymous: true });
    const { broker } = it.app;
    const origin = { remoteAddress: '127.0.0.1', via: 'tls' } as const;
    const wire = await connectWire(broker, { clientId: 'one', version: 5, origin });
    await connectWire(broker, { clientId: 'two', origin });
    openWire(broker);
    const stranger = openWire(broker);
    stranger.send(Buffer.from('GET / HTTP/1.1\r\n\r\n'));
    await stranger.closed;
    const before = await scrape(it);
    wire.send({ cmd: 'publish', topic: 'a', payload: 'xyz', qos: 0, dup: false, retain: true });
    wire.send({ cmd: 'publish', topic: '$SYS/a', payload: 'xyz', qos: 0, dup: false, retain: true });
    await wire.expectNothing();
    const families = await scrape(it);
    const grown = (name: string): number => (valueOf(families, name) ?? NaN) - (valueOf(before, name) ?? NaN);
    expect(valueOf(families, 'kachel_mqtt_connections', { protocol: '5.0', listener: 'tls' })).toBe(1);
    expect(valueOf(families, 'kachel_mqtt_connections', { protocol: '3.1.1', listener: 'tls' })).toBe(1);
    expect(valueOf(families, 'kachel_mqtt_half_open_connections')).toBe(1);
    expect(valueOf(families, 'kachel_mqtt_connections_accepted_total')).toBe(2);
    expect(valueOf(families, 'kachel_mqtt_connections_refused_total', { reason: 'protocol' })).toBe(1);
    expect(grown('kachel_mqtt_messages_received_total')).toBe(2);
    expect(grown('kachel_mqtt_retained_messages')).toBe(1);
    expect(grown('kachel_mqtt_received_bytes_total')).toBeGreaterThan(10);
    expect(valueOf(families, 'kachel_mqtt_messages_dropped_total', { reason: 'not-authorized' })).toBe(1);
  });

  test('what waits for a client that is away, how long storing took, and the limits', async () => {
    const it = await withToken({ allowAnonymous: true });
    const { broker } = it.app;
    const origin = { remoteAddress: '127.0.0.1' };
    const away = await connectWire(broker, { clientId: 'away', origin, connect: { clean: false } });
    away.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'a', qos: 1 }] });
    await away.expect('suback');
    away.cut();
    await away.closed;
    await broker.publish({ topic: 'a', payload: Buffer.from('1234'), qos: 1, retain: false });
    const families = await scrape(it);
    expect(valueOf(families, 'kachel_mqtt_queued_messages')).toBe(1);
    expect(valueOf(families, 'kachel_mqtt_queued_bytes')).toBe(4);
    expect(valueOf(families, 'kachel_mqtt_sessions')).toBe(1);
    expect(valueOf(families, 'kachel_store_commit_seconds_count')).toBeGreaterThan(0);
    expect(valueOf(families, 'kachel_store_healthy')).toBe(1);
    expect(valueOf(families, 'kachel_mqtt_limit', { limit: 'max-queued-messages' })).toBe(10_000);
    expect(valueOf(families, 'kachel_mqtt_limit_exceeded_total', { limit: 'max-queued-messages' })).toBe(0);
  });

  test('the process, and its event loop once it is watched', async () => {
    const it = await withToken();
    const first = await scrape(it);
    expect(valueOf(first, 'process_resident_memory_bytes')).toBeGreaterThan(1e6);
    expect(valueOf(first, 'nodejs_eventloop_lag_p99_seconds')).toBe(0);
    await expect
      .poll(async () => valueOf(await scrape(it), 'nodejs_eventloop_lag_max_seconds'), { timeout: 10_000 })
      .toBeGreaterThan(0);
  });

  test('requests that were refused, by reason', async () => {
    const it = await withToken();
    await it.app.inject({ url: '/metrics', headers: bearer('wrong') });
    expect(valueOf(await scrape(it), 'kachel_http_requests_refused_total', { reason: 'wrong-login' })).toBe(1);
  });
});
