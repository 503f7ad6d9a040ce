import { createServer, connect as connectTcp } from 'node:net';
import { once } from 'node:events';
import { request as plainRequest } from 'node:http';
import { connectAsync } from 'mqtt';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { DeviceSecret, DevicesReply } from '../../../shared/api/contract.ts';
import type { TrustReply } from '../../../shared/api/trust.ts';
import { owner } from '../../support/app.ts';
import { listenTls } from '../../../server/broker/listen/tls.ts';
import { makeLeaf, makeRoot } from '../../../server/tls/authority.ts';
import { makeEngine } from '../../support/engine.ts';
import { ask, handshake, secureApp } from '../../support/tls.ts';

describe('MQTT over TLS', () => {
  it('ends the oldest of too many handshakes, and lets others in meanwhile', async () => {
    const engine = makeEngine();
    const root = await makeRoot({ commonName: 'Test', names: ['localhost'], nowMs: Date.now() });
    const leaf = await makeLeaf(root, ['localhost'], Date.now());
    const listener = await listenTls(engine, {
      host: '127.0.0.1',
      port: 0,
      tls: { cert: leaf.certPem, key: leaf.keyPem },
      onRefused: () => undefined,
      maxHandshakes: 2,
    });
    onTestFinished(() => listener.dispose());
    const silent = [connectTcp(listener.port, '127.0.0.1')];
    await once(silent[0]!, 'connect');
    silent.push(connectTcp(listener.port, '127.0.0.1'));
    await once(silent[1]!, 'connect');
    const isCut = once(silent[0]!.resume(), 'close');
    const shaken = await handshake(listener.port, { ca: root.certPem });
    expect(shaken).not.toBeTypeOf('string');
    await isCut;
    expect(silent[1]!.destroyed).toBe(false);
    for (const socket of [...silent, shaken]) if (typeof socket !== 'string') socket.destroy();
  });
});

describe('HTTPS', () => {
  it('serves the same interface, trusted by whoever trusts the home', async () => {
    const { httpsPort, ca } = await secureApp();
    const reply = await ask(httpsPort, '/api/health', { ca });
    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.body)).toMatchObject({ store: 'up', broker: 'up' });
  });

  it('logs in with a cookie that no script reads, no other host makes and plain HTTP never carries', async () => {
    const { httpsPort, ca } = await secureApp();
    const reply = await ask(httpsPort, '/api/login', {
      ca,
      method: 'POST',
      body: JSON.stringify({ ...owner, stay: true }),
      headers: { 'content-type': 'application/json', origin: `https://localhost:${httpsPort}` },
    });
    expect(reply.status).toBe(204);
    expect(String(reply.headers['set-cookie'])).toMatch(/^__Host-kachel=.*HttpOnly; Secure; SameSite=Strict$/);
    expect(reply.headers['strict-transport-security']).toBeUndefined();
  });

  it.each([
    ['http', 403],
    ['https', 204],
  ])('a write from a page of %s: %i', async (scheme, status) => {
    const { httpsPort, ca } = await secureApp();
    const reply = await ask(httpsPort, '/api/login', {
      ca,
      method: 'POST',
      body: JSON.stringify({ ...owner, stay: true }),
      headers: { 'content-type': 'application/json', origin: `${scheme}://localhost:${httpsPort}` },
    });
    expect(reply.status).toBe(status);
  });

  it('refuses names that are not ours', async () => {
    const { httpsPort, ca } = await secureApp();
    const reply = await ask(httpsPort, '/api/public', { ca, headers: { host: 'evil.example' } });
    expect(reply.status).toBe(421);
  });

  it('carries MQTT over WebSocket, for pages of this very address', async () => {
    const { httpsPort, ca } = await secureApp();
    const login = await ask(httpsPort, '/api/login', {
      ca,
      method: 'POST',
      body: JSON.stringify({ ...owner, stay: true }),
      headers: { 'content-type': 'application/json', origin: `https://localhost:${httpsPort}` },
    });
    const cookie = String(login.headers['set-cookie']).split(';')[0] ?? '';
    const client = await connectAsync(`wss://localhost:${httpsPort}/mqtt`, {
      ca,
      reconnectPeriod: 0,
      protocolVersion: 5,
      wsOptions: { ca, headers: { cookie, origin: `https://localhost:${httpsPort}` } },
    });
    const arrived = new Promise((resolve) => client.once('message', (_topic, payload) => resolve(payload.toString())));
    await client.subscribeAsync('a');
    await client.publishAsync('a', 'on');
    expect(await arrived).toBe('on');
    await client.endAsync(true);
  });

  it('ends open sockets when the house stops', async () => {
    const { app, httpsPort, mqttsPort, ca } = await secureApp();
    const web = new WebSocket(`wss://localhost:${httpsPort}/mqtt`, 'mqtt', { ca });
    await once(web, 'open');
    const [idle, halfway] = [await handshake(httpsPort, { ca }), connectTcp(mqttsPort, '127.0.0.1')];
    await once(halfway, 'connect');
    const gone = Promise.all([once(web, 'close'), once(halfway, 'close')]);
    await app.close();
    await gone;
    expect(typeof idle === 'string' || idle.readyState === 'closed' || idle.destroyed || idle.readableEnded).toBe(true);
  });
});

