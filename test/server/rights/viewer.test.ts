import type { FastifyInstance } from 'fastify';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Principal } from '../../../server/broker/engine/engine.ts';
import { viewerOf } from '../../../server/viewer.ts';
import type { DevicesReply, Snapshot } from '../../../shared/api/contract.ts';
import type { PeopleReply } from '../../../shared/api/people.ts';
import { testApp, type TestApp } from '../../support/app.ts';
import { keptLog } from '../../support/log.ts';
import { addPerson, type TestPerson } from '../../support/people.ts';
import { message, subscribe } from '../../support/talk.ts';
import { connectWire, openWire } from '../../support/wire.ts';
import { switchTile, testHouse } from '../../support/house.ts';

const house = testHouse([
  switchTile('lamp', { title: 'Floor lamp' }),
  switchTile('kettle', { title: 'Kettle', roomId: 'kitchen' }),
]);
const onlyLiving = { rooms: { living: 'operate' } } as const;

interface Scene extends TestApp {
  readonly lena: TestPerson;
  readonly viewer: Principal;
}

/** A house with an owner and with Lena, who operates the living room. */
async function scene(options: Parameters<typeof testApp>[0] = {}): Promise<Scene> {
  const test = await testApp(options);
  const saved = test.app.house.save({ document: house });
  expect(saved.ok).toBe(true);
  const lena = await addPerson(test, 'Lena', { grants: onlyLiving });
  const anna = test.app.auth.people.byName('Anna') ?? { id: '', name: '' };
  return { ...test, lena, viewer: viewerOf(anna, lena) };
}

const looking = ({ app, viewer }: Scene) =>
  connectWire(app.broker, { clientId: 'looking', origin: { via: 'websocket', principal: viewer }, version: 5 });

/** MQTT 3.1.1 CONNECT, clean, client id "p". */
const connectPacket = Buffer.from([0x10, 13, 0, 4, 0x4d, 0x51, 0x54, 0x54, 4, 2, 0, 0, 0, 1, 0x70]);

async function listen(app: FastifyInstance): Promise<string> {
  await app.listen({ host: '127.0.0.1', port: 0 });
  const address = app.server.address();
  return typeof address === 'object' ? `127.0.0.1:${address?.port}` : '';
}

/** Whether a page with this cookie gets in at this address. */
async function getsIn(host: string, path: string, cookie: string): Promise<boolean> {
  const socket = new WebSocket(`ws://${host}${path}`, 'mqtt', { headers: { cookie, origin: `http://${host}` } });
  await once(socket, 'open');
  const answered = Promise.race([
    once(socket, 'message').then(([data]) => (data as Buffer)[3] === 0),
    once(socket, 'close').then(() => false),
  ]);
  socket.send(connectPacket);
  const isIn = await answered;
  socket.terminate();
  return isIn;
}

