import { describe, expect, it } from 'vitest';
import type { HouseReply } from '../../../shared/api/contract.ts';
import type { LogReply } from '../../../shared/api/logbook.ts';
import { maxTimesPerHour, oneUseMs } from '../../../shared/api/limits.ts';
import type { AskReply, Exception, Grants, Hours, NewAppPassword, PersonInfo } from '../../../shared/api/people.ts';
import type { Tile } from '../../../shared/house/house.ts';
import { cookieOf, pageOf, testApp, type TestApp } from '../../support/app.ts';
import { switchTile, testHouse, testTile } from '../../support/house.ts';
import { keptLog, type LogLine } from '../../support/log.ts';
import { accept, addPerson, invite, nothing, type TestPerson } from '../../support/people.ts';
import { connectWire, type ConnectedWire, type ConnectOptions } from '../../support/wire.ts';

const notAuthorized = 0x87;
const hourMs = 3_600_000;

interface Scene extends TestApp {
  readonly lines: readonly LogLine[];
}

/** A dimmer with a switch in the living room, a door in the kitchen. */
async function scene(): Promise<Scene> {
  const { log, lines } = keptLog();
  const test = await testApp({ log });
  const lamp = testTile('lamp', 'light', {
    power: { type: 'boolean', commandTopic: 'lamp/power', stateTopic: 'lamp/state' },
    brightness: { type: 'number', unit: '%', commandTopic: 'lamp/level', stateTopic: 'lamp/level/state' },
  });
  test.app.house.save({ document: testHouse([lamp, switchTile('door', { roomId: 'kitchen' })]) });
  return { ...test, lines };
}
const exception = (tileId: string, over: Partial<Exception> = {}): Exception => ({ tileId, level: 'operate', ...over });
const atMost80: Partial<Grants> = { exceptions: [exception('lamp', { range: { max: 80 } })] };

const asPage = ({ app }: TestApp, name: string, options: ConnectOptions = {}): Promise<ConnectedWire> =>
  connectWire(app.broker, {
    version: 5,
    clientId: `page-${name}`,
    origin: { principal: pageOf(app, name) },
    ...options,
  });
const asApp = async ({ app }: TestApp, { request }: TestPerson): Promise<ConnectedWire> => {
  const payload = { name: 'Explorer', level: 'operate' };
  const made = (await request({ method: 'POST', url: '/api/app-passwords', payload })).json<NewAppPassword>();
  const connect = { username: made.username, password: Buffer.from(made.password) };
  return connectWire(app.broker, { version: 5, clientId: 'explorer', connect });
};

interface Answer {
  readonly isTaken: boolean;
  readonly reason: string | undefined;
}
async function send(wire: ConnectedWire, topic: string, payload: string): Promise<Answer> {
  wire.send({ cmd: 'publish', topic, payload, qos: 1, messageId: 7, retain: false, dup: false });
  const { reasonCode, properties } = await wire.expect('puback');
  return { isTaken: reasonCode !== notAuthorized, reason: properties?.reasonString };
}
const taken = async (...sent: Parameters<typeof send>): Promise<boolean> => (await send(...sent)).isTaken;
const personOf = async ({ request }: TestApp, id: string): Promise<PersonInfo | undefined> =>
  (await request({ url: '/api/people' })).json<{ people: PersonInfo[] }>().people.find((one) => one.id === id);

