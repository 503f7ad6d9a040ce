import { describe, expect, it } from 'vitest';
import type { Principal } from '../../../server/broker/engine/engine.ts';
import type { Config } from '../../../server/config.ts';
import { logIn, testApp } from '../../support/app.ts';
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

  it('with chosen passwords all come back at once from one address, and nobody on a page waits for them', async () => {
    const { app } = await testApp();
    const usernames = Array.from({ length: 30 }, (_, index) => `plug-${index}`);
    for (const username of usernames) await app.devices.add(username, { password: `chosen for ${username}` });
    let back = 0;
    const all = usernames.map(async (username) => {
      await connectWire(app.broker, { clientId: username, ...credentials(username, `chosen for ${username}`) });
      back += 1;
    });
    await logIn(app);
    expect(back).toBeLessThan(usernames.length / 2);
    await Promise.all(all);
    expect(app.broker.clients()).toHaveLength(usernames.length);
  });

  it('that guess for one device are slowed down, and the others come in', async () => {
    const { app } = await testApp();
    for (const name of ['lamp', 'plug']) await app.devices.add(name, { password: `chosen for ${name}` });
    const remoteAddress = '198.51.100.1';
    const guess = (index: number) =>
      connectWire(app.broker, { origin: { remoteAddress }, ...credentials('lamp', `guess ${index}`) });
    const guesses = Promise.allSettled(Array.from({ length: 200 }, (_, index) => guess(index)));
    await connectWire(app.broker, { origin: { remoteAddress }, ...credentials('plug', 'chosen for plug') });
    const refused = (await guesses).map((one) => String(one.status === 'rejected' && one.reason));
    // 4: a wrong password; 3: too many tries.
    expect(refused.filter((reason) => reason.includes('refused with 4')).length).toBeLessThan(10);
    expect(refused.filter((reason) => reason.includes('refused with 3')).length).toBeGreaterThan(190);
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

  it('agree on what Mosquitto does with --allow-anonymous, for its tests, unless told otherwise', async () => {
    const connack = async (config: Partial<Config>) => {
      const { app } = await testApp({ config });
      return (await connectWire(app.broker, { version: 5, connect: { keepalive: 60 } })).connack.properties;
    };
    const agreed = { topicAliasMaximum: 10, maximumPacketSize: 2_000_000, receiveMaximum: 20 };
    expect(await connack({ allowAnonymous: true })).toEqual(agreed);
    const told = { allowAnonymous: true, brokerLimits: { receiveMaximum: 100 } };
    expect(await connack(told)).toEqual({ ...agreed, receiveMaximum: 100 });
  });

  it('of nobody’s are no matter with --allow-anonymous, and do not make anybody more', async () => {
    const { app } = await testApp({ config: { allowAnonymous: true } });
    await connectWire(app.broker, { origin: { principal: person }, ...credentials('nobody', 'x') });
    expect(app.broker.clients()).toMatchObject([{ principal: { kind: 'anonymous' } }]);
  });
});
