import { describe, expect, test } from 'vitest';
import type { TopicRule } from '../../../shared/api/people.ts';
import { pageOf, testApp, type TestApp } from '../../support/app.ts';
import { switchTile, testHouse } from '../../support/house.ts';
import { keptLog, type LogLine } from '../../support/log.ts';
import { addPerson, type TestPerson } from '../../support/people.ts';
import { connectWire, openWire, type ConnectedWire, type ConnectOptions } from '../../support/wire.ts';

/*
 * What somebody who is in tries beyond his rights, over MQTT. For each: refused, written into the server's log, counted, and the
 * house goes on.
 */

const notAuthorized = 0x87;
const rule = (text: string): TopicRule => {
  const [access, filter] = text.split(' ') as [TopicRule['access'], string];
  return { access, filter };
};

interface Scene extends TestApp {
  readonly lines: readonly LogLine[];
}

/** A lamp in the living room, a garage door in the kitchen; `plug` may only what its rules say. */
async function scene(...rules: string[]): Promise<Scene> {
  const { log, lines } = keptLog();
  const made = await testApp({ log });
  made.app.house.save({ document: testHouse([switchTile('lamp'), switchTile('garage', { roomId: 'kitchen' })]) });
  await made.app.devices.add('Plug', { password: 'a chosen password', rules: rules.map(rule) });
  await made.app.devices.add('Boiler', { password: 'a chosen password', rules: [rule('readwrite #')] });
  return { ...made, lines };
}

const asDevice = ({ app }: Scene, username: string, options: ConnectOptions = {}): Promise<ConnectedWire> =>
  connectWire(app.broker, {
    version: 5,
    clientId: username,
    ...options,
    connect: { username, password: Buffer.from('a chosen password'), ...options.connect },
  });
const asPage = ({ app }: Scene, name: string, clientId = name): Promise<ConnectedWire> =>
  connectWire(app.broker, { version: 5, clientId, origin: { principal: pageOf(app, name) } });
const guestOf = (it: Scene): Promise<TestPerson> =>
  addPerson(it, 'Gast', { role: 'guest', grants: { rooms: { living: 'operate' } } });

async function subscribe(wire: ConnectedWire, topic: string): Promise<unknown> {
  wire.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic, qos: 1 }] });
  return (await wire.expect('suback')).granted[0];
}
async function publish(wire: ConnectedWire, topic: string, more: object = {}): Promise<number | undefined> {
  wire.send({ cmd: 'publish', topic, payload: 'x', qos: 1, messageId: 9, retain: false, dup: false, ...more });
  return (await wire.expect('puback')).reasonCode;
}
const say = ({ app }: Scene, topic: string, retain = false): Promise<void> =>
  app.broker.publish({ topic, payload: Buffer.from('x'), qos: 1, retain });

/** The house still works for who may: the owner's page hears what a device says. */
async function goesOn(it: Scene): Promise<void> {
  const [owner, boiler] = [await asPage(it, 'Anna', 'owner'), await asDevice(it, 'boiler')];
  await subscribe(owner, 'boiler/state');
  await publish(boiler, 'boiler/state');
  expect(await owner.expect('publish')).toMatchObject({ topic: 'boiler/state' });
}
const isLogged = ({ lines }: Scene, details: object): void =>
  expect(lines).toContainEqual({
    level: 'warn',
    message: 'A right said no.',
    details: expect.objectContaining(details) as object,
  });

