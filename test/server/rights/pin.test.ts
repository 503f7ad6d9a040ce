import { describe, expect, it } from 'vitest';
import type { HouseReply } from '../../../shared/api/contract.ts';
import type { AskReply, NewAppPassword, PeopleReply } from '../../../shared/api/people.ts';
import { freePinTries } from '../../../shared/acl/pin-tries.ts';
import { keptProofMs, maxTilesPerPin, proofMs } from '../../../shared/api/pin.ts';
import { logIn, owner, pageOf, testApp, type TestApp } from '../../support/app.ts';
import { switchTile, testHouse } from '../../support/house.ts';
import { addPerson } from '../../support/people.ts';
import {
  codeOf,
  furnished,
  give,
  loginOf,
  notAuthorized,
  operate,
  ownerAtHome,
  pageWire,
  passed,
  refused,
  rightPin,
  sent,
  setPin,
  wrongPin,
  type Requests,
} from '../../support/pin.ts';
import { connectWire } from '../../support/wire.ts';

describe('a tile that asks everybody', () => {
  it('takes no command of a page without a proof, also not of the owner', async () => {
    const { test, wire } = await ownerAtHome();
    expect(await sent(wire, 'door/set')).toEqual(refused);
    expect(await sent(wire, 'heater/set')).toEqual(passed);
    expect((await give(test, rightPin)).json()).toEqual({ validMs: proofMs });
    expect(await sent(wire, 'door/set')).toEqual(passed);
    expect(await sent(wire, 'door/set', 'OFF')).toEqual(passed);
    expect(await sent(wire, 'lock/set')).toEqual(refused);
  });

  it('asks again a few seconds later', async () => {
    const { test, wire } = await ownerAtHome();
    await give(test, rightPin);
    test.clock.advance(proofMs - 1);
    expect(await sent(wire, 'door/set')).toEqual(passed);
    test.clock.advance(1);
    expect(await sent(wire, 'door/set')).toEqual(refused);
  });

  it('does not ask on this login for five minutes when told so, except locks', async () => {
    const { test, wire } = await ownerAtHome();
    expect((await give(test, rightPin, { keep: true })).json()).toEqual({ validMs: keptProofMs });
    expect((await give(test, rightPin, { keep: true, tileIds: ['lock'] })).json()).toEqual({ validMs: proofMs });
    expect(await sent(wire, 'lock/set')).toEqual(passed);
    test.clock.advance(keptProofMs - 1);
    const later = await pageWire(test, test, owner.name);
    expect(await sent(later, 'door/set')).toEqual(passed);
    expect(await sent(later, 'lock/set')).toEqual(refused);
    test.clock.advance(1);
    expect(await sent(later, 'door/set')).toEqual(refused);
  });

  it('takes one PIN for several things at once, each for its own topics', async () => {
    const { test, wire } = await ownerAtHome();
    const together = { keep: true, tileIds: ['door', 'gone', 'lock', 'door'] };
    expect((await give(test, rightPin, together)).json()).toEqual({ validMs: proofMs });
    expect(await sent(wire, 'door/set')).toEqual(passed);
    expect(await sent(wire, 'lock/set')).toEqual(passed);
    test.clock.advance(proofMs);
    expect(await sent(wire, 'door/set')).toEqual(passed);
    expect(await sent(wire, 'lock/set')).toEqual(refused);
    expect((await give(test, rightPin, { tileIds: ['gone'] })).statusCode).toBe(404);
  });

  it('counts a wrong one for several things as one try, and takes no endless list', async () => {
    const { test } = await ownerAtHome();
    const wrong = (await give(test, wrongPin, { tileIds: ['door', 'lock'] })).json<object>();
    expect(wrong).toMatchObject({ code: 'wrong-pin', params: { left: freePinTries - 1 } });
    const endless = Array.from({ length: maxTilesPerPin + 1 }, (_, index) => `tile-${index}`);
    expect((await give(test, rightPin, { tileIds: endless })).statusCode).toBe(400);
    expect((await give(test, rightPin, { tileIds: [] })).statusCode).toBe(400);
  });

  it('asks for one way alone', async () => {
    const { wire } = await ownerAtHome({}, { pin: 'on' });
    expect(await sent(wire, 'door/set', 'OFF')).toEqual(passed);
    expect(await sent(wire, 'door/set', 'ON')).toEqual(refused);
    expect(await sent(wire, 'door/set', 'on')).toEqual(refused);
  });

  it('asks no device', async () => {
    const test = await furnished();
    const { username, password } = (
      await test.request({
        method: 'POST',
        url: '/api/devices',
        payload: { name: 'Button', rules: [{ access: 'write', filter: '#' }] },
      })
    ).json<{ username: string; password: string }>();
    const connect = { username, password: Buffer.from(password) };
    const wire = await connectWire(test.app.broker, { version: 5, clientId: 'button', connect });
    expect(await sent(wire, 'door/set')).toEqual(passed);
  });

  it('is told to pages and on Ask', async () => {
    const { test } = await ownerAtHome({}, { pin: 'on' });
    const { access } = (await test.request({ url: '/api/snapshot' })).json<{ access: object }>();
    expect(access).toMatchObject({ pin: { door: 'on', lock: 'both' }, pinLength: 4 });
    const asked = await test.request({
      method: 'POST',
      url: '/api/rights/ask',
      payload: { subject: { kind: 'person', id: pageOf(test.app).id }, action: 'send', topic: 'door/set' },
    });
    expect(asked.json<AskReply>()).toMatchObject({ isAllowed: true, needsPin: 'on' });
  });
});

