import { describe, expect, it } from 'vitest';
import { testApp } from '../../support/app.ts';
import { houseOf } from '../../support/arrangement.ts';

describe('the demo', () => {
  it('furnishes an empty house once, and keeps what somebody built', async () => {
    const { app, request } = await testApp();
    expect((await request({ method: 'POST', url: '/api/demo' })).statusCode).toBe(204);
    expect(app.house.current().house.tiles.length).toBeGreaterThan(10);
    expect((await request({ url: '/api/snapshot' })).json()).toMatchObject({ isDemoRunning: true });
    expect((await request({ method: 'POST', url: '/api/demo' })).json()).toMatchObject({ code: 'not-allowed' });
  });

  it('starts with --demo, without touching rooms that are there', async () => {
    const { app } = await testApp({ config: { demo: true } });
    expect(app.demo.isRunning()).toBe(true);
    expect(app.house.current().house.rooms).toHaveLength(5);
    expect(app.house.save({ document: houseOf() }).ok).toBe(true);
  });
});
