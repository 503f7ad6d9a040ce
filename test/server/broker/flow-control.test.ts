import { expect, test } from 'vitest';
import { makeEngine } from '../../support/engine.ts';
import { message, payloadOf, subscribe } from '../../support/talk.ts';
import { connectWire } from '../../support/wire.ts';

const small = { version: 5, connect: { properties: { receiveMaximum: 2 } } } as const;

test('5.0 [MQTT-3.3.4-9] [MQTT-4.9.0-1] [MQTT-4.9.0-2] no more than the client’s receive maximum is open', async () => {
  const engine = makeEngine();
  const wire = await connectWire(engine, small);
  await subscribe(wire, 'a');
  for (const qos of [1, 2, 1, 2] as const)
    await engine.publish({ topic: 'a', payload: Buffer.from(String(qos)), qos, retain: false });
  const first = await wire.expect('publish');
  const second = await wire.expect('publish');
  await wire.expectNothing();
  wire.send({ cmd: 'puback', messageId: first.messageId ?? 0 });
  await wire.expect('publish');
  wire.send({ cmd: 'pubrec', messageId: second.messageId ?? 0 });
  await wire.expect('pubrel'); // open until PUBCOMP, so nothing else comes yet
  await wire.expectNothing();
  wire.send({ cmd: 'pubcomp', messageId: second.messageId ?? 0 });
  expect(payloadOf(await wire.expect('publish'))).toBe('2');
});

test('5.0 [MQTT-3.3.4-10] [MQTT-4.9.0-3] a full window holds back nothing but QoS 1 and 2', async () => {
  const engine = makeEngine();
  const wire = await connectWire(engine, small);
  await subscribe(wire, 'a');
  for (let count = 0; count < 3; count++)
    await engine.publish({ topic: 'a', payload: Buffer.from('x'), qos: 1, retain: false });
  await wire.expect('publish');
  await wire.expect('publish');
  await engine.publish({ topic: 'a', payload: Buffer.from('now'), qos: 0, retain: false });
  expect(await wire.expect('publish')).toMatchObject({ qos: 0 });
  wire.send({ cmd: 'pingreq' });
  await wire.expect('pingresp');
  await subscribe(wire, 'b');
  wire.send(message('c', 'x', { qos: 1 }));
  await wire.expect('puback');
  wire.send({ cmd: 'unsubscribe', messageId: 7, unsubscriptions: ['b'] });
  await wire.expect('unsuback');
});

test('5.0 [MQTT-3.3.4-7] a client that opens more than the announced receive maximum is sent off with 0x93', async () => {
  const wire = await connectWire(makeEngine({ limits: { receiveMaximum: 2 } }), { version: 5 });
  expect(wire.connack.properties?.receiveMaximum).toBe(2);
  for (const messageId of [1, 2]) {
    wire.send(message('a', 'x', { qos: 2, messageId }));
    await wire.expect('pubrec');
  }
  wire.send({ cmd: 'pubrel', messageId: 1 });
  await wire.expect('pubcomp');
  wire.send(message('a', 'x', { qos: 2, messageId: 3 }));
  await wire.expect('pubrec');
  wire.send(message('a', 'x', { qos: 2, messageId: 4 }));
  expect((await wire.expect('disconnect')).reasonCode).toBe(0x93);
});
