import { describe, expect, it } from 'vitest';
import { allTopics, ownTopics } from '../../../shared/acl/own-topics.ts';
import type { DeviceInfo, DeviceSecret } from '../../../shared/api/contract.ts';
import type { DeviceRights, TopicRule } from '../../../shared/api/people.ts';
import { testApp, type TestApp } from '../../support/app.ts';
import { connectWire, type ConnectedWire } from '../../support/wire.ts';

const publish = (wire: ConnectedWire, topic: string, payload = 'x'): void =>
  wire.send({ cmd: 'publish', topic, payload, qos: 0, retain: false, dup: false });

async function add({ request }: TestApp, rules = allTopics): Promise<DeviceSecret> {
  const reply = await request({ method: 'POST', url: '/api/devices', payload: { name: 'Plug 1', rules } });
  return reply.json();
}
const connect = ({ app }: TestApp, { username, password }: DeviceSecret, version: 4 | 5 = 5): Promise<ConnectedWire> =>
  connectWire(app.broker, { version, clientId: 'plug', connect: { username, password: Buffer.from(password) } });
const rightsOf = async ({ request }: TestApp, id: string): Promise<DeviceRights> =>
  (await request({ url: `/api/devices/${id}/rights` })).json();
const patch = ({ request }: TestApp, id: string, payload: object) =>
  request({ method: 'PATCH', url: `/api/devices/${id}`, payload });

describe('rules of a device', () => {
  it('are topics that carry its name when nobody said otherwise', async () => {
    const test = await testApp();
    const made = await test.request({ method: 'POST', url: '/api/devices', payload: { name: 'Plug 1' } });
    const secret = made.json<DeviceSecret>();
    expect(await rightsOf(test, secret.id)).toMatchObject({ rules: ownTopics, isWide: false });
    const wire = await connect(test, secret);
    for (const topic of ['plug-1/state', 'tele/plug-1/STATE', 'house/door/set']) publish(wire, topic);
    await wire.expectNothing();
    expect(await rightsOf(test, secret.id)).toMatchObject({
      used: [{ filter: 'plug-1/state' }, { filter: 'tele/plug-1/STATE' }],
      refused: [{ filter: 'house/door/set' }],
    });
  });

  it('are wide only when somebody chose that, and the list says so', async () => {
    const test = await testApp();
    const { id } = await add(test);
    expect(await rightsOf(test, id)).toEqual({
      rules: [{ access: 'readwrite', filter: '#' }],
      isBlocked: false,
      isWide: true,
      used: [],
      refused: [],
      proposed: [],
    });
    const list = (await test.request({ url: '/api/devices' })).json<{ devices: DeviceInfo[] }>();
    expect(list.devices).toMatchObject([{ id, isWide: true, isBlocked: false }]);
  });

  it('are proposed from what it used', async () => {
    const test = await testApp();
    const secret = await add(test);
    const wire = await connect(test, secret);
    wire.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'cmnd/plug-1/#', qos: 0 }] });
    await wire.expect('suback');
    for (const topic of ['stat/plug-1/POWER', 'stat/plug-1/POWER', 'tele/plug-1/STATE']) publish(wire, topic);
    await wire.expectNothing();
    const rights = await rightsOf(test, secret.id);
    expect(rights.used).toMatchObject([
      { access: 'write', filter: 'stat/plug-1/POWER', count: 2 },
      { access: 'write', filter: 'tele/plug-1/STATE', count: 1 },
      { access: 'read', filter: 'cmnd/plug-1/#', count: 1 },
    ]);
    expect(rights.proposed).toEqual([
      { access: 'write', filter: 'stat/plug-1/#' },
      { access: 'write', filter: 'tele/plug-1/#' },
      { access: 'read', filter: 'cmnd/plug-1/#' },
    ]);
  });

  it('that hold only its own topics: what else it tries is counted until it is allowed', async () => {
    const test = await testApp();
    const secret = await add(test, ownTopics);
    const wire = await connect(test, secret);
    const refusedTopics = async (): Promise<number | undefined> => {
      const { devices } = (await test.request({ url: '/api/devices' })).json<{ devices: DeviceInfo[] }>();
      return devices[0]?.refusedTopics;
    };
    for (const topic of ['plug-1/online', 'tele/plug-1/STATE']) publish(wire, topic);
    await wire.expectNothing();
    expect(await refusedTopics()).toBe(0);
    for (const topic of ['homeassistant/plug/config', 'house/door/set']) publish(wire, topic);
    await wire.expectNothing();
    expect(await refusedTopics()).toBe(2);
    const { rules } = await rightsOf(test, secret.id);
    await patch(test, secret.id, { rules: [...rules, { access: 'write', filter: 'homeassistant/#' }] });
    expect(await refusedTopics()).toBe(1);
    const group = {
      name: 'Doors',
      people: [],
      devices: [secret.id],
      rules: [{ access: 'write', filter: 'house/door/#' }],
    };
    await test.request({ method: 'POST', url: '/api/groups', payload: group });
    expect(await refusedTopics()).toBe(0);
    expect((await rightsOf(test, secret.id)).refused).toEqual([]);
  });

  it('act at once on a live connection, and what they refuse is listed', async () => {
    const test = await testApp();
    const secret = await add(test);
    const wire = await connect(test, secret);
    publish(wire, 'other');
    await patch(test, secret.id, { rules: [{ access: 'write', filter: 'stat/%u/#' }] });
    publish(wire, 'other');
    publish(wire, 'stat/plug-1/POWER');
    await wire.expectNothing();
    expect(await rightsOf(test, secret.id)).toMatchObject({
      isWide: false,
      used: [
        { filter: 'other', count: 1 },
        { filter: 'stat/plug-1/POWER', count: 1 },
      ],
      refused: [{ access: 'write', filter: 'other', count: 1 }],
    });
    expect(test.app.rights.refusedCount()).toBe(1);
  });

  it.each([
    ['a filter that is none', { rules: [{ access: 'read', filter: 'a#' }] }],
    ['a name inside a level', { rules: [{ access: 'read', filter: 'a/x%u' }] }],
    ['an access that is none', { rules: [{ access: 'all', filter: 'a' }] }],
    ['something else', { colour: 'red' }],
  ])('with %s are refused', async (_what, payload) => {
    const test = await testApp();
    const { id } = await add(test);
    expect((await patch(test, id, payload)).json()).toMatchObject({ code: 'bad-request' });
    expect((await rightsOf(test, id)).isWide).toBe(true);
  });

  it('can be given from the start', async () => {
    const test = await testApp();
    const rules: TopicRule[] = [{ access: 'read', filter: 'a' }];
    expect(await rightsOf(test, (await add(test, rules)).id)).toMatchObject({ rules, isWide: false });
  });
});

