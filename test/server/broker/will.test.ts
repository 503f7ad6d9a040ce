import { describe, expect, test } from 'vitest';
import { testClock } from '../../support/clock.ts';
import { makeEngine } from '../../support/engine.ts';
import { both, bytes, cut, kept, payloadOf, subscribe, written } from '../../support/talk.ts';
import { connectWire, openWire } from '../../support/wire.ts';

const will = { topic: 'status', payload: Buffer.from('gone'), qos: 1, retain: false } as const;

describe.each(both)('the will (MQTT %i)', (version) => {
  test('3.1.1 [MQTT-3.1.2-8] [MQTT-3.1.2-16] 5.0 [MQTT-3.1.2-7] [MQTT-3.1.2-8] [MQTT-3.1.2-14] is published when the connection breaks, unretained', async () => {
    const engine = makeEngine();
    const watcher = await connectWire(engine, { version, clientId: 'watcher' });
    await subscribe(watcher, 'status', { ...(version === 5 && { rap: true }) });
    await cut(await connectWire(engine, { version, connect: { will } }));
    expect(await watcher.expect('publish')).toMatchObject({ topic: 'status', qos: 1, retain: false });
    expect(engine.retained('status')).toBeUndefined();
  });

  test('3.1.1 [MQTT-3.1.2-17] 5.0 [MQTT-3.1.2-15] is retained when its retain flag is set, and an empty one deletes', async () => {
    const engine = makeEngine();
    await cut(await connectWire(engine, { version, connect: { will: { ...will, retain: true } } }));
    expect(engine.retained('status')).toMatchObject({ qos: 1, retain: true });
    const empty = { ...will, payload: Buffer.alloc(0), retain: true };
    await cut(await connectWire(engine, { version, connect: { will: empty } }));
    expect(engine.retained('status')).toBeUndefined();
  });

  test('3.1.1 [MQTT-3.1.2-10] 5.0 [MQTT-3.1.2-10] is forgotten once published, also by a kept session', async () => {
    const engine = makeEngine();
    const watcher = await connectWire(engine, { version, clientId: 'watcher' });
    await subscribe(watcher, 'status', { qos: 0 });
    const options = kept(version);
    await cut(await connectWire(engine, { ...options, connect: { ...options.connect, will } }));
    expect(payloadOf(await watcher.expect('publish'))).toBe('gone');
    await cut(await connectWire(engine, options)); // without a will
    await watcher.expectNothing();
  });

  test('the will of a bridge of Mosquitto, which would say that it is gone, lets it in and is told to nobody', async () => {
    const engine = makeEngine();
    const watcher = await connectWire(engine, { version, clientId: 'watcher' });
    await subscribe(watcher, '$SYS/broker/connection/#', { qos: 0 });
    const topic = '$SYS/broker/connection/bridge/state';
    await cut(await connectWire(engine, { version, connect: { will: { ...will, topic, retain: true } } }));
    await watcher.expectNothing();
    expect(engine.retained(topic)).toBeUndefined();
  });

  test('3.1.1 [MQTT-3.1.2-12] a connection without one leaves nothing', async () => {
    const engine = makeEngine();
    const watcher = await connectWire(engine, { version, clientId: 'watcher' });
    await subscribe(watcher, '#');
    await cut(await connectWire(engine, { version }));
    await watcher.expectNothing();
  });

  test('3.1.1 [MQTT-3.14.4-3] 5.0 [MQTT-3.14.4-3] is discarded by DISCONNECT', async () => {
    const engine = makeEngine();
    const watcher = await connectWire(engine, { version, clientId: 'watcher' });
    await subscribe(watcher, '#');
    const wire = await connectWire(engine, { version, connect: { will } });
    wire.send(bytes('e0 00'));
    await wire.closed;
    await watcher.expectNothing();
  });

  test('is published after a protocol error, after silence and after a takeover', async () => {
    const clock = testClock();
    const engine = makeEngine({ clock });
    const watcher = await connectWire(engine, { version, clientId: 'watcher' });
    await subscribe(watcher, 'status', { qos: 0 });
    const wrong = await connectWire(engine, { version, connect: { will } });
    wrong.send(bytes('00 00'));
    await wrong.closed;
    await watcher.expect('publish');
    await connectWire(engine, { version, connect: { will, keepalive: 10 } });
    clock.advance(16_000);
    await watcher.expect('publish');
    await connectWire(engine, { version, connect: { will } });
    await connectWire(engine, { version });
    await watcher.expect('publish');
    await watcher.expectNothing();
  });
});

