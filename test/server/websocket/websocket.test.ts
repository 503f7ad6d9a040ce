import type { FastifyInstance } from 'fastify';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { testApp } from '../../support/app.ts';

/** MQTT 3.1.1 CONNECT, clean, client id "p". */
const connectPacket = Buffer.from([0x10, 13, 0, 4, 0x4d, 0x51, 0x54, 0x54, 4, 2, 0, 0, 0, 1, 0x70]);

async function listen(app: FastifyInstance): Promise<string> {
  await app.listen({ host: '127.0.0.1', port: 0 });
  const address = app.server.address();
  return typeof address === 'object' ? `127.0.0.1:${address?.port}` : '';
}

/** Connects as a page would; resolves with the CONNACK's return code, or `closed`. */
async function connect(host: string, headers: Record<string, string>): Promise<{ socket: WebSocket; answer: unknown }> {
  const socket = new WebSocket(`ws://${host}/mqtt`, 'mqtt', { headers });
  await once(socket, 'open');
  const answered = Promise.race([
    once(socket, 'message').then(([data]) => (data as Buffer)[3]),
    once(socket, 'close').then(() => 'closed'),
  ]);
  socket.send(connectPacket);
  return { socket, answer: await answered };
}

/** The status with which an upgrade is refused. */
async function refusal(url: string, headers: Record<string, string>): Promise<unknown> {
  const socket = new WebSocket(url, 'mqtt', { headers });
  socket.on('error', () => undefined);
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
  return response.statusCode;
}

describe('MQTT over WebSocket', () => {
  it('takes the login cookie from our own page and no other', async () => {
    const { app, cookie, request } = await testApp();
    const host = await listen(app);
    const own = await connect(host, { cookie, origin: `http://${host}` });
    expect(own.answer).toBe(0);
    own.socket.terminate();
    for (const origin of ['http://127.0.0.1', `https://${host}`, 'http://evil.example']) {
      expect(await refusal(`ws://${host}/mqtt`, { cookie, origin })).toBe(403);
    }
    expect((await request({ url: '/api/devices' })).json()).toMatchObject({
      turnedAway: [{ reason: 'origin', count: 3, address: '127.0.0.1' }],
    });
    expect((await connect(host, { cookie })).answer).not.toBe(0);
  });

  it('is cut at once when the login ends', async () => {
    const { app, cookie, request } = await testApp();
    const host = await listen(app);
    const { socket, answer } = await connect(host, { cookie, origin: `http://${host}` });
    expect(answer).toBe(0);
    const closed = once(socket, 'close');
    await request({ method: 'POST', url: '/api/logout' });
    await closed;
  });

  it('is refused under a foreign name and on other paths', async () => {
    const { app } = await testApp();
    const host = await listen(app);
    const status = (path: string, headers: Record<string, string>) => refusal(`ws://${host}${path}`, headers);
    expect(await status('/mqtt', { host: 'evil.example' })).toBe(421);
    expect(await status('/other', {})).toBe(404);
  });
});
