import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../shared/api/contract.ts';
import type { Grants } from '../../../shared/api/people.ts';
import {
  answerLivesMs,
  maxWishes,
  wishLivesMs,
  type WishesReply,
  type WishTarget,
} from '../../../shared/api/wishes.ts';
import { pageOf, testApp, type TestApp } from '../../support/app.ts';
import { switchTile, testHouse } from '../../support/house.ts';
import { addPerson, type TestPerson } from '../../support/people.ts';
import { connectWire } from '../../support/wire.ts';

type Asker = Pick<TestPerson, 'request'>;
const sees: Partial<Grants> = { rooms: { living: 'see' } };
const lamp: WishTarget = { kind: 'tile', id: 'lamp' };
const kitchen: WishTarget = { kind: 'room', id: 'kitchen' };

/** A lamp in the living room, a garage door in the kitchen. */
async function scene(): Promise<TestApp> {
  const test = await testApp();
  test.app.house.save({ document: testHouse([switchTile('lamp'), switchTile('garage', { roomId: 'kitchen' })]) });
  return test;
}
const ask = ({ request }: Asker, target: object) =>
  request({ method: 'POST', url: '/api/wishes', payload: { target } });
const answer = ({ request }: Asker, personId: string, target: object, level: string) =>
  request({ method: 'POST', url: '/api/wishes/answer', payload: { personId, target, level } });
const wishesOf = async ({ request }: Asker): Promise<WishesReply> => (await request({ url: '/api/wishes' })).json();
/** As if that much time had passed; days of a whole server's timers would take minutes. */
const age = ({ app }: TestApp, ms: number) =>
  app.store.db.prepare('UPDATE wish SET asked_at = asked_at - ?, forget_at = forget_at - ?').run(ms, ms);
const snapshotOf = async ({ request }: Asker): Promise<Snapshot> => (await request({ url: '/api/snapshot' })).json();

describe('a wish', () => {
  it('reaches owners, and what they give counts at once', async () => {
    const test = await scene();
    const lena = await addPerson(test, 'Lena', { grants: sees });
    expect((await ask(lena, lamp)).statusCode).toBe(204);
    expect((await ask(lena, lamp)).statusCode).toBe(204);
    test.clock.advance(1);
    expect((await ask(lena, kitchen)).statusCode).toBe(204);
    const { open } = await wishesOf(test);
    expect(open).toMatchObject([
      { personId: lena.id, name: 'Lena', target: lamp },
      { personId: lena.id, name: 'Lena', target: kitchen },
    ]);
    expect((await snapshotOf(test)).wishes).toEqual(['Lena']);
    expect((await wishesOf(lena)).open).toEqual([]);
    expect((await snapshotOf(lena)).wishes).toBeUndefined();
    expect((await answer(test, lena.id, lamp, 'operate')).statusCode).toBe(204);
    expect((await answer(test, lena.id, kitchen, 'see')).statusCode).toBe(204);
    const { house, access } = await snapshotOf(lena);
    expect([house.rooms.map(({ id }) => id), access.viewOnly]).toEqual([['living', 'kitchen'], ['garage']]);
    expect((await wishesOf(lena)).own).toMatchObject([
      { target: lamp, answer: 'operate' },
      { target: kitchen, answer: 'see' },
    ]);
    expect((await snapshotOf(test)).wishes).toBeUndefined();
  });

  it('that is refused is told to who asked, and can be repeated a day later', async () => {
    const test = await scene();
    const lena = await addPerson(test, 'Lena', { grants: sees });
    await ask(lena, lamp);
    await answer(test, lena.id, lamp, 'no');
    expect((await wishesOf(lena)).own).toMatchObject([{ target: lamp, answer: 'no' }]);
    expect((await snapshotOf(lena)).access.viewOnly).toEqual(['lamp']);
    await ask(lena, lamp);
    expect((await wishesOf(test)).open).toEqual([]);
    age(test, answerLivesMs);
    await ask(lena, lamp);
    expect((await wishesOf(test)).open).toHaveLength(1);
  });

  it('that was granted and taken back can be repeated at once', async () => {
    const test = await scene();
    const lena = await addPerson(test, 'Lena', { grants: sees });
    await ask(lena, lamp);
    await answer(test, lena.id, lamp, 'operate');
    const grants = { otherRooms: 'no', rooms: { living: 'see' }, exceptions: [] };
    await test.request({ method: 'PATCH', url: `/api/people/${lena.id}`, payload: { grants } });
    expect((await wishesOf(lena)).own).toEqual([]);
    expect((await ask(lena, lamp)).statusCode).toBe(204);
    expect((await wishesOf(lena)).own).toMatchObject([{ target: lamp }]);
    expect((await wishesOf(test)).open).toMatchObject([{ name: 'Lena', target: lamp }]);
  });

  it('wakes the pages that show it', async () => {
    const test = await scene();
    const lena = await addPerson(test, 'Lena', { grants: sees });
    const wire = await connectWire(test.app.broker, { origin: { principal: pageOf(test.app) } });
    wire.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: '$kachel/#', qos: 0 }] });
    await wire.expect('suback');
    await ask(lena, lamp);
    expect((await wire.expect('publish')).topic).toBe('$kachel/people');
    expect((await wire.expect('publish')).topic).toBe('$kachel/house');
  });

  it('waits for a week, and no longer than there is reason', async () => {
    const test = await scene();
    const lena = await addPerson(test, 'Lena', { grants: sees });
    const ben = await addPerson(test, 'Ben', { grants: sees });
    for (const person of [lena, ben]) await ask(person, lamp);
    await test.request({ method: 'DELETE', url: `/api/people/${ben.id}` });
    expect((await wishesOf(test)).open).toMatchObject([{ name: 'Lena' }]);
    age(test, wishLivesMs);
    expect((await wishesOf(test)).open).toEqual([]);
    await ask(lena, lamp);
    const grants = { otherRooms: 'operate', rooms: {}, exceptions: [] };
    await test.request({ method: 'PATCH', url: `/api/people/${lena.id}`, payload: { grants } });
    expect((await wishesOf(test)).open).toEqual([]);
  });

  it('keeps holding to confirm, and gives no more than was asked for', async () => {
    const test = await scene();
    const exceptions: Grants['exceptions'] = [
      { tileId: 'lamp', level: 'operate', hold: true, hours: { days: [1], fromMinute: 0, toMinute: 1 } },
    ];
    const lena = await addPerson(test, 'Lena', { grants: { ...sees, exceptions } });
    await ask(lena, lamp);
    await answer(test, lena.id, lamp, 'operate');
    expect(test.app.auth.people.byId(lena.id)?.grants).toEqual({
      otherRooms: 'no',
      rooms: { living: 'see' },
      exceptions: [{ tileId: 'lamp', level: 'operate', hold: true }],
    });
  });
});

