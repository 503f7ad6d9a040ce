import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../shared/api/contract.ts';
import { testApp } from '../../support/app.ts';
import { testHouse, testTile } from '../../support/house.ts';

const put = (house: unknown, baseRevision = 0) =>
  ({ method: 'PUT', url: '/api/house', payload: { baseRevision, house } }) as const;

describe('the snapshot', () => {
  it('has everything a first screen needs, in one reply', async () => {
    const { app, clock, request } = await testApp();
    await request(
      put(
        testHouse([
          testTile(
            'wc',
            'value',
            { value: { type: 'number', stateTopic: 'house/wc/temperature' } },
            { icon: 'thermometer' },
          ),
        ]),
      ),
    );
    await app.broker.publish({ topic: 'house/wc/temperature', payload: Buffer.from('22.5'), qos: 0, retain: true });
    await new Promise((done) => setImmediate(() => setImmediate(done)));
    const reply = await request({ method: 'GET', url: '/api/snapshot' });
    const snapshot = reply.json<Snapshot>();
    expect(snapshot).toMatchObject({
      serverNowMs: clock.now(),
      revision: 1,
      house: { name: 'Test house' },
      values: [{ topic: 'house/wc/temperature', text: '22.5', retained: true, atMs: expect.any(Number) as number }],
      account: { name: 'Anna', role: 'owner' },
      isBrokerUp: true,
      isDemoRunning: false,
      allowAnonymous: false,
    });
    expect(Object.keys(snapshot.icons)).toEqual(['sofa', 'thermometer']);
    expect(reply.headers['cache-control']).toBe('no-store');
  });

  it('is closed without a login', async () => {
    const { app } = await testApp();
    const reply = await app.inject('/api/snapshot');
    expect(reply.statusCode).toBe(401);
    expect(reply.json()).toMatchObject({ code: 'login-required' });
  });

  it('says that the house is not set up yet', async () => {
    const { app } = await testApp({ withOwner: false });
    expect((await app.inject('/api/snapshot')).json()).toMatchObject({ code: 'setup-required' });
    expect((await app.inject('/api/public')).json()).toMatchObject({
      needsSetup: true,
      home: 'Kachel',
      isBrokerUp: true,
    });
  });

  it('tells everybody whether all is well', async () => {
    const { app } = await testApp();
    const reply = await app.inject('/api/health');
    expect(reply.statusCode).toBe(200);
    expect(reply.json()).toMatchObject({ store: 'up', broker: 'up' });
  });
});