describe('an exception that asks', () => {
  it('asks this person and nobody else', async () => {
    const test = await testApp();
    test.app.house.save({ document: testHouse([switchTile('door')]) });
    const exceptions = [{ tileId: 'door', level: 'operate' as const, pin: true }];
    const lena = await addPerson(test, 'Lena', { grants: { ...operate, exceptions } });
    const mia = await addPerson(test, 'Mia', { grants: operate });
    const wire = await pageWire(test, lena, 'Lena');
    expect(await sent(wire, 'door/set')).toEqual(refused);
    expect(await sent(await pageWire(test, mia, 'Mia'), 'door/set')).toEqual(passed);
    expect(codeOf(await give(lena, rightPin))).toBe('no-pin');
    await test.request({ method: 'PUT', url: `/api/people/${lena.id}/pin`, payload: { pin: '12345678' } });
    expect((await give(lena, '12345678')).statusCode).toBe(200);
    expect(await sent(wire, 'door/set')).toEqual(passed);
    await test.request({
      method: 'PATCH',
      url: `/api/people/${lena.id}`,
      payload: { grants: { ...operate, rooms: {}, exceptions: [] } },
    });
    test.clock.advance(proofMs);
    expect(await sent(wire, 'door/set')).toEqual(passed);
  });
});

