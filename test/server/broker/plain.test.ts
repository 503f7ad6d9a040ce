import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { DevicesReply } from '../../../shared/api/contract.ts';
import { brokerPort } from '../../../server/broker/plugin.ts';
import { listenTcp } from '../../../server/broker/listen/tcp.ts';
import { createRangeTest, loopbackRanges, readRange } from '../../../server/tls/ranges.ts';
import { testApp } from '../../support/app.ts';
import { makeEngine } from '../../support/engine.ts';

const rangesOf = (text: string) =>
  text.split(',').flatMap((one) => {
    const range = readRange(one);
    return range.ok ? [range.value] : [];
  });

test.each([
  ['192.168.1.0/24', '192.168.1.77', true],
  ['192.168.1.0/24', '::ffff:192.168.1.77', true],
  ['192.168.1.0/24', '192.168.2.1', false],
  ['192.168.1.0/24', '::ffff:192.168.2.1', false],
  ['10.0.0.5', '10.0.0.5', true],
  ['10.0.0.5', '10.0.0.6', false],
  ['fd00::/8', 'fd12::1', true],
  ['fd00::/8', '2001:db8::1', false],
  ['fe80::/10', 'fe80::1%eth0', true],
  ['0.0.0.0/0', '8.8.8.8', true],
  ['0.0.0.0/0', '2001:db8::1', false],
  ['10.0.0.0/8', '', false],
  ['10.0.0.0/8', 'no address', false],
])('%s has %s: %s', (ranges, address, isIn) => {
  expect(createRangeTest(rangesOf(ranges))(address)).toBe(isIn);
});

test('loopback is loopback in every spelling', () => {
  const isLoopback = createRangeTest(loopbackRanges);
  expect(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'].every(isLoopback)).toBe(true);
});

test('a connection from elsewhere is closed before a byte is read, counted and told', async () => {
  const engine = makeEngine();
  const seen: unknown[] = [];
  engine.onEvent((event) => seen.push(event));
  const onRefused = (address: string): void => engine.noteRefused(address, 'network');
  const listener = await listenTcp(engine, { host: '127.0.0.1', port: 0, isAllowed: () => false, onRefused });
  onTestFinished(() => listener.dispose());
  const socket = connect(listener.port, '127.0.0.1').resume();
  socket.on('error', () => undefined);
  await once(socket, 'close');
  expect(socket.bytesRead).toBe(0);
  expect(seen).toMatchObject([{ type: 'turned-away', reason: 'network', remoteAddress: '127.0.0.1' }]);
  expect(engine.stats().clientsConnected).toBe(0);
});

test('with networks this machine may still come; the devices page shows who may not', async () => {
  const { app, request } = await testApp({ config: { mqttPort: 0, mqttPlain: rangesOf('192.168.1.0/24') } });
  const socket = connect(brokerPort(app.broker) ?? 0, '127.0.0.1');
  await once(socket, 'connect');
  socket.destroy();
  app.broker.noteRefused('203.0.113.9', 'network');
  const { turnedAway } = (await request({ url: '/api/devices' })).json<DevicesReply>();
  expect(turnedAway).toMatchObject([{ reason: 'network', address: '203.0.113.9', count: 1 }]);
});

test('off opens no port', async () => {
  const { app } = await testApp({ config: { mqttPort: 0, mqttPlain: 'off' } });
  expect(brokerPort(app.broker)).toBeUndefined();
});
