import { describe, expect, test } from 'vitest';
import type { Engine } from '../../../server/broker/engine/engine.ts';
import { testClock } from '../../support/clock.ts';
import { makeEngine } from '../../support/engine.ts';
import { message, subscribe } from '../../support/talk.ts';
import { connectWire } from '../../support/wire.ts';

/** What Mosquitto 2.0.11 publishes with `sys_interval`, once each has changed. */
const ofMosquitto = [
  'version',
  'uptime',
  ...['active', 'connected', 'disconnected', 'expired', 'inactive', 'maximum', 'total'].map(
    (name) => `clients/${name}`,
  ),
  ...['received', 'sent', 'stored'].map((name) => `messages/${name}`),
  ...['dropped', 'received', 'sent'].map((name) => `publish/messages/${name}`),
  ...['received', 'sent'].flatMap((name) => [`bytes/${name}`, `publish/bytes/${name}`]),
  ...['count', 'bytes'].map((name) => `store/messages/${name}`),
  'retained messages/count',
  'subscriptions/count',
  'shared_subscriptions/count',
  'heap/current',
  'heap/maximum',
  ...['messages/received', 'messages/sent', 'bytes/received', 'bytes/sent', 'connections', 'sockets']
    .concat(['publish/dropped', 'publish/received', 'publish/sent'])
    .flatMap((name) => ['1min', '5min', '15min'].map((window) => `load/${name}/${window}`)),
];

const read = (engine: Engine, name: string): string | undefined =>
  engine.retained(`$SYS/broker/${name}`) && Buffer.from(engine.retained(`$SYS/broker/${name}`)!.payload).toString();

/** Renewed as often as Mosquitto does it by itself. */
const renewMs = 10_000;

test.each(ofMosquitto)('there is $SYS/broker/%s', (name) => {
  const engine = makeEngine({ version: 'kachel 1.2.3' });
  const form = name === 'version' ? /^kachel 1\.2\.3$/ : name === 'uptime' ? /^0 seconds$/ : /^\d+(\.\d\d)?$/;
  expect(read(engine, name)).toMatch(form);
});

test('everything else is below kachel/', () => {
  const others = makeEngine()
    .retainedMatching('$SYS/#', 1_000)
    .map(({ topic }) => topic.replace('$SYS/broker/', ''))
    .filter((name) => !ofMosquitto.includes(name));
  expect(others.filter((name) => !name.startsWith('kachel/'))).toEqual([]);
  expect(others).toContain('kachel/dropped/slow-client');
  expect(others).toContain('kachel/refused/bad-credentials');
  expect(others).toContain('kachel/limit-exceeded/max-queued-messages');
});

describe('the figures say what happened', () => {
  /** A client that is away with one message waiting, one that published 3 bytes to itself, one that shares. */
  const busy = async () => {
    const clock = testClock();
    const engine = makeEngine({ clock });
    const away = await connectWire(engine, { clientId: 'away', connect: { clean: false } });
    await subscribe(away, 'a', { qos: 1 });
    away.cut();
    await away.closed;
    const wire = await connectWire(engine, { clientId: 'here' });
    await subscribe(wire, 'a', { qos: 0 });
    await subscribe(wire, '$share/g/b', { qos: 0 });
    wire.send(message('a', 'xyz', { qos: 1, messageId: 9 }));
    const answers = [await wire.next(), await wire.next()].map(({ cmd }) => cmd);
    expect(answers.toSorted()).toEqual(['puback', 'publish']);
    return { engine, clock };
  };

  test.each([
    ['clients/connected', '1'],
    ['clients/total', '2'],
    ['clients/disconnected', '1'],
    ['clients/maximum', '1'],
    ['messages/received', '6'],
    ['messages/sent', '7'],
    ['publish/messages/received', '1'],
    ['publish/messages/sent', '1'],
    ['publish/messages/dropped', '0'],
    ['publish/bytes/received', '3'],
    ['publish/bytes/sent', '3'],
    ['subscriptions/count', '3'],
    ['shared_subscriptions/count', '1'],
    ['uptime', '10 seconds'],
    // Everything came within the ten seconds: six times as much a minute, seen through windows of 1, 5 and 15 minutes.
    ['load/messages/received/1min', (36 * (1 - Math.exp(-1 / 6))).toFixed(2)],
    ['load/messages/received/5min', (36 * (1 - Math.exp(-1 / 30))).toFixed(2)],
    ['load/messages/received/15min', (36 * (1 - Math.exp(-1 / 90))).toFixed(2)],
    ['load/connections/1min', (12 * (1 - Math.exp(-1 / 6))).toFixed(2)],
    ['load/sockets/1min', (12 * (1 - Math.exp(-1 / 6))).toFixed(2)],
  ])('%s is %s', async (name, value) => {
    const { engine, clock } = await busy();
    clock.advance(renewMs);
    expect(read(engine, name)).toBe(value);
  });

  test('what waits is stored beside what is retained', async () => {
    const { engine, clock } = await busy();
    clock.advance(renewMs);
    const retained = Number(read(engine, 'retained messages/count'));
    expect(retained).toBeGreaterThanOrEqual(ofMosquitto.length);
    expect(Number(read(engine, 'messages/stored'))).toBe(retained + 1);
    expect(Number(read(engine, 'store/messages/bytes'))).toBeGreaterThan(1_000);
  });

  test('loads fade when nothing happens any more', async () => {
    const { engine, clock } = await busy();
    clock.advance(renewMs);
    const [short, long] = [Number(read(engine, 'load/messages/received/1min')), 'load/messages/received/15min'];
    clock.advance(60_000);
    expect(Number(read(engine, 'load/messages/received/1min'))).toBeCloseTo(short * Math.exp(-1), 1);
    expect(Number(read(engine, long))).toBeGreaterThan(0);
  });
});

test('a subscriber gets what is retained, and then what changes', async () => {
  const clock = testClock();
  const engine = makeEngine({ clock });
  const wire = await connectWire(engine);
  await subscribe(wire, '$SYS/broker/clients/connected', { qos: 0 });
  expect(await wire.expect('publish')).toMatchObject({ retain: true, payload: Buffer.from('0') });
  clock.advance(renewMs);
  expect(await wire.expect('publish')).toMatchObject({ retain: false, payload: Buffer.from('1') });
});

test('who may not read $SYS is sent nothing of it, neither by name nor by wildcard', async () => {
  const clock = testClock();
  const engine = makeEngine({ clock, authorize: (_principal, _action, topic) => !topic.startsWith('$SYS/') });
  const wire = await connectWire(engine);
  wire.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: '$SYS/#', qos: 0 }] });
  expect((await wire.expect('suback')).granted).toEqual([0x80]);
  await subscribe(wire, '#', { qos: 0 });
  clock.advance(renewMs);
  await wire.expectNothing();
});