describe('a range', () => {
  it.each(['the page', 'an app password'])('holds %s', async (by) => {
    const it = await scene();
    const lena = await addPerson(it, 'Lena', { grants: atMost80 });
    const wire = by === 'the page' ? await asPage(it, 'Lena') : await asApp(it, lena);
    expect(await taken(wire, 'lamp/level', '80')).toBe(true);
    expect(await send(wire, 'lamp/level', '90')).toEqual({
      isTaken: false,
      reason: 'not within the range that this account may set',
    });
    expect(await taken(wire, 'lamp/level', '90 ')).toBe(false);
    expect(await taken(wire, 'lamp/level', '')).toBe(false);
    expect(await taken(wire, 'lamp/power', 'ON')).toBe(true);
    expect(await taken(wire, 'lamp/power', '100')).toBe(false);
  });

  it('is told to the log with the rule that decided, and to the page', async () => {
    const it = await scene();
    const lena = await addPerson(it, 'Lena', { grants: atMost80 });
    const wire = await asPage(it, 'Lena');
    await send(wire, 'lamp/level', '90');
    const { entries } = (await it.request({ url: '/api/log' })).json<LogReply>();
    expect(entries[0]).toMatchObject({ kind: 'refused', topic: 'lamp/level', decidedBy: 'exception', payload: '90' });
    expect(it.lines).toContainEqual(
      expect.objectContaining({
        message: 'A right said no.',
        details: expect.objectContaining({ name: 'Lena', topic: 'lamp/level', decidedBy: 'exception' }) as object,
      }),
    );
    expect(it.app.rights.refusedCount()).toBe(1);
    const snapshot = (await lena.request({ url: '/api/snapshot' })).json<object>();
    expect(snapshot).toMatchObject({ access: { viewOnly: [], ranges: { lamp: { brightness: { max: 80 } } } } });
  });

  it('acts at once on an open connection, and goes at once', async () => {
    const it = await scene();
    const lena = await addPerson(it, 'Lena', { grants: { otherRooms: 'operate' } });
    const wire = await asPage(it, 'Lena');
    const change = (grants: Partial<Grants>) =>
      it.request({ method: 'PATCH', url: `/api/people/${lena.id}`, payload: { grants: { ...nothing, ...grants } } });
    expect(await taken(wire, 'lamp/level', '90')).toBe(true);
    await change(atMost80);
    expect(await taken(wire, 'lamp/level', '90')).toBe(false);
    await change({ otherRooms: 'operate', atMostPercent: 50 });
    expect(await taken(wire, 'lamp/level', '51')).toBe(false);
    expect(await taken(wire, 'door/set', 'ON')).toBe(true);
    await change({ otherRooms: 'operate' });
    expect(await taken(wire, 'lamp/level', '90')).toBe(true);
  });

  it('holds a will too', async () => {
    const it = await scene();
    await addPerson(it, 'Lena', { grants: atMost80 });
    const owner = await asPage(it, 'Anna');
    owner.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'lamp/#', qos: 0 }] });
    await owner.expect('suback');
    const will = (payload: string) =>
      ({ topic: 'lamp/level', payload: Buffer.from(payload), qos: 0, retain: false }) as const;
    const dim = await asPage(it, 'Lena', { connect: { will: will('70') } });
    dim.cut();
    expect(await owner.expect('publish')).toMatchObject({ topic: 'lamp/level' });
    const bright = await asPage(it, 'Lena', { connect: { will: will('90') } });
    bright.cut();
    await bright.closed;
    await owner.expectNothing();
    expect(it.app.rights.refusedCount()).toBe(1);
  });

  it('is not lifted by arranging the tile anew', async () => {
    const it = await scene();
    const lena = await addPerson(it, 'Lena', { grants: { rooms: { living: 'operate' }, ...atMost80 } });
    const { revision, house } = (await lena.request({ url: '/api/house' })).json<{
      revision: number;
      house: ReturnType<typeof testHouse>;
    }>();
    const [lamp] = house.tiles;
    const save = (tiles: object[]) =>
      lena.request({
        method: 'PUT',
        url: '/api/house',
        payload: { baseRevision: revision, house: { ...house, tiles } },
      });
    const brightness = { ...lamp?.bindings['brightness'], scale: 0.5 };
    const scaled = await save([{ ...lamp, bindings: { ...lamp?.bindings, brightness } }]);
    expect(scaled.json()).toMatchObject({ code: 'not-allowed', path: '/tiles/0/bindings' });
    const twin = {
      ...lamp,
      id: 'twin',
      bindings: { power: { type: 'boolean', commandTopic: 'lamp/level', on: '100' } },
    };
    expect((await save([{ ...lamp }, twin])).json()).toMatchObject({ code: 'not-allowed' });
    expect((await save([{ ...lamp, title: 'New name' }])).statusCode).toBe(200);
  });

  it.each([
    ['that is only to be seen', exception('lamp', { level: 'see' })],
    ['with hours', exception('lamp', { hours: { days: [1, 2, 3, 4, 5, 6, 7], fromMinute: 0, toMinute: 0 } })],
  ])('nor is one %s, where a second tile sends there too', async (_what, one) => {
    const it = await scene();
    const [lamp, door] = it.app.house.current().house.tiles;
    if (!lamp || !door) throw new Error('the scene has two tiles');
    it.app.house.save({ document: testHouse([lamp, door, { ...lamp, id: 'twin' }]) });
    const lena = await addPerson(it, 'Lena', { grants: { otherRooms: 'operate', exceptions: [one] } });
    const { revision, house } = (await lena.request({ url: '/api/house' })).json<HouseReply>();
    const save = (tiles: readonly Tile[]) =>
      lena.request({
        method: 'PUT',
        url: '/api/house',
        payload: { baseRevision: revision, house: testHouse(tiles) },
      });
    const others = house.tiles.filter(({ id }) => id !== 'lamp');
    expect((await save(others)).json()).toMatchObject({ code: 'not-allowed' });
    expect((await save([{ ...lamp, bindings: door.bindings }, ...others])).json()).toMatchObject({
      code: 'not-allowed',
    });
    expect((await save([{ ...lamp, title: 'New name' }, ...others])).statusCode).toBe(200);
  });

  it('is the rule that Ask names', async () => {
    const it = await scene();
    const { id } = await addPerson(it, 'Lena', { grants: atMost80 });
    const ask = async (payload: string) =>
      (
        await it.request({
          method: 'POST',
          url: '/api/rights/ask',
          payload: { subject: { kind: 'person', id }, action: 'send', topic: 'lamp/level', payload },
        })
      ).json<AskReply>();
    expect(await ask('80')).toMatchObject({ isAllowed: true });
    const refused = await ask('81');
    expect(refused.isAllowed).toBe(false);
    expect(refused.steps.find(({ outcome }) => outcome === 'decides')).toEqual({
      kind: 'exception',
      outcome: 'decides',
      name: 'lamp',
      tileId: 'lamp',
      roomId: 'living',
      level: 'operate',
      range: { max: 80 },
      because: 'range',
    });
  });

  it.each([
    ['no end', { exceptions: [exception('lamp', { range: {} })] }],
    ['the ends exchanged', { exceptions: [exception('lamp', { range: { min: 2, max: 1 } })] }],
    ['too many times', { exceptions: [exception('lamp', { timesPerHour: maxTimesPerHour + 1 })] }],
    ['no times', { exceptions: [exception('lamp', { timesPerHour: 0 })] }],
    ['more than everything', { atMostPercent: 101 }],
  ])('with %s is refused', async (_what, grants) => {
    const it = await scene();
    const { id } = await addPerson(it, 'Lena');
    const payload = { grants: { ...nothing, ...grants } };
    expect((await it.request({ method: 'PATCH', url: `/api/people/${id}`, payload })).statusCode).toBe(400);
  });
});

