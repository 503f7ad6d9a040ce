import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { allTopics } from '../../../shared/acl/own-topics.ts';
import type { HistoryReply, TopicsReply, ValuesReply } from '../../../shared/api/contract.ts';
import { logIn, testApp } from '../../support/app.ts';
import { houseOf, sensor } from '../../support/arrangement.ts';
import { publish } from '../../support/publish.ts';
import { connectWire } from '../../support/wire.ts';

describe('last values', () => {
  it('know their time, their author and their usual interval', async () => {
    const { app, request } = await testApp();
    app.house.save({ document: houseOf(sensor('t', 'wc/t')) });
    await app.devices.add('Sensor', { password: 'a chosen password', rules: allTopics });
    const device = await connectWire(app.broker, {
      connect: { username: 'sensor', password: Buffer.from('a chosen password') },
    });
    const seen = new Promise<void>((resolve) => void app.broker.observe('wc/t', () => resolve()));
    device.send({ cmd: 'publish', topic: 'wc/t', payload: '21', qos: 0, retain: false, dup: false });
    await seen;
    const { values } = (await request({ url: '/api/values?topic=wc/t&topic=unknown' })).json<ValuesReply>();
    expect(values).toMatchObject([{ topic: 'wc/t', text: '21', by: 'Sensor', retained: false }]);
  });

  it('count an interval as usual from the fourth message on', async () => {
    const { app } = await testApp();
    app.house.save({ document: houseOf(sensor('t', 'wc/t')) });
    for (const payload of ['1', '2', '3', '4']) await publish(app, 'wc/t', payload);
    expect(app.history.values(['wc/t'])[0]).toHaveProperty('usualIntervalMs');
  });

  it('survive a restart, retained or not', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'kachel-data-'));
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    const databaseFile = join(dataDir, 'kachel.db');
    const first = await testApp({ databaseFile });
    first.app.house.save({ document: houseOf(sensor('t', 'wc/t')) });
    await publish(first.app, 'wc/t', '22.5');
    const [before] = first.app.history.values();
    await first.app.close();
    const second = await testApp({ databaseFile });
    expect(second.app.history.values()).toEqual([before]);
  });

  it('are cut when huge, told as base64 when not text', async () => {
    const { app } = await testApp();
    app.house.save({ document: houseOf(sensor('big', 'big'), sensor('raw', 'raw')) });
    await publish(app, 'big', 'ü'.repeat(500_000));
    await publish(app, 'raw', Buffer.from([0xff, 0xfe]));
    const [big, raw] = app.history.values(['big', 'raw']);
    expect(big).toMatchObject({ cutFromBytes: 1_000_000, text: 'ü'.repeat(8_192) });
    expect(raw).toMatchObject({ base64: '//4=' });
  });

  it('take what was there before a tile was bound', async () => {
    const { app } = await testApp();
    await publish(app, 'wc/t', '20', true);
    app.house.save({ document: houseOf(sensor('t', 'wc/t')) });
    expect(app.history.values()).toMatchObject([{ topic: 'wc/t', text: '20', retained: true }]);
    app.house.save({ document: houseOf() });
    expect(app.history.values()).toEqual([]);
  });
});

describe('minutes', () => {
  it('come per tile and role, written or not', async () => {
    const { app, clock, request } = await testApp();
    app.house.save({ document: houseOf(sensor('t', 'wc/t')) });
    await publish(app, 'wc/t', '20');
    await publish(app, 'wc/t', '22');
    await publish(app, 'wc/t', 'not a number');
    const ask = async () => (await request({ url: '/api/history?tiles=t,unknown&hours=6' })).json<HistoryReply>();
    const fresh = await ask();
    expect(fresh).toEqual({ t: { value: [[expect.any(Number), 20, 22]] } });
    clock.advance(5_000);
    expect(app.store.db.prepare('SELECT count(*) FROM bucket').pluck().get()).toBe(1);
    await publish(app, 'wc/t', '19');
    expect((await ask()).t?.value?.map((point) => point.slice(1))).toContainEqual([19, 22]);
  });
});

describe('the index of live topics', () => {
  it('finds by words, newest first, with samples, without the server’s own', async () => {
    const { app, request } = await testApp();
    await publish(app, 'house/kitchen/t', '20');
    await publish(app, 'house/kitchen/t', '21');
    await publish(app, 'house/bath/t', '24');
    await publish(app, '$kachel/devices', '{}');
    const all = (await request({ url: '/api/topics' })).json<TopicsReply>();
    expect(all.topics.map(({ topic }) => topic)).toEqual(['house/bath/t', 'house/kitchen/t']);
    const found = (await request({ url: '/api/topics?search=KITCHEN%20t&limit=5' })).json<TopicsReply>();
    expect(found).toMatchObject({ total: 1, topics: [{ text: '21', count: 2, samples: ['21', '20'] }] });
    expect(await logIn(app)).not.toBe('');
  });
});