describe('MQTT over TLS', () => {
  it('lets a device in and says so on the devices page', async () => {
    const { mqttsPort, ca, request } = await secureApp();
    const added = await request({ method: 'POST', url: '/api/devices', payload: { name: 'Plug' } });
    const { username, password } = added.json<DeviceSecret>();
    const client = await connectAsync(`mqtts://localhost:${mqttsPort}`, { ca, username, password, reconnectPeriod: 0 });
    const page = (await request({ url: '/api/devices' })).json<DevicesReply>();
    expect(page.devices).toMatchObject([{ connections: [{ via: 'tls' }] }]);
    expect(page.addresses.mqttsPort).toBe(mqttsPort);
    await client.endAsync(true);
  });

  it('needs trust: without the home authority no client that checks connects', async () => {
    const { mqttsPort } = await secureApp();
    expect(await handshake(mqttsPort, {})).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  });
});

describe('old protocols', () => {
  it.each([
    ['httpsPort', 'TLSv1.1'],
    ['mqttsPort', 'TLSv1'],
  ] as const)('on %s, %s is refused, counted and told; the house goes on', async (port, version) => {
    const started = await secureApp();
    const { ca, request } = started;
    const old = { ca, minVersion: version, maxVersion: version, ciphers: 'ALL:@SECLEVEL=0' } as const;
    expect(await handshake(started[port], old)).toMatch(/PROTOCOL|VERSION|EPROTO|ECONNRESET/i);
    for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
      const socket = await handshake(started[port], { ca, maxVersion });
      expect(typeof socket === 'string' ? socket : socket.getProtocol()).toBe(maxVersion);
      if (typeof socket !== 'string') socket.destroy();
    }
    if (port === 'httpsPort') return;
    const { turnedAway } = (await request({ url: '/api/devices' })).json<DevicesReply>();
    expect(turnedAway).toMatchObject([{ reason: 'tls', address: '127.0.0.1', count: 1 }]);
  });

  it('bytes that are no TLS end the connection', async () => {
    const { mqttsPort } = await secureApp();
    const socket = connectTcp(mqttsPort, '127.0.0.1');
    socket.resume().write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(socket, 'close');
  });
});

describe('a port that is taken', () => {
  it('stops the start when it was chosen', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    onTestFinished(() => void blocker.close());
    const address = blocker.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await expect(secureApp({ config: { httpsPort: port } })).rejects.toThrow('EADDRINUSE');
    await expect(secureApp({ config: { mqttsPort: port } })).rejects.toThrow(`MQTT port ${port}`);
  });
});

