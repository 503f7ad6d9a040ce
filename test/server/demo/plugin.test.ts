import { describe, expect, it } from 'vitest';
import type { DevicesReply } from '../../../shared/api/contract.ts';
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

  it('shows its devices among the connections', async () => {
    const { app, request } = await testApp({ config: { demo: true } });
    await expect.poll(() => app.broker.clients().length).toBeGreaterThan(20);
    const { devices, others } = (await request({ url: '/api/devices' })).json<DevicesReply>();
    expect(devices).toEqual([]);
    expect(others.map((one) => one.name)).toContain('tv_socket');
  });

  it('ends: its devices, tiles and rooms go, what people added stays', async () => {
    const { app, request } = await testApp();
    await request({ method: 'POST', url: '/api/demo' });
    const furnished = app.house.current().house;
    const own = { ...furnished.tiles[0]!, id: 'own', roomId: 'kitchen', title: 'Mine' };
    const kitchen = furnished.rooms.find((room) => room.id === 'kitchen')!;
    const { placements } = kitchen.layouts.phone;
    const place = { tileId: 'own', x: 0, y: 40, size: '1x1' as const };
    const phone = { columns: 4 as const, placements: [...placements, place] };
    const rooms = furnished.rooms.map((room) => (room === kitchen ? { ...room, layouts: { phone } } : room));
    expect(app.house.save({ document: { ...furnished, rooms, tiles: [...furnished.tiles, own] } }).ok).toBe(true);
    expect((await request({ method: 'DELETE', url: '/api/demo' })).statusCode).toBe(204);
    const { house } = app.house.current();
    expect(house.rooms.map((room) => room.id)).toEqual(['kitchen']);
    expect(house.tiles.map((tile) => tile.id)).toEqual(['own']);
    expect((await request({ url: '/api/snapshot' })).json()).toMatchObject({ isDemoRunning: false });
    await expect.poll(() => app.broker.clients().length).toBe(0);
  });

  it('starts with --demo, without touching rooms that are there', async () => {
    const { app } = await testApp({ config: { demo: true } });
    expect(app.demo.isRunning()).toBe(true);
    expect(app.house.current().house.rooms).toHaveLength(5);
    expect(app.house.save({ document: houseOf() }).ok).toBe(true);
  });
});