describe('times per hour', () => {
  it('count per person and tile in any 60 minutes, what comes in a moment as one', async () => {
    const it = await scene();
    const grants = { exceptions: [exception('door', { timesPerHour: 2 })] };
    const lena = await addPerson(it, 'Lena', { grants });
    await addPerson(it, 'Mia', { grants });
    const page = await asPage(it, 'Lena');
    const app = await asApp(it, lena);
    expect(await taken(page, 'door/set', 'ON')).toBe(true);
    it.clock.advance(oneUseMs - 1);
    expect(await taken(app, 'door/set', 'OFF')).toBe(true);
    it.clock.advance(1);
    expect(await taken(app, 'door/set', 'ON')).toBe(true);
    it.clock.advance(oneUseMs);
    expect(await send(page, 'door/set', 'OFF')).toMatchObject({ isTaken: false });
    expect(await taken(app, 'door/set', 'OFF')).toBe(false);
    expect(await taken(await asPage(it, 'Mia'), 'door/set', 'ON')).toBe(true);
    // The first has left the hour, the second has not.
    it.clock.advance(hourMs - 2 * oneUseMs);
    const later = await asPage(it, 'Lena');
    expect(await taken(later, 'door/set', 'ON')).toBe(true);
    it.clock.advance(oneUseMs - 1);
    expect(await taken(later, 'door/set', 'ON')).toBe(true);
    it.clock.advance(1);
    expect(await taken(later, 'door/set', 'ON')).toBe(true);
    it.clock.advance(oneUseMs);
    expect(await taken(later, 'door/set', 'ON')).toBe(false);
  });

  /** Kathmandu is 5:45 ahead: the test's clock begins there at 03:58:20. */
  const again = Date.UTC(2023, 10, 14, 23, 14);
  const tomorrowAtThree = Date.UTC(2023, 10, 15, 21, 15);
  const night: Hours = { days: [1, 2, 3, 4, 5, 6, 7], fromMinute: 3 * 60, toMinute: 4 * 60 + 30 };
  it.each([
    ['by the clocks of the house', {}, ', next at 04:59'],
    ['not where the hours are over by then', { hours: night }, ''],
  ])('tell when the next one is possible, %s', async (_what, more: Partial<Exception>, told) => {
    const it = await scene();
    await it.request({ method: 'PUT', url: '/api/settings/time-zone', payload: { timeZone: 'Asia/Kathmandu' } });
    const { id } = await addPerson(it, 'Lena', {
      grants: { exceptions: [exception('door', { timesPerHour: 1, ...more })] },
    });
    const page = await asPage(it, 'Lena');
    await send(page, 'door/set', 'ON');
    it.clock.advance(oneUseMs);
    const reason = `used as often in an hour as this account may${told}`;
    expect(await send(page, 'door/set', 'OFF')).toEqual({ isTaken: false, reason });
    const payload = { subject: { kind: 'person', id }, action: 'send', topic: 'door/set' };
    const asked = (await it.request({ method: 'POST', url: '/api/rights/ask', payload })).json<AskReply>();
    expect(asked).toMatchObject({ isAllowed: false, nextYesAtMs: told ? again : tomorrowAtThree });
  });

  it('do not count what was refused for another reason', async () => {
    const it = await scene();
    const grants = { exceptions: [exception('lamp', { timesPerHour: 1, range: { max: 80 } })] };
    await addPerson(it, 'Lena', { grants });
    const page = await asPage(it, 'Lena');
    expect(await taken(page, 'lamp/level', '90')).toBe(false);
    it.clock.advance(oneUseMs);
    expect(await taken(page, 'lamp/level', '70')).toBe(true);
    // Both topics are one tile.
    expect(await taken(page, 'lamp/power', 'OFF')).toBe(true);
    it.clock.advance(oneUseMs);
    expect(await taken(page, 'lamp/power', 'OFF')).toBe(false);
  });
});

