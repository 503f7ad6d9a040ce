import { describe, expect, it } from 'vitest';
import type { Principal } from '../../../server/broker/engine/engine.ts';
import { testApp } from '../../support/app.ts';
import { connectWire, openWire } from '../../support/wire.ts';

const credentials = (username: string, password: string) => ({
  connect: { username, password: Buffer.from(password) },
});
const person: Principal = { kind: 'person', id: 'p', name: 'Anna' };

describe('MQTT clients', () => {
  it('come in as devices, with the password that was shown once', async () => {
    const { app } = await testApp();
    const added = await app.devices.add('Küche Lampe');
    const { username, password } = added.ok ? added.value : { username: '', password: '' };
    expect(username).toBe('kueche-lampe');
    const wire = await connectWire(app.broker, credentials(username, password));
    expect(app.broker.clients()).toMatchObject([{ principal: { kind: 'device', name: 'Küche Lampe' } }]);
    await expect(connectWire(app.broker, credentials(username, 'wrong'))).rejects.toThrow('refused');
    wire.cut();
  });

  it('are cut off at once by a new password and by their removal', async () => {
    const { app } = await testApp();
    const added = await app.devices.add('Plug', { password: 'a chosen password' });
    if (!added.ok) throw new Error(added.error.message);
    const first = await connectWire(app.broker, credentials('plug', 'a chosen password'));
    const renewed = await app.devices.renew(added.value.id);
    await first.closed;
    await expect(connectWire(app.broker, credentials('plug', 'a chosen password'))).rejects.toThrow('refused');
    const password = renewed.ok ? renewed.value.password : '';
    const second = await connectWire(app.broker, credentials('plug', password));
    app.devices.remove(added.value.id);
    await second.closed;
    await expect(connectWire(app.broker, credentials('plug', password))).rejects.toThrow('refused');
  });

  it('never fall back from wrong credentials to the login cookie', async () => {
    const { app } = await testApp();
    const origin = { principal: person };
    const wire = openWire(app.broker, { origin });
    wire.cut();
    await expect(connectWire(app.broker, { origin, ...credentials('nobody', 'x') })).rejects.toThrow('refused');
    expect((await connectWire(app.broker, { origin })).connack.returnCode).toBe(0);
  });

  it('without anything are refused, and appear on the devices page', async () => {
    const { app, request } = await testApp();
    await expect(connectWire(app.broker, { clientId: 'stranger' })).rejects.toThrow('refused');
    const reply = await request({ url: '/api/devices' });
    expect(reply.json()).toMatchObject({ turnedAway: [{ clientId: 'stranger', reason: 'no-credentials', count: 1 }] });
  });

  it('without anything are let in only with --allow-anonymous', async () => {
    const { app } = await testApp({ config: { allowAnonymous: true } });
    expect((await connectWire(app.broker)).connack.returnCode).toBe(0);
  });

  it('of nobody’s are no matter with --allow-anonymous, and do not make anybody more', async () => {
    const { app } = await testApp({ config: { allowAnonymous: true } });
    await connectWire(app.broker, { origin: { principal: person }, ...credentials('nobody', 'x') });
    expect(app.broker.clients()).toMatchObject([{ principal: { kind: 'anonymous' } }]);
  });
});