describe('blocking', () => {
  it('cuts a device at once, without its will, and keeps it out until it is let in', async () => {
    const test = await testApp();
    const secret = await add(test);
    const { username, password } = secret;
    const will = { topic: 'plug/LWT', payload: Buffer.from('gone'), qos: 0, retain: true } as const;
    const credentials = { username, password: Buffer.from(password) };
    const wire = await connectWire(test.app.broker, { connect: { ...credentials, will } });
    expect((await patch(test, secret.id, { isBlocked: true })).json()).toMatchObject({ isBlocked: true });
    await wire.closed;
    expect(test.app.broker.retained('plug/LWT')).toBeUndefined();
    await expect(connect(test, secret)).rejects.toThrow('refused with 138');
    await expect(connect(test, { ...secret, password: 'wrong' })).rejects.toThrow('refused with 134');
    const page = (await test.request({ url: '/api/devices' })).json<object>();
    expect(page).toMatchObject({ devices: [{ isBlocked: true }], turnedAway: [{}, { reason: 'blocked' }] });
    await patch(test, secret.id, { isBlocked: false });
    expect((await connect(test, secret)).connack.reasonCode).toBe(0);
  });

  it('renames on the way', async () => {
    const test = await testApp();
    const { id } = await add(test);
    expect((await patch(test, id, { name: '  Socket ' })).json()).toMatchObject({ name: 'Socket', username: 'plug-1' });
    expect((await patch(test, id, { name: ' ' })).statusCode).toBe(400);
    expect((await patch(test, 'nobody', { name: 'x' })).statusCode).toBe(404);
  });
});

it('a removed device leaves neither a session nor its client id behind', async () => {
  const test = await testApp();
  const secret = await add(test);
  const { username, password } = secret;
  const connection = { connect: { username, password: Buffer.from(password), clean: false } };
  const wire = await connectWire(test.app.broker, connection);
  await test.request({ method: 'DELETE', url: `/api/devices/${secret.id}` });
  await wire.closed;
  expect(test.app.broker.sessions()).toEqual([]);
});