describe('the will of 5.0', () => {
  test('5.0 [MQTT-3.1.3-9] a client that is back before the delay has passed leaves none', async () => {
    const clock = testClock();
    const engine = makeEngine({ clock });
    const options = kept(5);
    const delayed = { ...will, retain: true, properties: { willDelayInterval: 10 } };
    await cut(await connectWire(engine, { ...options, connect: { ...options.connect, will: delayed } }));
    clock.advance(5_000);
    await connectWire(engine, options);
    clock.advance(20_000);
    expect(engine.retained('status')).toBeUndefined();
  });

  test('5.0 [MQTT-3.1.2-8] its delay ends with the session: at once without one, or when Clean Start drops it', async () => {
    const engine = makeEngine({ clock: testClock() });
    const delayed = { ...will, retain: true, properties: { willDelayInterval: 10 } };
    await cut(await connectWire(engine, { version: 5, connect: { will: { ...delayed, topic: 'none' } } }));
    expect(engine.retained('none')).toBeDefined();
    const options = kept(5);
    await cut(await connectWire(engine, { ...options, connect: { ...options.connect, will: delayed } }));
    expect(engine.retained('status')).toBeUndefined();
    await connectWire(engine, { version: 5 }); // the same client id, with Clean Start
    expect(engine.retained('status')).toBeDefined();
  });

  test('5.0 [MQTT-3.1.3-10] its user properties keep their order', async () => {
    const engine = makeEngine();
    const watcher = await connectWire(engine, { version: 5, clientId: 'watcher' });
    await subscribe(watcher, 'status', { qos: 0 });
    const wire = await connectWire(engine, {
      version: 5,
      connect: { will: { ...will, properties: { userProperties: { b: ['1', '2'], a: '3' } } } },
    });
    wire.cut();
    const { properties } = await watcher.expect('publish');
    expect(JSON.stringify(properties?.userProperties)).toBe('{"b":["1","2"],"a":"3"}');
  });

  test('its properties arrive in the order in which they came, those of a message likewise', async () => {
    const engine = makeEngine();
    const watcher = await connectWire(engine, { version: 5, clientId: 'watcher' });
    await subscribe(watcher, 'w', { qos: 0 });
    const before = watcher.writes.length;
    const properties = '26 0001 61 0001 62 08 0001 72 26 0001 61 0001 62'; // user properties around a response topic
    const wire = openWire(engine, { version: 5 });
    wire.send(bytes(`10 27 0004 4d515454 05 06 0000 00 0001 61 12 ${properties} 0001 77 0001 78`));
    await wire.expect('connack');
    wire.cut();
    await watcher.expect('publish');
    expect(written(watcher, before)).toBe(bytes(`30 17 0001 77 12 ${properties} 78`).toString('hex'));
    const later = watcher.writes.length;
    const publisher = await connectWire(engine, { version: 5, clientId: 'publisher' });
    publisher.send(bytes('32 0d 0001 77 0001 06 08 0001 72 01 00 78')); // a QoS that changes, so it is written anew
    await watcher.expect('publish');
    expect(written(watcher, later)).toBe('300b0001770608000172010078');
  });

  test('a will that lost its right between CONNECT and the end is not published', async () => {
    let isAllowed = true;
    const engine = makeEngine({ authorize: (_principal, action) => action !== 'publish' || isAllowed });
    const watcher = await connectWire(engine, { version: 5, clientId: 'watcher' });
    await subscribe(watcher, '#');
    const wire = await connectWire(engine, { version: 5, connect: { will } });
    isAllowed = false; // nobody was told: it is asked again when it fires
    await cut(wire);
    await watcher.expectNothing();
    expect(engine.stats().messagesDropped).toBe(1);
  });
});
