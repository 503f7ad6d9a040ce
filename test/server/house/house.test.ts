import { describe, expect, it } from 'vitest';
import type { House } from '../../../shared/house/house.ts';
import { pageOf, testApp } from '../../support/app.ts';
import { houseOf, sensor } from '../../support/arrangement.ts';
import { connectWire } from '../../support/wire.ts';

const put = (house: unknown, baseRevision: number) =>
  ({ method: 'PUT', url: '/api/house', payload: { baseRevision, house } }) as const;
const good = houseOf(sensor('a', 'a'), sensor('b', 'b'));
const room = good.rooms[0]!;
const placed = (placements: unknown) => ({
  ...good,
  rooms: [{ ...room, layouts: { phone: { columns: 4, placements } } }],
});

describe('the house', () => {
  it('is empty at first', async () => {
    const { request } = await testApp();
    expect((await request({ url: '/api/house' })).json()).toEqual({
      revision: 0,
      house: { version: 1, name: 'Kachel', rooms: [], tiles: [] },
    });
  });

  it('keeps a save, tells who did it, and wakes the other pages', async () => {
    const { app, request } = await testApp();
    const page = await connectWire(app.broker, { origin: { principal: pageOf(app) } });
    page.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: '$kachel/#', qos: 0 }] });
    await page.expect('suback');
    expect((await request(put(good, 0))).json()).toMatchObject({ revision: 1, by: 'Anna' });
    const woken = await page.expect('publish');
    expect([woken.topic, woken.payload.toString()]).toEqual(['$kachel/house', '{"revision":1}']);
    expect((await request({ url: '/api/house' })).json()).toMatchObject({ revision: 1, house: good });
  });

  it('refuses a save over a newer revision and hands that out', async () => {
    const { request } = await testApp();
    await request(put(good, 0));
    const late = await request(put({ ...good, name: 'Late' }, 0));
    expect(late.statusCode).toBe(409);
    expect(late.json()).toMatchObject({
      code: 'stale-revision',
      current: { revision: 1, house: { name: 'Test house' } },
    });
  });

  it.each<[string, unknown, string]>([
    ['something else', 'hello', '/'],
    ['an unknown field', { ...good, colour: 'red' }, '/colour'],
    ['a version from the future', { ...good, version: 2 }, '/version'],
    ['a wildcard in a topic', houseOf(sensor('a', 'a/#')), '/tiles/0/bindings/value/stateTopic'],
    ['two tiles with one id', { ...good, tiles: [...good.tiles, good.tiles[0]] }, '/tiles/2/id'],
    ['a tile without its room', { ...good, tiles: [sensor('a', 'a', { roomId: 'attic' })] }, '/tiles/0/roomId'],
    [
      'a placement of nothing',
      placed([{ tileId: 'x', x: 0, y: 0, size: '1x1' }]),
      '/rooms/0/layouts/phone/placements/0/tileId',
    ],
    [
      'tiles over each other',
      placed(['a', 'b'].map((tileId) => ({ tileId, x: 0, y: 0, size: '1x1' }))),
      '/rooms/0/layouts/phone/placements/1',
    ],
    [
      'a tile over the edge',
      placed([{ tileId: 'a', x: 3, y: 0, size: '2x1' }]),
      '/rooms/0/layouts/phone/placements/0/x',
    ],
  ])('refuses %s, says where, and changes nothing', async (_what, document, path) => {
    const { app, request } = await testApp();
    const reply = await request(put(document, 0));
    expect(reply.statusCode).toBe(422);
    expect(reply.json()).toMatchObject({ code: 'invalid-house', path });
    expect(app.house.current().revision).toBe(0);
  });

  it('keeps HTML and odd characters as plain text', async () => {
    const { request } = await testApp();
    const odd: House = { ...good, name: '<img src=x onerror=alert(1)> “ü”' };
    await request(put(odd, 0));
    expect((await request({ url: '/api/house' })).json()).toMatchObject({ house: { name: odd.name } });
  });

  it('says that the disk is full and loses nothing', async () => {
    const { app, request } = await testApp();
    await request(put(good, 0));
    const pages = Number(app.store.db.pragma('page_count', { simple: true }));
    app.store.db.pragma(`max_page_count = ${pages}`);
    const big = houseOf(...Array.from({ length: 200 }, (_, index) => sensor(`t${index}`, `topic/${index}`)));
    const full = await request(put(big, 1));
    expect(full.statusCode).toBe(507);
    expect(full.json()).toMatchObject({ code: 'store-failed' });
    expect((await app.inject('/api/health')).statusCode).toBe(503);
    expect((await request({ url: '/api/house' })).json()).toMatchObject({ revision: 1, house: good });
    app.store.db.pragma('max_page_count = 1000000');
    expect((await request(put(big, 1))).json()).toMatchObject({ revision: 2 });
    expect((await app.inject('/api/health')).statusCode).toBe(200);
  });
});