describe('what a proof is worth', () => {
  it('nothing on another login of the same person, and nothing to somebody else', async () => {
    const { test } = await ownerAtHome();
    const cookie = await logIn(test.app);
    const second: Requests = { request: (options) => test.app.inject({ ...options, headers: { cookie } }) };
    const other = await pageWire(test, second, owner.name);
    const lena = await addPerson(test, 'Lena', { grants: operate });
    await give(test, rightPin, { keep: true });
    expect(await sent(other, 'door/set')).toEqual(refused);
    expect(await sent(await pageWire(test, lena, 'Lena'), 'door/set')).toEqual(refused);
  });

  it('nothing to a connection that takes the session of another login over', async () => {
    const { test } = await ownerAtHome();
    const cookie = await logIn(test.app);
    const second: Requests = { request: (options) => test.app.inject({ ...options, headers: { cookie } }) };
    await give(test, rightPin, { keep: true });
    const principal = pageOf(test.app);
    const kept = {
      version: 5,
      clientId: 'kept',
      connect: { clean: false, properties: { sessionExpiryInterval: 100 } },
    } as const;
    const first = await connectWire(test.app.broker, { ...kept, origin: { principal, loginId: await loginOf(test) } });
    expect(await sent(first, 'door/set')).toEqual(passed);
    const taken = await connectWire(test.app.broker, {
      ...kept,
      origin: { principal, loginId: await loginOf(second) },
    });
    expect(await sent(taken, 'door/set')).toEqual(refused);
  });

  it('nothing to an app password, also over the cookie of the page that gave it', async () => {
    const { test } = await ownerAtHome();
    const app = (
      await test.request({ method: 'POST', url: '/api/app-passwords', payload: { name: 'Explorer', level: 'operate' } })
    ).json<NewAppPassword>();
    await give(test, rightPin, { keep: true });
    const connect = { username: app.username, password: Buffer.from(app.password) };
    const origin = { principal: pageOf(test.app), loginId: await loginOf(test) };
    const plain = await connectWire(test.app.broker, { version: 5, clientId: 'explorer', connect });
    expect((await sent(plain, 'door/set')).code).toBe(notAuthorized);
    const within = await connectWire(test.app.broker, { version: 5, clientId: 'within', connect, origin });
    expect((await sent(within, 'door/set')).code).toBe(notAuthorized);
    expect(await sent(plain, 'heater/set')).toEqual(passed);
    const asked = await test.request({
      method: 'POST',
      url: '/api/rights/ask',
      payload: { subject: { kind: 'app', id: app.id }, action: 'send', topic: 'door/set' },
    });
    const { isAllowed, steps } = asked.json<AskReply>();
    expect([isAllowed, steps.find(({ outcome }) => outcome === 'decides')?.kind]).toEqual([false, 'pin']);
  });

  it('nothing to a will', async () => {
    const { test } = await ownerAtHome();
    await give(test, rightPin, { keep: true });
    const listener = await connectWire(test.app.broker, {
      version: 5,
      clientId: 'l',
      origin: { principal: pageOf(test.app) },
    });
    listener.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'door/set', qos: 0 }] });
    await listener.expect('suback');
    const will = { topic: 'door/set', payload: Buffer.from('ON'), qos: 0, retain: false } as const;
    const origin = { principal: pageOf(test.app), loginId: await loginOf(test) };
    const wire = await connectWire(test.app.broker, { version: 5, clientId: 'w', origin, connect: { will } });
    wire.cut();
    await wire.closed;
    await listener.expectNothing();
  });

  it('nothing where the tile sends only since', async () => {
    const { test, wire } = await ownerAtHome();
    await give(test, rightPin, { keep: true });
    const moved = switchTile('door', {
      pin: 'both',
      bindings: { power: { type: 'boolean', commandTopic: 'gate/set' } },
    });
    test.app.house.save({ document: testHouse([moved]) });
    expect(await sent(wire, 'gate/set')).toEqual(refused);
  });

  it.each([
    ['the PIN is another one', (test: TestApp) => setPin(test, '9999')],
    ['the PIN is taken away', (test: TestApp) => setPin(test, null)],
  ])('nothing any more after %s', async (_what, change) => {
    const { test, wire } = await ownerAtHome();
    await give(test, rightPin, { keep: true });
    await change(test);
    expect(await sent(wire, 'door/set')).toEqual(refused);
  });

  it('no longer when the clock is set back', async () => {
    const { test, wire } = await ownerAtHome();
    await give(test, rightPin);
    test.clock.advance(-60_000);
    expect(await sent(wire, 'door/set')).toEqual(passed); // the time that was written down stands
    test.clock.advance(60_000 + proofMs);
    expect(await sent(wire, 'door/set')).toEqual(refused);
  });
});