describe('attacks with wishes', () => {
  it('a guest asks for what he sees only, and a wall panel for nothing', async () => {
    const test = await scene();
    const guest = await addPerson(test, 'Gast', { role: 'guest', grants: sees });
    const panel = await addPerson(test, 'Panel', { role: 'kiosk', grants: sees });
    const hidden = [kitchen, { kind: 'tile', id: 'garage' }, { kind: 'room', id: 'nowhere' }];
    for (const target of hidden) expect((await ask(guest, target)).json()).toMatchObject({ code: 'not-allowed' });
    expect((await ask(panel, lamp)).json()).toMatchObject({ code: 'not-allowed' });
    expect((await ask(test, kitchen)).json()).toMatchObject({ code: 'not-allowed' });
    expect((await ask(guest, lamp)).statusCode).toBe(204);
    expect((await wishesOf(test)).open).toMatchObject([{ name: 'Gast', target: lamp }]);
  });

  it('a member does not learn by asking what there is', async () => {
    const test = await scene();
    const lena = await addPerson(test, 'Lena', { grants: sees });
    const nowhere = { kind: 'room', id: 'nowhere' };
    const replies = [await ask(lena, kitchen), await ask(lena, nowhere)];
    expect(replies.map(({ statusCode, body }) => [statusCode, body])).toEqual([
      [204, ''],
      [204, ''],
    ]);
    const { own } = await wishesOf(lena);
    expect(own.map(({ target, askedAtMs, ...rest }) => [target.id, askedAtMs > 0, rest])).toEqual([
      ['kitchen', true, {}],
      ['nowhere', true, {}],
    ]);
    expect((await wishesOf(test)).open).toMatchObject([{ target: kitchen }]);
    const tiles = ['garage', 'nothing'].map((id) => ask(lena, { kind: 'tile', id }));
    for (const reply of await Promise.all(tiles)) expect(reply.json()).toMatchObject({ code: 'not-allowed' });
  });

  it('nobody floods the owner', async () => {
    const test = await scene();
    const lena = await addPerson(test, 'Lena', { grants: sees });
    for (let index = 0; index < maxWishes; index++) await ask(lena, { kind: 'room', id: `room-${index}` });
    expect((await ask(lena, kitchen)).json()).toMatchObject({ code: 'limit-reached' });
    expect((await wishesOf(test)).open).toEqual([]);
    expect((await ask(lena, { kind: 'room', id: 'x'.repeat(65) })).json()).toMatchObject({ code: 'bad-request' });
  });

  it('nobody but owners answers, and only what somebody asked for', async () => {
    const test = await scene();
    const lena = await addPerson(test, 'Lena', { grants: sees });
    await ask(lena, kitchen);
    expect((await answer(lena, lena.id, kitchen, 'operate')).json()).toMatchObject({ code: 'not-allowed' });
    expect((await answer(test, lena.id, lamp, 'operate')).json()).toMatchObject({ code: 'not-found' });
    await answer(test, lena.id, kitchen, 'no');
    expect((await answer(test, lena.id, kitchen, 'operate')).json()).toMatchObject({ code: 'not-found' });
    expect((await snapshotOf(lena)).house.rooms.map(({ id }) => id)).toEqual(['living']);
  });
});
