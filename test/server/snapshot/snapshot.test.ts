import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../shared/api/contract.ts';
import { testApp } from '../../support/app.ts';
import { houseOf, sensor } from '../../support/arrangement.ts';
import { publish } from '../../support/publish.ts';

describe('the snapshot', () => {
  it('has everything a first screen needs, in one reply', async () => {
    const { app, clock, request } = await testApp();
    app.house.save({ document: houseOf(sensor('wc', 'house/wc/temperature', { icon: 'thermometer' })) });
    await publish(app, 'house/wc/temperature', '22.5', true);
    const reply = await request({ method: 'GET', url: '/api/snapshot' });
    const snapshot = reply.json<Snapshot>();
    expect(snapshot).toMatchObject({ serverNowMs: clock.now(), revision: 1, house: { name: 'Test house' } });
    expect(snapshot).toMatchObject({ isBrokerUp: true, isDemoRunning: false, allowAnonymous: false });
    expect(snapshot.values).toMatchObject([{ topic: 'house/wc/temperature', text: '22.5', retained: true }]);
    expect(snapshot.account).toMatchObject({ name: 'Anna', role: 'owner' });
    expect(Object.keys(snapshot.icons)).toEqual(['sofa', 'thermometer']);
    expect(reply.headers['cache-control']).toBe('no-store');
  });

  it('brings the icons that tiles show by themselves, and no others', async () => {
    const byValue = { window: ['window-open-variant'], lock: ['lock'] };
    const iconTable = { value: { option: 'deviceClass', byValue }, gauge: ['gauge'] };
    const { app, request } = await testApp({ config: { iconTable } });
    app.house.save({ document: houseOf(sensor('wc', 'house/wc', { options: { deviceClass: 'window' } })) });
    const reply = await request({ method: 'GET', url: '/api/snapshot' });
    expect(Object.keys(reply.json<Snapshot>().icons).sort()).toEqual(['sofa', 'window-open-variant']);
  });

  it('brings every icon that a tile may show when its option says nothing known', async () => {
    const iconTable = { value: { option: 'quantity', byValue: { water: ['water'], wind: ['weather-windy'] } } };
    const { app, request } = await testApp({ config: { iconTable } });
    app.house.save({ document: houseOf(sensor('wc', 'house/wc', { options: { quantity: 'auto' } })) });
    const reply = await request({ method: 'GET', url: '/api/snapshot' });
    expect(Object.keys(reply.json<Snapshot>().icons).sort()).toEqual(['sofa', 'water', 'weather-windy']);
  });

  it('is closed without a login', async () => {
    const { app } = await testApp();
    const reply = await app.inject('/api/snapshot');
    expect(reply.statusCode).toBe(401);
    expect(reply.json()).toMatchObject({ code: 'login-required' });
  });

  it('tells everybody whether all is well', async () => {
    const { app } = await testApp();
    const reply = await app.inject('/api/health');
    expect(reply.statusCode).toBe(200);
    expect(reply.json()).toMatchObject({ store: 'up', broker: 'up' });
  });
});