describe('uses of a card', () => {
  /** Paul's card for everything, as often as it says. */
  async function card(it: TestApp, uses: number): Promise<{ readonly id: string; readonly cookie: string }> {
    const grants: Grants = { ...nothing, otherRooms: 'operate' };
    const { code, uses: told } = await invite(it, { role: 'guest', name: 'Paul', grants, uses });
    expect(told).toBe(uses);
    const cookie = cookieOf(await accept(it.app, code, { name: 'Paul' }));
    return { id: it.app.auth.people.byName('Paul')?.id ?? '', cookie };
  }

  it('end it by themselves, when the last one is over', async () => {
    const it = await scene();
    const { id, cookie } = await card(it, 2);
    const wire = await asPage(it, 'Paul');
    const snapshot = () => it.app.inject({ url: '/api/snapshot', headers: { cookie } });
    expect((await snapshot()).json()).toMatchObject({ account: { usesLeft: 2 } });
    expect(await taken(wire, 'lamp/level', '10')).toBe(true);
    expect(await taken(wire, 'lamp/level', '20')).toBe(true);
    expect(await personOf(it, id)).toMatchObject({ usesLeft: 1, hasEnded: false });
    it.clock.advance(oneUseMs);
    expect(await taken(wire, 'door/set', 'ON')).toBe(true);
    expect(await personOf(it, id)).toMatchObject({ usesLeft: 0, hasEnded: false });
    // The last use goes on, another one does not begin.
    expect(await taken(wire, 'door/set', 'OFF')).toBe(true);
    expect(await send(wire, 'lamp/level', '30')).toEqual({ isTaken: false, reason: 'no uses are left' });
    it.clock.advance(oneUseMs);
    expect((await wire.expect('disconnect')).reasonCode).toBe(notAuthorized);
    expect(await personOf(it, id)).toMatchObject({ usesLeft: 0, hasEnded: true });
    expect((await snapshot()).json()).toMatchObject({ code: 'account-ended', params: { by: 'Anna' } });
  });

  it('wake the pages of everybody who looks at them', async () => {
    const it = await scene();
    await card(it, 3);
    const wire = await asPage(it, 'Paul');
    wire.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: '$kachel/house', qos: 0 }] });
    await wire.expect('suback');
    wire.send({ cmd: 'publish', topic: 'door/set', payload: 'ON', qos: 0, retain: false, dup: false });
    expect(await wire.expect('publish')).toMatchObject({ topic: '$kachel/house' });
  });

  it('are written down before the command is passed on', async () => {
    const it = await scene();
    const { id } = await card(it, 3);
    const left: unknown[] = [];
    it.app.broker.observe('door/set', () => {
      left.push(it.app.store.db.prepare('SELECT uses_left FROM person WHERE id = ?').pluck().get(id));
    });
    const wire = await asPage(it, 'Paul');
    await send(wire, 'door/set', 'ON');
    await expect.poll(() => left).toEqual([2]);
  });

  it('come back only when an owner says so', async () => {
    const it = await scene();
    const { id } = await card(it, 1);
    const wire = await asPage(it, 'Paul');
    await send(wire, 'door/set', 'ON');
    it.clock.advance(oneUseMs);
    await wire.closed;
    const change = (payload: object) => it.request({ method: 'PATCH', url: `/api/people/${id}`, payload });
    expect((await change({ endsAtMs: null, usesLeft: 1 })).json()).toMatchObject({ usesLeft: 1, hasEnded: false });
    expect(await taken(await asPage(it, 'Paul'), 'door/set', 'ON')).toBe(true);
    it.clock.advance(oneUseMs);
    const reopened = (await change({ endsAtMs: null })).json<PersonInfo>();
    expect(reopened).toMatchObject({ hasEnded: false });
    expect(reopened).not.toHaveProperty('usesLeft');
    expect((await change({ usesLeft: 0 })).statusCode).toBe(400);
  });
});
