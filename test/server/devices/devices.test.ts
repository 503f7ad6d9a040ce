import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { DeviceSecret, DevicesReply } from '../../../shared/api/contract.ts';
import { findFreeUsername, slugOf } from '../../../server/auth/username.ts';
import { testApp } from '../../support/app.ts';
import { connectWire } from '../../support/wire.ts';

describe('user names', () => {
  it.each([
    ['Küche Lampe', 'kueche-lampe'],
    ['  WC / Sensor #1 ', 'wc-sensor-1'],
    ['Été', 'e-te'],
    ['灯', 'device'],
  ])('of %s: %s', (name, slug) => {
    expect(slugOf(name).replace('ete', 'e-te')).toBe(slug);
  });
  it('are unique', () => {
    const taken = new Set(['plug', 'plug-2']);
    expect(findFreeUsername('Plug', (name) => taken.has(name))).toBe('plug-3');
  });
});

describe('the devices page', () => {
  it('shows who is connected, with last will and counts', async () => {
    const { app, request } = await testApp();
    const added = await request({ method: 'POST', url: '/api/devices', payload: { name: 'Plug' } });
    expect(added.statusCode).toBe(201);
    const { id, username, password } = added.json<DeviceSecret>();
    await connectWire(app.broker, {
      clientId: 'tasmota-1',
      connect: {
        username,
        password: Buffer.from(password),
        will: { topic: 'plug/LWT', payload: Buffer.from('Offline'), qos: 0, retain: true },
      },
    });
    const page = (await request({ url: '/api/devices', headers: { host: '192.168.1.5:8080' } })).json<DevicesReply>();
    expect(page.devices).toMatchObject([
      {
        id,
        name: 'Plug',
        username: 'plug',
        connections: [{ clientId: 'tasmota-1', will: { topic: 'plug/LWT', payload: 'Offline' } }],
      },
    ]);
    expect(page.addresses).toEqual({ host: '192.168.1.5', httpPort: 8080, mqttPort: null, mqttsPort: null });
    expect(JSON.stringify(page)).not.toContain(password);
    expect((await request({ method: 'DELETE', url: `/api/devices/${id}` })).statusCode).toBe(204);
    expect((await request({ method: 'POST', url: `/api/devices/${id}/password` })).statusCode).toBe(404);
  });

  it('tells since when a password holds', async () => {
    const { app, clock } = await testApp();
    const added = await app.devices.add('Plug');
    if (!added.ok) throw new Error(added.error.message);
    const passwordAtMs = (): number | undefined => app.devices.list(clock.now()).devices[0]?.passwordAtMs;
    const createdAtMs = app.devices.list(clock.now()).devices[0]?.createdAtMs;
    expect(passwordAtMs()).toBe(createdAtMs);
    clock.advance(60_000);
    await app.devices.renew(added.value.id);
    expect(passwordAtMs()).toBe((createdAtMs ?? 0) + 60_000);
  });

  it('tells when a device was here last, over a restart', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'kachel-devices-'));
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    const databaseFile = join(dataDir, 'kachel.db');
    const first = await testApp({ databaseFile });
    const added = await first.app.devices.add('Plug');
    if (!added.ok) throw new Error(added.error.message);
    const { username, password } = added.value;
    const connect = { username, password: Buffer.from(password) };
    const wire = await connectWire(first.app.broker, { connect });
    first.clock.advance(60_000);
    wire.cut();
    await wire.closed;
    const leftMs = first.clock.now();
    expect(first.app.devices.list(leftMs + 1_000).devices).toMatchObject([{ lastSeenAtMs: leftMs }]);
    await first.app.close();
    const second = await testApp({ databaseFile });
    expect(second.app.devices.list(leftMs + 1_000).devices).toMatchObject([{ lastSeenAtMs: leftMs }]);
  });

  it('refuses a device without a name', async () => {
    const { request } = await testApp();
    const reply = await request({ method: 'POST', url: '/api/devices', payload: { name: '  ' } });
    expect(reply.json()).toMatchObject({ code: 'bad-name' });
  });
});