describe('who sets a PIN', () => {
  const withPin = async ({ request }: Requests, id: string): Promise<number | undefined> =>
    (await request({ url: '/api/people' })).json<PeopleReply>().people.find((one) => one.id === id)?.pinSetAtMs;

  it('everybody with a password one of his own, owners that of others', async () => {
    const test = await furnished();
    const lena = await addPerson(test, 'Lena', { grants: operate });
    const put = (who: Requests, id: string, pin: string | null) =>
      who.request({ method: 'PUT', url: `/api/people/${id}/pin`, payload: { pin } });
    expect((await setPin(lena)).statusCode).toBe(204);
    expect(await withPin(test, lena.id)).toBe(test.clock.now());
    expect(codeOf(await put(lena, lena.id, '9999'))).toBe('not-allowed');
    expect((await put(test, lena.id, '9999')).statusCode).toBe(204);
    expect((await give(lena, '9999')).statusCode).toBe(200);
    expect(codeOf(await put(test, pageOf(test.app).id, '9999'))).toBe('not-allowed');
    expect(codeOf(await put(test, 'nobody', '9999'))).toBe('not-found');
    expect((await put(test, lena.id, null)).statusCode).toBe(204);
    expect(await withPin(test, lena.id)).toBeUndefined();
    expect(codeOf(await give(lena, '9999'))).toBe('no-pin');
  });

  it('guests have no password to set one with', async () => {
    const test = await furnished();
    const guest = await addPerson(test, 'Gast', { role: 'guest', grants: operate });
    expect(codeOf(await setPin(guest))).toBe('wrong-password');
  });

  it.each(['', '123', '123456789', '12a4', '１２３４', '12 34'])('%j is no PIN', async (pin) => {
    const test = await furnished();
    expect(codeOf(await setPin(test, pin))).toBe('bad-request');
  });

  it('it goes with the account', async () => {
    const test = await furnished();
    const lena = await addPerson(test, 'Lena', { grants: operate });
    await setPin(lena);
    await test.request({ method: 'DELETE', url: `/api/people/${lena.id}` });
    expect(test.app.store.db.prepare('SELECT count(*) FROM pin').pluck().get()).toBe(0);
  });
});

describe('arranging', () => {
  it('takes no PIN away from a tile, unless an owner does it', async () => {
    const test = await furnished();
    const lena = await addPerson(test, 'Lena', { grants: operate });
    const { house, revision } = test.app.house.current();
    const without = { ...house, tiles: house.tiles.map(({ pin: _gone, ...tile }) => tile) };
    const save = (who: Requests, document: object) =>
      who.request({ method: 'PUT', url: '/api/house', payload: { baseRevision: revision, house: document } });
    expect(codeOf(await save(lena, without))).toBe('not-allowed');
    const twin = { ...house.tiles[0], id: 'twin', pin: undefined };
    expect(codeOf(await save(lena, { ...house, tiles: [...house.tiles, twin] }))).toBe('not-allowed');
    expect(codeOf(await save(lena, testHouse([switchTile('heater')])))).toBe('not-allowed');
    expect((await save(test, without)).statusCode).toBe(200);
  });

  it('takes it not away by giving the tile another room and other topics, while a second one sends there too', async () => {
    const test = await testApp();
    const [door, twin] = [switchTile('door', { pin: 'both' }), { ...switchTile('door'), id: 'twin', title: 'Twin' }];
    test.app.house.save({ document: testHouse([door, twin, switchTile('heater')]) });
    const lena = await addPerson(test, 'Lena', { grants: operate });
    const { house, revision } = (await lena.request({ url: '/api/house' })).json<HouseReply>();
    const moved = { ...switchTile('heater'), id: 'door', roomId: 'kitchen' };
    const tiles = house.tiles.map((one) => (one.id === 'door' ? moved : one));
    const payload = { baseRevision: revision, house: testHouse(tiles) };
    expect(codeOf(await lena.request({ method: 'PUT', url: '/api/house', payload }))).toBe('not-allowed');
    const wire = await pageWire(test, lena, 'Lena');
    expect(await sent(wire, 'door/set')).toEqual(refused);
  });
});