describe('attacks on the broker', () => {
  test.each(['#', '+/#', '$SYS/#', '$SYS/broker/+', 'garage/#', '+/state'])(
    'subscription to %s by a guest',
    async (filter) => {
      const it = await scene();
      await guestOf(it);
      const guest = await asPage(it, 'Gast');
      expect(await subscribe(guest, filter)).toBe(notAuthorized);
      await say(it, 'garage/state');
      await guest.expectNothing();
      isLogged(it, { name: 'Gast', action: 'subscribe', topic: filter });
      expect(it.app.rights.refusedCount()).toBe(1);
      await goesOn(it);
    },
  );

  test.each(['#', '+/+', 'garage/+', '+/state', '$share/g/#', 'garage/#'])(
    'wildcards that reach around a rule: %s',
    async (filter) => {
      const it = await scene('read #', 'deny garage/#');
      const plug = await asDevice(it, 'plug');
      const granted = await subscribe(plug, filter);
      expect([1, notAuthorized]).toContain(granted);
      await say(it, 'garage/state', true);
      if (granted === 1) await subscribe(plug, filter);
      await plug.expectNothing();
      expect(await publish(plug, 'garage/set')).toBe(notAuthorized);
      isLogged(it, { name: 'Plug', action: 'publish', topic: 'garage/set', decidedBy: 'topic-rule' });
      await goesOn(it);
    },
  );

  test('will as a side door: refused at the door, and when the right goes before it fires', async () => {
    const it = await scene('write plug/#');
    const will = (topic: string) =>
      ({ connect: { will: { topic, payload: Buffer.from('x'), qos: 1, retain: true } } }) as const;
    await expect(asDevice(it, 'plug', will('garage/set'))).rejects.toThrow('refused with 135');
    isLogged(it, { name: 'Plug', action: 'publish', topic: 'garage/set' });
    const plug = await asDevice(it, 'plug', will('plug/LWT'));
    const id = it.app.auth.devices.byUsername('plug')?.id ?? '';
    it.app.devices.change(id, { rules: [rule('read plug/#')] });
    plug.cut();
    await plug.closed;
    expect(it.app.broker.retained('plug/LWT')).toBeUndefined();
    expect(it.app.broker.retained('garage/set')).toBeUndefined();
    await goesOn(it);
  });

  test('will as a side door: the delayed will of a session whose account was blocked', async () => {
    const it = await scene('write plug/#');
    const plug = await asDevice(it, 'plug', {
      connect: {
        properties: { sessionExpiryInterval: 600 },
        will: {
          topic: 'plug/LWT',
          payload: Buffer.from('x'),
          qos: 1,
          retain: true,
          properties: { willDelayInterval: 5 },
        },
      },
    });
    plug.cut();
    await plug.closed;
    it.app.devices.change(it.app.auth.devices.byUsername('plug')?.id ?? '', { isBlocked: true });
    it.clock.advance(10_000);
    expect(it.app.broker.retained('plug/LWT')).toBeUndefined();
    await goesOn(it);
  });

  test.each(['$share/g/garage/state', '$share/g/garage/#'])(
    'shared subscription as a side door: %s',
    async (filter) => {
      const it = await scene('read plug/#');
      const plug = await asDevice(it, 'plug');
      expect(await subscribe(plug, filter)).toBe(notAuthorized);
      await say(it, 'garage/state');
      await plug.expectNothing();
      isLogged(it, { name: 'Plug', action: 'subscribe', topic: filter.slice('$share/g/'.length) });
      await goesOn(it);
    },
  );

  test('shared subscription as a side door: a group in which others may read takes nobody along', async () => {
    const it = await scene('read plug/#');
    const [plug, boiler] = [await asDevice(it, 'plug'), await asDevice(it, 'boiler')];
    await subscribe(plug, '$share/g/#');
    await subscribe(boiler, '$share/g/#');
    for (let round = 0; round < 4; round++) {
      await say(it, 'garage/state');
      expect(await boiler.expect('publish')).toMatchObject({ topic: 'garage/state' });
      boiler.send({ cmd: 'puback', messageId: round + 1 });
    }
    await plug.expectNothing();
  });

  test('retained replay after a right was taken away', async () => {
    const it = await scene('read #');
    await say(it, 'garage/state', true);
    const plug = await asDevice(it, 'plug');
    await subscribe(plug, '#');
    expect(await plug.expect('publish')).toMatchObject({ topic: 'garage/state', retain: true });
    const id = it.app.auth.devices.byUsername('plug')?.id ?? '';
    it.app.devices.change(id, { rules: [rule('read #'), rule('deny garage/#')] });
    expect(await subscribe(plug, '#')).toBe(1);
    expect(await subscribe(plug, 'garage/state')).toBe(notAuthorized);
    await plug.expectNothing();
    isLogged(it, { name: 'Plug', action: 'subscribe', topic: 'garage/state' });
    await goesOn(it);
  });

  test('client-id take-over by another principal', async () => {
    const it = await scene('readwrite plug/#');
    const kept = { connect: { clean: false, properties: { sessionExpiryInterval: 600 } } } as const;
    const boiler = await asDevice(it, 'boiler', kept);
    await subscribe(boiler, 'secret');
    const steal = () => asDevice(it, 'plug', { clientId: 'boiler', ...kept });
    await expect(steal()).rejects.toThrow('refused with 133');
    expect(boiler.isClosed()).toBe(false);
    boiler.cut();
    await boiler.closed;
    await say(it, 'secret');
    await expect(steal()).rejects.toThrow('refused with 133');
    const turnedAway = (await it.request({ url: '/api/devices' })).json<object>();
    expect(turnedAway).toMatchObject({
      turnedAway: [{ clientId: 'boiler', username: 'plug', reason: 'protocol', count: 2 }],
    });
    const again = await asDevice(it, 'boiler', { connect: { ...kept.connect } });
    expect(await again.expect('publish')).toMatchObject({ topic: 'secret' });
  });

  test.each([
    ['case', 'Plug/state'],
    ['a slash at the end', 'plug/state/'],
    ['a slash at the start', '/plug/state'],
    ['two slashes', 'plug//state'],
    ['another form of the same letter', 'plug/sta\u0301te'],
    ['a letter that looks alike', 'рlug/state'],
    ['a length beyond any rule', `plug/state/${'x'.repeat(60_000)}`],
  ])('topic names that look alike: %s', async (_what, topic) => {
    const it = await scene('readwrite plug/state', 'readwrite plug/státe');
    const plug = await asDevice(it, 'plug');
    expect(await publish(plug, topic)).toBe(notAuthorized);
    expect(await subscribe(plug, topic)).toBe(notAuthorized);
    expect([0, 0x10]).toContain((await publish(plug, 'plug/state')) ?? 0);
    expect(it.app.rights.refusedCount()).toBe(2);
    await goesOn(it);
  });

  test('topic names that look alike: NUL ends the connection', async () => {
    const it = await scene('readwrite plug/state');
    const plug = await asDevice(it, 'plug');
    const topic = Buffer.from('plug/state\0');
    plug.send(Buffer.concat([Buffer.from([0x30, topic.length + 4, 0, topic.length]), topic, Buffer.from([0, 0x78])]));
    await plug.closed;
    await goesOn(it);
  });

  test.each(['a/b', '+', '#', '+/+', 'a+', 'x#'])('%%u with / + # in the name: %s', async (name) => {
    const it = await scene();
    const member = await addPerson(it, 'Lena');
    it.app.auth.members.change(member.id, {
      name,
      rules: [rule('readwrite home/%u'), rule('readwrite home/%u/#')],
    });
    const page = await asPage(it, name);
    for (const topic of ['home/x', 'home/a/b', 'home/+', 'home/a'])
      expect(await subscribe(page, topic), topic).toBe(notAuthorized);
    expect(await publish(page, 'home/a/b')).toBe(notAuthorized);
    isLogged(it, { name, action: 'publish', topic: 'home/a/b', decidedBy: 'closed' });
    await goesOn(it);
  });

  test('%c with / + # in the client id', async () => {
    const it = await scene('readwrite home/%c/#');
    const plug = await asDevice(it, 'plug', { clientId: '+' });
    expect(await subscribe(plug, 'home/x/state')).toBe(notAuthorized);
    expect(await publish(plug, 'home/x/state')).toBe(notAuthorized);
    await goesOn(it);
  });

  test('ended guest on a live connection, and coming back', async () => {
    const it = await scene();
    const guest = await guestOf(it);
    const page = await asPage(it, 'Gast');
    await subscribe(page, 'lamp/state');
    const origin = { principal: pageOf(it.app, 'Gast'), loginId: 'x' };
    await it.request({ method: 'POST', url: `/api/people/${guest.id}/end` });
    expect((await page.expect('disconnect')).reasonCode).toBe(notAuthorized);
    await page.closed;
    await expect(connectWire(it.app.broker, { origin })).rejects.toThrow('refused');
    expect(it.app.broker.sessions()).toEqual([]);
    await goesOn(it);
  });

  test('a hundred thousand refused messages cost the log one line and the house nothing', async () => {
    const it = await scene('write plug/#');
    const plug = await asDevice(it, 'plug', { version: 4 });
    const packet = { cmd: 'publish', topic: 'garage/set', payload: 'x', qos: 0, retain: false, dup: false } as const;
    for (let count = 0; count < 100_000; count++) plug.send(packet);
    await plug.expectNothing();
    expect(it.lines.filter(({ message }) => message === 'A right said no.')).toHaveLength(1);
    expect(it.app.rights.refusedCount()).toBe(100_000);
    await goesOn(it);
  });

  test('a connection without an account is nobody, and told so', async () => {
    const it = await scene();
    const wire = openWire(it.app.broker, { version: 5 });
    wire.send({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 5, clean: true, keepalive: 0, clientId: 'x' });
    expect(await wire.expect('connack')).toMatchObject({ reasonCode: notAuthorized });
    await wire.closed;
  });
});