describe('an owner who looks with the eyes of somebody else', () => {
  it('gets every answer that this person gets, and no others', async () => {
    const it = await scene();
    const headers = { 'x-kachel-as': it.lena.id };
    for (const url of [
      '/api/snapshot',
      '/api/house',
      '/api/topics',
      '/api/people',
      '/api/wishes',
      '/api/log',
      '/api/log.csv',
    ]) {
      const [own, seen] = [await it.lena.request({ url }), await it.request({ url, headers })];
      expect([seen.statusCode, seen.body], url).toEqual([own.statusCode, own.body]);
    }
    const snapshot = (await it.request({ url: '/api/snapshot', headers })).json<Snapshot>();
    expect(snapshot.house.rooms.map(({ id }) => id)).toEqual(['living']);
    // Her log tells nothing of how she came to be here.
    expect((await it.request({ url: '/api/log.csv' })).body).toContain('Lena');
    expect((await it.request({ url: '/api/log.csv', headers })).body).not.toContain('Lena');
    expect((await it.request({ url: '/api/devices', headers })).json()).toMatchObject({ code: 'not-allowed' });
  });

  it('changes nothing, on no route', async () => {
    const it = await scene();
    const writes = it.app.auth
      .routes()
      .filter(({ method, needs }) => method !== 'GET' && method !== 'HEAD' && needs !== 'nobody');
    expect(writes.length).toBeGreaterThan(20);
    for (const { method, url } of writes) {
      const options = {
        method: method as 'POST',
        url: url.replaceAll(/:\w+/g, 'x'),
        headers: { 'x-kachel-as': it.lena.id },
      };
      const reply = await it.request(method === 'DELETE' ? options : { ...options, payload: {} });
      expect([reply.statusCode, reply.json<{ code: string }>().code], `${method} ${url}`).toEqual([
        403,
        'only-looking',
      ]);
    }
  });

  it('is told in the log, and is no way for others', async () => {
    const { log, lines } = keptLog();
    const it = await scene({ log });
    await it.request({ url: '/api/snapshot', headers: { 'x-kachel-as': it.lena.id } });
    expect(lines).toContainEqual(expect.objectContaining({ details: { by: 'Anna', as: 'Lena' } }));
    const owner = it.app.auth.people.byName('Anna')?.id;
    const tried = await it.lena.request({ url: '/api/snapshot', headers: { 'x-kachel-as': owner } });
    expect(tried.json()).toMatchObject({ code: 'not-allowed' });
    const nobody = await it.request({ url: '/api/snapshot', headers: { 'x-kachel-as': 'nobody' } });
    expect(nobody.json()).toMatchObject({ code: 'not-found' });
  });

  it('hears what this person may hear, and sends nothing', async () => {
    const it = await scene();
    const wire = await looking(it);
    expect(await subscribe(wire, 'lamp/state')).toBe(2);
    expect(await subscribe(wire, 'kettle/state')).toBeGreaterThanOrEqual(0x80);
    wire.send(message('lamp/set', 'ON', { qos: 1 }));
    expect((await wire.expect('puback')).reasonCode).toBe(0x87);
    expect(it.app.broker.retained('lamp/set')).toBeUndefined();
  });

  it('is not the person: not in the lists, not in her session', async () => {
    const it = await scene();
    const own = { via: 'websocket', principal: { kind: 'person', id: it.lena.id, name: 'Lena' } } as const;
    await looking(it);
    const people = (await it.request({ url: '/api/people' })).json<PeopleReply>();
    expect(people.people.find(({ id }) => id === it.lena.id)?.isConnected).toBe(false);
    const devices = (await it.request({ url: '/api/devices' })).json<DevicesReply>();
    expect(devices.others.map(({ name }) => name)).toEqual(['Anna · Lena']);
    await connectWire(it.app.broker, { clientId: 'hers', origin: own });
    const taking = openWire(it.app.broker, { origin: { via: 'websocket', principal: it.viewer } });
    taking.send({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: true,
      keepalive: 0,
      clientId: 'hers',
    });
    expect((await taking.expect('connack')).returnCode).not.toBe(0);
  });

  it('is cut when the owner or the person goes, or the owner is none any more', async () => {
    const ends: readonly ((it: Scene) => unknown)[] = [
      ({ request, lena }) => request({ method: 'POST', url: `/api/people/${lena.id}/end` }),
      ({ app }) => app.auth.resetUser('Anna'),
      async (it) => {
        await addPerson(it, 'Ben', { role: 'owner' });
        const id = it.app.auth.people.byName('Anna')?.id;
        await it.request({ method: 'PATCH', url: `/api/people/${id}`, payload: { role: 'member' } });
      },
    ];
    for (const end of ends) {
      const it = await scene();
      const wire = await looking(it);
      await end(it);
      await wire.closed;
    }
  });

  it('comes in over the page of the owner only', async () => {
    const it = await scene();
    const host = await listen(it.app);
    expect(await getsIn(host, `/mqtt?as=${it.lena.id}`, it.cookie)).toBe(true);
    expect(await getsIn(host, '/mqtt?as=nobody', it.cookie)).toBe(false);
    const owner = it.app.auth.people.byName('Anna')?.id;
    expect(await getsIn(host, `/mqtt?as=${owner}`, it.lena.cookie)).toBe(false);
    expect(await getsIn(host, '/mqtt', it.lena.cookie)).toBe(true);
  });
});
