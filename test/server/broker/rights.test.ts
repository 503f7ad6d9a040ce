import { describe, expect, test } from 'vitest';
import type { IPublishPacket } from 'mqtt-packet';
import type { Action, Principal } from '../../../server/broker/engine/engine.ts';
import { makeEngine } from '../../support/engine.ts';
import { connectWire } from '../../support/wire.ts';
import type { Wire } from '../../support/wire.ts';

const message = (topic: string, payload: string, rest: Partial<IPublishPacket> = {}): IPublishPacket => ({
  cmd: 'publish',
  topic,
  payload,
  qos: 0,
  dup: false,
  retain: false,
  ...rest,
});

const subscribe = async (
  wire: Wire,
  topic: string,
  options: object = {},
  properties?: object,
): Promise<readonly number[]> => {
  wire.send({
    cmd: 'subscribe',
    messageId: 99,
    subscriptions: [{ topic, qos: 2, ...options }],
    ...(properties && { properties }),
  });
  return (await wire.expect('suback')).granted as number[];
};

describe('rights', () => {
  const device: Principal = { kind: 'device', id: '1', name: 'lamp' };
  const engineWith = (authorize: (action: Action, topic: string) => boolean): ReturnType<typeof makeEngine> =>
    makeEngine({
      authenticate: () => Promise.resolve({ ok: true, principal: device }),
      authorize: (_principal, action, topic) => authorize(action, topic),
    });

  test('a publish that is not allowed is dropped and counted; 5.0 is told, 3.1.1 is not', async () => {
    const engine = engineWith((action, topic) => action !== 'publish' || topic === 'mine');
    const modern = await connectWire(engine, { version: 5, clientId: 'modern' });
    await subscribe(modern, '#');
    modern.send(message('other', 'x', { qos: 2, messageId: 1 }));
    expect(await modern.expect('pubrec')).toMatchObject({ reasonCode: 0x87 });
    const old = await connectWire(engine, { clientId: 'old' });
    old.send(message('other', 'x', { qos: 1, messageId: 1 }));
    await old.expect('puback');
    await modern.expectNothing();
    expect(engine.stats().messagesDropped).toBe(2);
  });

  test('a subscription that is not allowed gets 0x87 in 5.0, 0x80 in 3.1.1, and nothing at all in 3.1', async () => {
    const engine = engineWith((action, topic) => action !== 'subscribe' || topic !== 'secret');
    expect(await subscribe(await connectWire(engine, { version: 5, clientId: '5' }), 'secret')).toEqual([0x87]);
    expect(await subscribe(await connectWire(engine, { version: 4, clientId: '4' }), 'secret')).toEqual([0x80]);
    const ancient = await connectWire(engine, { version: 3, clientId: '3' });
    expect(await subscribe(ancient, 'secret')).toEqual([2]);
    await engine.publish({ topic: 'secret', payload: Buffer.from('x'), qos: 0, retain: false });
    await ancient.expectNothing();
    expect(await subscribe(await connectWire(engine, { version: 5, clientId: 's' }), '$share/g/secret')).toEqual([
      0x87,
    ]);
  });

  test('what may not be received is withheld, retained or not', async () => {
    const engine = engineWith((action, topic) => action !== 'receive' || topic !== 'house/secret');
    await engine.publish({ topic: 'house/secret', payload: Buffer.from('x'), qos: 0, retain: true });
    const wire = await connectWire(engine);
    await subscribe(wire, 'house/#');
    await engine.publish({ topic: 'house/secret', payload: Buffer.from('y'), qos: 0, retain: false });
    await wire.expectNothing();
  });

  test('a will that may not be published refuses the connection', async () => {
    const engine = engineWith((action) => action !== 'publish');
    const will = { topic: 'status', payload: Buffer.from('gone'), qos: 0, retain: false } as const;
    await expect(connectWire(engine, { connect: { will } })).rejects.toThrow('refused with 5');
    await expect(connectWire(engine, { version: 5, connect: { will } })).rejects.toThrow('refused with 135');
  });

  test('changed rights act at once', async () => {
    let isAllowed = true;
    const engine = engineWith(() => isAllowed);
    const wire = await connectWire(engine, { version: 5 });
    await subscribe(wire, 'a');
    isAllowed = false;
    engine.recheckRights();
    expect((await wire.expect('disconnect')).reasonCode).toBe(0x87);
    expect(engine.stats().subscriptions).toBe(0);
  });

  test.each([
    ['waited for the client', false],
    ['was sent and not acknowledged', true],
  ])('what %s is not sent after the right was taken away', async (_what, isConnected) => {
    let secret = 'none';
    const engine = engineWith((action, topic) => action !== 'receive' || topic !== secret);
    const connect = { connect: { clean: false } };
    const wire = await connectWire(engine, connect);
    await subscribe(wire, '#', { qos: 1 });
    if (!isConnected) wire.cut();
    if (!isConnected) await wire.closed;
    for (const topic of ['secret', 'open'])
      await engine.publish({ topic, payload: Buffer.from('x'), qos: 1, retain: false });
    wire.cut();
    await wire.closed;
    secret = 'secret';
    engine.recheckRights();
    const again = await connectWire(engine, connect);
    expect(await again.expect('publish')).toMatchObject({ topic: 'open', dup: isConnected });
    await again.expectNothing();
  });

  test('each refusal and each subscription is told', async () => {
    const engine = engineWith((_action, topic) => topic === 'mine');
    const told: unknown[] = [];
    engine.onEvent((event) => {
      if (event.type === 'refused') told.push([event.action, event.topic, event.clientId]);
      if (event.type === 'subscribed') told.push(['subscribed', event.filter]);
    });
    const wire = await connectWire(engine);
    await subscribe(wire, 'mine');
    await subscribe(wire, '$share/g/other');
    for (const _ of ['once', 'twice']) wire.send(message('other', 'x'));
    const will = { topic: 'status', payload: Buffer.from('gone'), qos: 0, retain: false } as const;
    await expect(connectWire(engine, { clientId: 'b', connect: { will } })).rejects.toThrow('refused');
    expect(told).toEqual([
      ['subscribed', 'mine'],
      ['subscribe', 'other', 'client'],
      ['publish', 'other', 'client'],
      ['publish', 'other', 'client'],
      ['publish', 'status', 'b'],
    ]);
  });
});
