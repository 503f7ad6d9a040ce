import { describe, expect, test } from 'vitest';
import { testClock } from '../../support/clock.ts';
import { makeEngine } from '../../support/engine.ts';
import { both, bytes, message, subscribe, written } from '../../support/talk.ts';
import { connectWire } from '../../support/wire.ts';

describe.each(both)('DISCONNECT (MQTT %i)', (version) => {
  test('3.1.1 [MQTT-3.14.4-1] [MQTT-3.14.4-2] 5.0 [MQTT-3.14.4-1] [MQTT-3.14.4-2] ends the connection, and what follows does not count', async () => {
    const engine = makeEngine();
    const wire = await connectWire(engine, { version });
    const before = wire.writes.length;
    wire.send(Buffer.concat([bytes('e0 00'), bytes(version === 5 ? '31 05 0001 61 00 78' : '31 04 0001 61 78')]));
    await wire.closed;
    expect(engine.retained('a')).toBeUndefined();
    expect(wire.writes.length).toBe(before);
  });
});

describe.each(both)('PINGREQ (MQTT %i)', (version) => {
  test('3.1.1 [MQTT-3.12.4-1] 5.0 [MQTT-3.12.4-1] is answered with PINGRESP', async () => {
    const wire = await connectWire(makeEngine(), { version });
    const before = wire.writes.length;
    wire.send(bytes('c0 00'));
    await wire.expect('pingresp');
    expect(written(wire, before)).toBe('d000');
  });

  test('3.1.1 [MQTT-3.1.2-24] 5.0 [MQTT-3.1.2-22] any packet keeps the connection alive, silence ends it', async () => {
    const clock = testClock();
    const wire = await connectWire(makeEngine({ clock }), { version, connect: { keepalive: 10 } });
    for (let round = 0; round < 4; round++) {
      clock.advance(14_000);
      wire.send(message('a'));
      await wire.expectNothing();
    }
    expect(wire.isClosed()).toBe(false);
    clock.advance(16_000);
    await wire.closed;
  });
});

describe('a server’s DISCONNECT (5.0)', () => {
  test('5.0 [MQTT-3.14.0-1] [MQTT-3.14.2-2] comes after CONNACK only, and says nothing of the session’s expiry', async () => {
    const engine = makeEngine();
    const wire = await connectWire(engine, { version: 5, connect: { properties: { sessionExpiryInterval: 60 } } });
    engine.disconnect(() => true, 'administrative');
    const packet = await wire.expect('disconnect');
    expect(packet.reasonCode).toBe(0x98);
    expect(packet.properties?.sessionExpiryInterval).toBeUndefined();
  });

  test('5.0 [MQTT-3.14.2-3] [MQTT-3.14.2-4] tells lost rights in words where they fit, and all else by code', async () => {
    const wordsFor = async (properties: object): Promise<unknown> => {
      let isAllowed = true;
      const engine = makeEngine({ authorize: () => isAllowed });
      const wire = await connectWire(engine, { version: 5, connect: { properties } });
      await subscribe(wire, 'a');
      isAllowed = false;
      engine.recheckRights();
      const packet = await wire.expect('disconnect');
      expect(packet.reasonCode).toBe(0x87);
      expect(packet.properties?.userProperties).toBeUndefined();
      return packet.properties?.reasonString;
    };
    expect(await wordsFor({})).toBe('rights changed');
    expect(await wordsFor({ requestProblemInformation: false })).toBeUndefined();
    expect(await wordsFor({ maximumPacketSize: 20 })).toBeUndefined();
  });

  test('5.0 [MQTT-4.12.1-2] an attempt to authenticate again ends the connection', async () => {
    const wire = await connectWire(makeEngine(), { version: 5 });
    wire.send(bytes('f0 06 19 04 15 0001 78'));
    expect((await wire.expect('disconnect')).reasonCode).toBe(0x82);
    await wire.closed;
  });

  test('5.0 [MQTT-3.2.2-19] [MQTT-3.2.2-20] [MQTT-3.15.2-2] [MQTT-3.15.2-3] CONNACK has no words, and AUTH is never sent', async () => {
    const wire = await connectWire(makeEngine(), { version: 5 });
    expect(wire.connack.properties).not.toHaveProperty('reasonString');
    expect(wire.connack.properties).not.toHaveProperty('userProperties');
    wire.send(bytes('f0 00'));
    expect((await wire.next()).cmd).toBe('disconnect');
  });
});
