import { describe, expect, test } from 'vitest';
import type { Action, Principal } from '../../../server/broker/engine/engine.ts';
import { makeEngine } from '../../support/engine.ts';
import { cut, kept, message, payloadOf, subscribe } from '../../support/talk.ts';
import { connectWire } from '../../support/wire.ts';

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
    expect(await subscribe(await connectWire(engine, { version: 5, clientId: '5' }), 'secret')).toBe(0x87);
    expect(await subscribe(await connectWire(engine, { version: 4, clientId: '4' }), 'secret')).toBe(0x80);
    const ancient = await connectWire(engine, { version: 3, clientId: '3' });
    expect(await subscribe(ancient, 'secret')).toBe(2);
    await engine.publish({ topic: 'secret', payload: Buffer.from('x'), qos: 0, retain: false });
    await ancient.expectNothing();
    expect(await subscribe(await connectWire(engine, { version: 5, clientId: 's' }), '$share/g/secret')).toBe(0x87);
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

  describe('an inspector', () => {
    const person: Principal = { kind: 'person', id: '2', name: 'Anna' };
    /** Lets only `fine` pass; asked about everybody with a login. */
    const inspected = () => {
      const asked: string[] = [];
      const engine = makeEngine({
        authenticate: ({ origin }) => ({ ok: true, principal: origin.loginId === undefined ? device : person }),
        inspectorFor: ({ principal, origin }) => {
          if (principal.kind === 'device') return undefined;
          return (topic, payload) => {
            asked.push(`${origin?.loginId ?? 'nobody'} ${topic} ${Buffer.from(payload).toString()}`);
            return Buffer.from(payload).toString() === 'fine' ? undefined : 'not that';
          };
        },
      });
      return { engine, asked };
    };
    const page = { version: 5, clientId: 'page', origin: { loginId: 'phone' } } as const;

    test('sees each message of its client and tells why it refuses one', async () => {
      const { engine, asked } = inspected();
      const reasons: unknown[] = [];
      engine.onEvent((event) => event.type === 'refused' && reasons.push(event.reason));
      const wire = await connectWire(engine, page);
      await subscribe(wire, 'door');
      wire.send(message('door', 'fine', { qos: 1, messageId: 1 }));
      expect(payloadOf(await wire.expect('publish'))).toBe('fine');
      expect(await wire.expect('puback')).toMatchObject({ reasonCode: 0 });
      wire.send(message('door', 'bad', { qos: 1, messageId: 2 }));
      expect(await wire.expect('puback')).toMatchObject({
        reasonCode: 0x87,
        properties: { reasonString: 'not that' },
      });
      wire.send(message('door', 'bad', { qos: 2, messageId: 3 }));
      expect(await wire.expect('pubrec')).toMatchObject({ reasonCode: 0x87 });
      wire.send(message('door', 'bad'));
      await wire.expectNothing();
      expect(asked).toEqual(['phone door fine', 'phone door bad', 'phone door bad', 'phone door bad']);
      expect(reasons).toEqual(['not that', 'not that', 'not that']);
    });

    test('is asked about a will when it is due, with no connection behind it', async () => {
      const { engine, asked } = inspected();
      const listener = await connectWire(engine, { clientId: 'listener' });
      await subscribe(listener, 'door');
      const will = { topic: 'door', payload: Buffer.from('bad'), qos: 0, retain: false } as const;
      await cut(await connectWire(engine, { ...page, connect: { will } }));
      await listener.expectNothing();
      expect(asked).toEqual(['nobody door bad']);
    });

    test('is not asked about clients that nobody looks at', async () => {
      const { engine, asked } = inspected();
      const wire = await connectWire(engine, { version: 5 });
      wire.send(message('door', 'bad', { qos: 1 }));
      expect(await wire.expect('puback')).toMatchObject({ reasonCode: 0x10 });
      expect(asked).toEqual([]);
    });
  });

  test('`$SYS` is for those who may subscribe to and receive it', async () => {
    const engine = engineWith((action, topic) => action === 'publish' || !topic.startsWith('$SYS'));
    const wire = await connectWire(engine, { version: 5 });
    expect(await subscribe(wire, '$SYS/#')).toBe(0x87);
    expect(await subscribe(wire, '$SYS/broker/version')).toBe(0x87);
    const half = engineWith((action, topic) => action !== 'receive' || topic !== '$SYS/broker/version');
    const other = await connectWire(half, { version: 5 });
    expect(await subscribe(other, '$SYS/broker/version')).toBe(2);
    await other.expectNothing();
  });

  describe('that change act at once on live connections', () => {
    const changing = () => {
      const denied = new Set<string>();
      const engine = engineWith((action, topic) => !denied.has(`${action} ${topic}`));
      const deny = (right: string): void => {
        denied.add(right);
        engine.recheckRights();
      };
      return { engine, deny };
    };

    test('publish: the next message is refused', async () => {
      const { engine, deny } = changing();
      const wire = await connectWire(engine, { version: 5 });
      wire.send(message('a', 'x', { qos: 1 }));
      expect((await wire.expect('puback')).reasonCode).toBe(0x10);
      deny('publish a');
      wire.send(message('a', 'x', { qos: 1 }));
      expect(await wire.expect('puback')).toMatchObject({
        reasonCode: 0x87,
        properties: { reasonString: 'not allowed to publish to this topic' },
      });
    });

    test('subscribe: the subscription ends, and the client is sent off to subscribe anew', async () => {
      const { engine, deny } = changing();
      const wire = await connectWire(engine, { version: 5 });
      await subscribe(wire, 'a');
      deny('subscribe a');
      expect((await wire.expect('disconnect')).reasonCode).toBe(0x87);
      expect(engine.stats().subscriptions).toBe(0);
    });

    test('receive: the next message is withheld, of a wildcard, of a share and of what is retained', async () => {
      const { engine, deny } = changing();
      await engine.publish({ topic: 'a/1', payload: Buffer.from('kept'), qos: 0, retain: true });
      const wire = await connectWire(engine, { version: 5 });
      await subscribe(wire, 'a/+', { qos: 0, rh: 2 });
      await subscribe(wire, '$share/g/a/#', { qos: 0 });
      const put = (): Promise<void> =>
        engine.publish({ topic: 'a/1', payload: Buffer.from('x'), qos: 0, retain: false });
      await put();
      await wire.expect('publish');
      await wire.expect('publish');
      deny('receive a/1');
      await put();
      await subscribe(wire, 'a/+', { qos: 0 });
      await wire.expectNothing();
    });

    test('receive: what waits for a client that is away is not handed out any more', async () => {
      const { engine, deny } = changing();
      const first = await connectWire(engine, kept(5));
      await subscribe(first, '#', { qos: 1 });
      await cut(first);
      for (const topic of ['a', 'b', 'a'])
        await engine.publish({ topic, payload: Buffer.from(topic), qos: 1, retain: false });
      deny('receive a');
      const second = await connectWire(engine, kept(5));
      expect(payloadOf(await second.expect('publish'))).toBe('b');
      await second.expectNothing();
      expect(engine.stats().messagesDropped).toBe(2);
    });

    test('publish: a will that is no longer allowed is forgotten', async () => {
      const { engine, deny } = changing();
      const will = { topic: 'status', payload: Buffer.from('gone'), qos: 0, retain: true } as const;
      const wire = await connectWire(engine, { connect: { will } });
      deny('publish status');
      await cut(wire);
      expect(engine.retained('status')).toBeUndefined();
    });
  });
});