describe('what pages are told', () => {
  it('the home authority, its fingerprint and the names; without a login', async () => {
    const { app, httpsPort } = await secureApp();
    const reply = (await app.inject('/api/trust')).json<TrustReply>();
    expect(reply).toMatchObject({ source: 'home', httpsPort });
    expect(reply.fingerprint).toBe(app.tls.shown()?.root?.fingerprint);
    expect(reply.names).toContain('kachel.local');
    expect(reply.authority).toMatch(/^Kachel /);
    expect(JSON.stringify(reply)).not.toContain('PRIVATE');
  });

  it('that nothing is encrypted, when nothing is', async () => {
    const { app } = await secureApp({ config: { httpsPort: 'off', mqttsPort: 0 } });
    expect((await app.inject('/api/trust')).json()).toMatchObject({ source: 'off', names: [] });
    expect((await app.inject('/api/trust/kachel.crt')).statusCode).toBe(404);
  });

  it.each([
    ['kachel.crt', 'application/x-x509-ca-cert', /^attachment; filename="kachel-[a-z0-9-]+\.crt"$/],
    ['kachel.pem', 'application/x-pem-file', /\.pem"$/],
    ['kachel.mobileconfig', 'application/x-apple-aspen-config', /\.mobileconfig"$/],
  ])('the authority as %s', async (name, type, disposition) => {
    const { app, ca } = await secureApp();
    const reply = await app.inject(`/api/trust/${name}`);
    expect(reply.headers['content-type']).toContain(type);
    expect(reply.headers['content-disposition']).toMatch(disposition);
    const base64 = ca.replace(/-----[A-Z ]+-----|\s/g, '');
    expect(name === 'kachel.crt' ? reply.rawPayload.toString('base64') : reply.body.replace(/\s/g, '')).toContain(
      base64,
    );
  });

  it('the profile carries the name of the home as text, whatever it is', async () => {
    const { app, request } = await secureApp();
    const { house, revision } = app.house.current();
    const payload = { baseRevision: revision, house: { ...house, name: '</string><b>&"' } };
    expect((await request({ method: 'PUT', url: '/api/house', payload })).statusCode).toBe(200);
    const { body } = await app.inject('/api/trust/kachel.mobileconfig');
    expect(body).toContain('&#60;/string&#62;&#60;b&#62;&#38;&#34;');
    expect(body).not.toContain('<b>');
  });

  it.each([
    ['http://localhost:8080', 'http://localhost:8080'],
    ['http://192.168.1.5', 'http://192.168.1.5'],
    ['http://evil.example', undefined],
    ['https://localhost:8080', undefined],
    ['null', undefined],
  ])('whether TLS works: a page of %s may read %s', async (origin, allowed) => {
    const { httpsPort, ca } = await secureApp();
    const reply = await ask(httpsPort, '/api/trust/probe', { ca, headers: { origin } });
    expect(JSON.parse(reply.body)).toEqual({ protocol: 'TLSv1.3' });
    expect(reply.headers['access-control-allow-origin']).toBe(allowed);
    expect(reply.headers['access-control-allow-credentials']).toBeUndefined();
    const other = await ask(httpsPort, '/api/public', { ca, headers: { origin } });
    expect(other.headers['access-control-allow-origin']).toBeUndefined();
  });
});

/** A plain request with exactly these header lines; Node's client would refuse some. */
async function plainly(port: number, lines: readonly string[]): Promise<string> {
  const socket = connectTcp(port, '127.0.0.1');
  socket.end(`${lines.join('\r\n')}\r\n\r\n`);
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}

describe('plain HTTP that only leads to HTTPS', () => {
  async function redirecting() {
    const started = await secureApp({ config: { httpPlain: 'redirect' } });
    await started.app.listen({ port: 0, host: '127.0.0.1' });
    const address = started.app.server.address();
    return { ...started, port: typeof address === 'object' && address ? address.port : 0 };
  }

  it.each([
    ['/room/living?x=1', 'kachel.local:8080', 'kachel.local', '/room/living?x=1'],
    ['/', 'localhost', 'localhost', '/'],
    ['//evil.example/x', 'localhost', 'localhost', '//evil.example/x'],
    ['/\\evil.example', 'localhost', 'localhost', '/\\evil.example'],
    ['/%0d%0aSet-Cookie:a=b', 'localhost', 'localhost', '/%0d%0aSet-Cookie:a=b'],
    ['http://evil.example/x', 'localhost', 'localhost', '/'],
    ['/', '[::1]:80', '[::1]', '/'],
    ['/', '192.168.1.5:8080', '192.168.1.5', '/'],
  ])('%s of %s goes to %s%s', async (path, host, name, rest) => {
    const { port, httpsPort } = await redirecting();
    const reply = await plainly(port, [`GET ${path} HTTP/1.1`, `Host: ${host}`, 'Connection: close']);
    expect(reply).toMatch(/^HTTP\/1.1 307 /);
    expect(/^location: (.*)\r$/im.exec(reply)?.[1]).toBe(`https://${name}:${httpsPort}${rest}`);
  });

  it.each([
    ['evil.example', 421],
    ['localhost@evil.example', 421],
    ['localhost:8080/evil.example', 400],
    ['8.8.8.8', 403],
    ['[2001:db8::1]', 403],
  ])('nobody is led away by Host: %s', async (host, status) => {
    const { port } = await redirecting();
    const reply = await plainly(port, ['GET / HTTP/1.1', `Host: ${host}`, 'Connection: close']);
    expect(reply).toMatch(new RegExp(`^HTTP/1.1 (${status}|421|400) `));
    expect(reply.toLowerCase()).not.toContain('location:');
  });

  it('passwords are not taken in the clear, and nothing is led on with them', async () => {
    const { app } = await redirecting();
    const login = { method: 'POST', url: '/api/login', payload: { ...owner, stay: false } } as const;
    const reply = await app.inject(login);
    expect(reply.json()).toMatchObject({ code: 'https-only' });
    expect(reply.headers.location).toBeUndefined();
    const proxied = await app.inject({ ...login, headers: { 'x-forwarded-proto': 'https' } });
    expect(proxied.statusCode).toBe(204);
  });

  it.each(['/api/trust', '/api/trust/kachel.crt', '/api/trust/probe', '/api/public', '/api/health'])(
    '%s stays open, for phones that do not trust yet',
    async (url) => {
      const { app } = await redirecting();
      expect((await app.inject(url)).statusCode).toBe(200);
    },
  );

  it.each(['/api/snapshot', '/api/trust/../snapshot', '/assets/../api/snapshot', '/trust/../'])(
    '%s does not',
    async (url) => {
      const { port } = await redirecting();
      const reply = await plainly(port, [`GET ${url} HTTP/1.1`, 'Host: localhost', 'Connection: close']);
      expect(reply).toMatch(/^HTTP\/1.1 307 /);
    },
  );

  it('WebSockets are refused', async () => {
    const { port } = await redirecting();
    const sent = plainRequest({
      port,
      path: '/mqtt',
      headers: { connection: 'upgrade', upgrade: 'websocket', 'sec-websocket-protocol': 'mqtt', host: 'localhost' },
    }).end();
    const [reply] = (await once(sent, 'response')) as [{ statusCode: number }];
    expect(reply.statusCode).toBe(403);
  });
});
