import { describe, expect, test } from 'vitest';
import type { Engine } from '../../../server/broker/engine/engine.ts';
import { makeEngine } from '../../support/engine.ts';
import { cut, kept, subscribe } from '../../support/talk.ts';
import { connectWire } from '../../support/wire.ts';
import type { Wire } from '../../support/wire.ts';

const member = async (engine: Engine, clientId: string, qos: 0 | 1 | 2): Promise<Wire> => {
  const wire = await connectWire(engine, kept(5, clientId));
  await subscribe(wire, '$share/group/a', { qos });
  return wire;
};
const put = (engine: Engine, qos: 0 | 1 | 2): Promise<void> =>
  engine.publish({ topic: 'a', payload: Buffer.from('x'), qos, retain: false });

describe('shared subscriptions', () => {
  test('5.0 [MQTT-4.8.2-3] each member gets messages at the QoS granted to it', async () => {
    const engine = makeEngine();
    const one = await member(engine, 'one', 0);
    const two = await member(engine, 'two', 2);
    await put(engine, 2);
    await put(engine, 2);
    expect((await one.expect('publish')).qos).toBe(0);
    expect((await two.expect('publish')).qos).toBe(2);
  });

  test('5.0 [MQTT-4.8.2-4] QoS 2 that began with a member is completed with it when it returns', async () => {
    const engine = makeEngine();
    const one = await member(engine, 'one', 2);
    await put(engine, 2);
    const { messageId = 0 } = await one.expect('publish');
    const two = await member(engine, 'two', 2);
    await cut(one);
    await two.expectNothing();
    const back = await connectWire(engine, kept(5, 'one'));
    expect(await back.expect('publish')).toMatchObject({ messageId, dup: true });
    back.send({ cmd: 'pubrec', messageId });
    expect(await back.expect('pubrel')).toMatchObject({ messageId });
  });

  test('5.0 [MQTT-4.8.2-5] … and goes to nobody else when its session ends first', async () => {
    const engine = makeEngine();
    const one = await member(engine, 'one', 2);
    await put(engine, 2);
    await one.expect('publish');
    const two = await member(engine, 'two', 2);
    one.send({ cmd: 'disconnect', reasonCode: 0, properties: { sessionExpiryInterval: 0 } });
    await one.closed;
    expect(engine.stats().sessions).toBe(1);
    await two.expectNothing();
  });

  test.each([
    [1, 'puback'],
    [2, 'pubrec'],
  ] as const)('5.0 [MQTT-4.8.2-6] a QoS %i message that a member refuses is discarded', async (qos, cmd) => {
    const engine = makeEngine();
    const one = await member(engine, 'one', qos);
    await put(engine, qos);
    const { messageId = 0 } = await one.expect('publish');
    const two = await member(engine, 'two', qos);
    one.send({ cmd, messageId, reasonCode: 0x97 });
    await one.expectNothing();
    await two.expectNothing();
  });

  test('a member that may not receive the topic is passed over', async () => {
    const engine = makeEngine({
      authenticate: ({ username = '' }) =>
        Promise.resolve({ ok: true, principal: { kind: 'device', id: username, name: username } }),
      authorize: ({ name }, action) => action !== 'receive' || name === 'two',
    });
    const wires: Wire[] = [];
    for (const clientId of ['one', 'two']) {
      const wire = await connectWire(engine, { version: 5, clientId, connect: { username: clientId } });
      await subscribe(wire, '$share/group/a', { qos: 0 });
      wires.push(wire);
    }
    await put(engine, 0);
    await put(engine, 0);
    await wires[1]?.expect('publish');
    await wires[1]?.expect('publish');
    await wires[0]?.expectNothing();
  });
});
