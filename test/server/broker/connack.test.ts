import { describe, expect, test } from 'vitest';
import { makeEngine } from '../../support/engine.ts';
import { both, bytes, cut, kept, message, subscribe, written } from '../../support/talk.ts';
import { connectWire, openWire } from '../../support/wire.ts';

describe('CONNACK', () => {
  test('3.1.1 [MQTT-3.1.4-4] 5.0 [MQTT-3.1.4-5] [MQTT-3.2.2-1] a valid CONNECT is answered with code 0 and clean flags', async () => {
    const old = await connectWire(makeEngine());
    expect(written(old)).toBe('20020000');
    const modern = await connectWire(makeEngine(), { version: 5 });
    expect(written(modern)).toMatch(/^20..0000/);
  });

  test.each(both)(
    '3.1.1 [MQTT-3.2.2-2] [MQTT-3.1.2-4] 5.0 [MQTT-3.2.2-3] [MQTT-3.1.2-5] [MQTT-3.1.2-6] session present says whether it was found (MQTT %i)',
    async (version) => {
      const engine = makeEngine();
      const first = await connectWire(engine, kept(version));
      expect(first.connack.sessionPresent).toBe(false);
      await cut(first);
      expect((await connectWire(engine, kept(version))).connack.sessionPresent).toBe(true);
    },
  );

  test.each(both)(
    '3.1.1 [MQTT-3.2.2-1] [MQTT-3.1.4-3] 5.0 [MQTT-3.2.2-2] [MQTT-3.1.4-4] [MQTT-3.1.2-4] a clean start finds nothing (MQTT %i)',
    async (version) => {
      const engine = makeEngine();
      const first = await connectWire(engine, kept(version));
      await subscribe(first, 'a');
      await cut(first);
      const second = await connectWire(engine, { version });
      expect(second.connack.sessionPresent).toBe(false);
      expect(engine.stats().subscriptions).toBe(0);
    },
  );

  test.each(both)(
    '3.1.1 [MQTT-3.2.0-1] 5.0 [MQTT-3.2.0-1] comes before what the session kept (MQTT %i)',
    async (version) => {
      const engine = makeEngine();
      const first = await connectWire(engine, kept(version));
      await subscribe(first, 'a');
      await cut(first);
      await engine.publish({ topic: 'a', payload: Buffer.from('x'), qos: 1, retain: false });
      const second = openWire(engine, { version });
      second.send({
        cmd: 'connect',
        protocolId: 'MQTT',
        protocolVersion: version,
        keepalive: 0,
        clientId: 'client',
        ...kept(version).connect,
      });
      expect((await second.next()).cmd).toBe('connack');
      expect((await second.next()).cmd).toBe('publish');
    },
  );

  test('5.0 [MQTT-3.2.2-9] [MQTT-3.2.2-10] [MQTT-3.2.2-11] [MQTT-3.2.2-12] every QoS is served, so no maximum is announced', async () => {
    const will = { topic: 'w', payload: Buffer.from('x'), qos: 2, retain: false } as const;
    const wire = await connectWire(makeEngine(), { version: 5, connect: { will } });
    expect(wire.connack.properties).not.toHaveProperty('maximumQoS');
    expect(await subscribe(wire, 'a', { qos: 2 })).toBe(2);
    wire.send(message('b', 'x', { qos: 2 }));
    await wire.expect('pubrec');
  });

  test('5.0 [MQTT-3.2.2-13] [MQTT-3.2.2-14] retained messages are served, so they are not announced as missing', async () => {
    const engine = makeEngine();
    const will = { topic: 'w', payload: Buffer.from('x'), qos: 0, retain: true } as const;
    const wire = await connectWire(engine, { version: 5, connect: { will } });
    expect(wire.connack.properties).not.toHaveProperty('retainAvailable');
    wire.send(message('a', 'x', { retain: true }));
    await wire.expectNothing();
    expect(engine.retained('a')).toBeDefined();
  });

  test('5.0 [MQTT-3.2.2-15] the largest packet is announced and enforced', async () => {
    const wire = await connectWire(makeEngine({ limits: { maxPacketBytes: 50 } }), { version: 5 });
    expect(wire.connack.properties?.maximumPacketSize).toBe(50);
    wire.send(message('a', 'x'.repeat(44))); // 50 bytes in all
    await wire.expectNothing();
    wire.send(message('a', 'x'.repeat(45)));
    expect((await wire.expect('disconnect')).reasonCode).toBe(0x95);
  });

  test('5.0 [MQTT-3.2.2-16] [MQTT-3.1.3-6] [MQTT-3.1.3-7] an empty id gets one that nobody has, and is told', async () => {
    const engine = makeEngine();
    const ids = new Set<string | undefined>();
    for (let count = 0; count < 3; count++) {
      const wire = await connectWire(engine, { version: 5, clientId: '' });
      ids.add(wire.connack.properties?.assignedClientIdentifier);
    }
    expect(ids.size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^auto-[0-9a-f-]{36}$/);
    expect(new Set(engine.clients().map((client) => client.clientId))).toEqual(ids);
  });

  test('5.0 [MQTT-3.2.2-18] without an alias maximum from the server none is taken', async () => {
    const wire = await connectWire(makeEngine({ limits: { topicAliasMaximum: 0 } }), { version: 5 });
    expect(wire.connack.properties?.topicAliasMaximum ?? 0).toBe(0);
    wire.send(message('a', 'x', { properties: { topicAlias: 1 } }));
    expect((await wire.expect('disconnect')).reasonCode).toBe(0x94);
  });

  test('5.0 [MQTT-3.2.2-22] the client’s own keep alive counts when the server names none', async () => {
    const engine = makeEngine();
    const wire = await connectWire(engine, { version: 5, connect: { keepalive: 30 } });
    expect(wire.connack.properties).not.toHaveProperty('serverKeepAlive');
    expect(engine.clients()[0]?.keepAliveSeconds).toBe(30);
  });

  test('the properties come in the order in which Mosquitto sends them', async () => {
    const limits = { topicAliasMaximum: 10, maxPacketBytes: 2_000_000, receiveMaximum: 20, maxKeepAliveSeconds: 60 };
    const wire = await connectWire(makeEngine({ limits }), { version: 5, connect: { keepalive: 61 } });
    expect(written(wire)).toBe('2011' + '0000' + '0e' + '13003c' + '22000a' + '27001e8480' + '210014');
  });

  test('5.0 [MQTT-3.1.2-28] response information is not invented', async () => {
    for (const requestResponseInformation of [false, true]) {
      const wire = await connectWire(makeEngine(), {
        version: 5,
        connect: { properties: { requestResponseInformation } },
      });
      expect(wire.connack.properties).not.toHaveProperty('responseInformation');
    }
  });

  test('5.0 [MQTT-4.12.0-6] without an authentication method there is none in CONNACK, and no AUTH', async () => {
    const wire = await connectWire(makeEngine(), { version: 5 });
    expect(wire.connack.properties).not.toHaveProperty('authenticationMethod');
    await wire.expectNothing();
  });

  test('5.0 [MQTT-3.1.2-24] a client that takes no packet as large as CONNACK is not answered', async () => {
    const engine = makeEngine();
    await expect(
      connectWire(engine, { version: 5, connect: { properties: { maximumPacketSize: 4 } } }),
    ).rejects.toThrow('closed');
    expect(engine.stats()).toMatchObject({ clientsConnected: 0, sessions: 0 });
    const wire = await connectWire(engine, { version: 5 });
    const [connack = new Uint8Array()] = wire.writes;
    const maximumPacketSize = connack.length;
    await connectWire(engine, { version: 5, connect: { properties: { maximumPacketSize } } });
  });

  test.each([
    ['no-credentials', 0x87],
    ['bad-credentials', 0x86],
    ['throttled', 0x9f],
    ['blocked', 0x8a],
    ['limit', 0x97],
  ] as const)('5.0 [MQTT-3.2.2-8] [MQTT-3.1.4-2] [MQTT-4.13.2-1] %s is %i, and the end', async (reason, code) => {
    const engine = makeEngine({ authenticate: () => Promise.resolve({ ok: false, reason }) });
    const wire = openWire(engine, { version: 5 });
    wire.send(bytes('10 0e 0004 4d515454 05 02 0000 00 0001 61'));
    expect((await wire.expect('connack')).reasonCode).toBe(code);
    await wire.closed;
  });

  test('3.1.1 [MQTT-3.2.2-6] a refusal that no return code fits gets no CONNACK', async () => {
    const wire = openWire(makeEngine({ limits: { maxConnections: 0 } }));
    await wire.closed;
    expect(wire.writes).toEqual([]);
  });

  test.each(both)(
    '3.1.1 [MQTT-3.1.4-5] 5.0 [MQTT-3.1.4-6] [MQTT-3.1.2-30] what is buffered behind a refused CONNECT is not processed (MQTT %i)',
    async (version) => {
      const engine = makeEngine({ authenticate: () => Promise.resolve({ ok: false, reason: 'bad-credentials' }) });
      const wire = openWire(engine, { version });
      // 5.0 with an authentication method, after which only AUTH or DISCONNECT may come
      const connect =
        version === 5
          ? '10 12 0004 4d515454 05 02 0000 04 15 0001 78 0001 61'
          : '10 0d 0004 4d515454 04 02 0000 0001 61';
      wire.send(Buffer.concat([bytes(connect), bytes(version === 5 ? '31 05 0001 61 00 78' : '31 04 0001 61 78')]));
      await wire.closed;
      expect(engine.stats().messagesReceived).toBe(0);
      expect(engine.retained('a')).toBeUndefined();
    },
  );
});
