import { describe, expect, it } from 'vitest';
import { certificate } from '../../../server/selfcheck/checks/certificate.ts';
import { exposure } from '../../../server/selfcheck/checks/exposure.ts';
import type { CheckedHouse } from '../../../server/selfcheck/check.ts';
import type { Door } from '../../../server/selfcheck/knock.ts';
import { secretIn } from '../../../server/selfcheck/secrets-in.ts';
import { createRangeTest, isUnrouted, loopbackRanges } from '../../../server/tls/ranges.ts';

describe('a message tells a secret', () => {
  it.each([
    ['Tasmota, after its Wi-Fi was set', 'stat/plug/RESULT', '{"SSId1":"Home","Password1":"correct horse"}', 'wifi'],
    ['ESP firmware', 'esp/config', '{"wifi":{"wifi_psk":"correct horse"}}', 'wifi'],
    ['an older Zigbee2MQTT', 'zigbee2mqtt/bridge/config', '{"mqtt":{"user":"z","password":"secret pw"}}', 'other'],
    ['a network key as bytes', 'zigbee2mqtt/bridge/info', `{"network_key":[${Array(16).fill(7).join()}]}`, 'other'],
    ['a token deep inside', 'a/b', '{"x":[{"y":{"access_token":"eyJhbGciOi"}}]}', 'other'],
    ['text on a topic of that name', 'house/wifi/password', 'correct horse', 'wifi'],
    ['an address with a password', 'cam/1/url', 'rtsp://admin:hunter22@192.168.1.9/stream', 'other'],
  ] as const)('%s', (_what, topic, payload, kind) => {
    expect(secretIn(topic, payload)).toBe(kind);
  });

  it.each([
    ['a masked one', 'stat/plug/RESULT', '{"Password1":"****"}'],
    ['none at all', 'stat/plug/RESULT', '{"Password1":""}'],
    ['whether there is one', 'a/b', '{"password":true}'],
    ['a placeholder', 'a/b', '{"password":"<redacted>"}'],
    ['a key that only sounds like it', 'a/b', '{"compass":"north","passenger":"Lena","tokens_left":"many"}'],
    ['a plain address', 'cam/1/url', 'rtsp://192.168.1.9:554/stream'],
    ['a lamp', 'house/lamp', 'ON'],
    ['broken JSON', 'a/b', '{"password":'],
    ['bytes', 'a/b', '\u0000\ufffd'],
  ])('not: %s', (_what, topic, payload) => {
    expect(secretIn(topic, payload)).toBeUndefined();
  });
});

const plain: readonly Door[] = [
  { kind: 'mqtt', host: '127.0.0.1', port: 1883 },
  { kind: 'wss', host: '127.0.0.1', port: 8443 },
];
/** What the check looks at, as values. */
const at = (host: string, addresses: readonly string[], doors = plain) =>
  exposure.look({
    host,
    ownAddresses: () => addresses,
    doors: () => doors,
    isUnrouted,
    isLoopback: createRangeTest(loopbackRanges),
  } as Partial<CheckedHouse> as CheckedHouse);

describe('unencrypted listeners', () => {
  it.each([
    ['at home', '0.0.0.0', ['192.168.1.2', '2001:db8::2'], 'address-home'],
    ['behind a provider or in a private network of devices', '0.0.0.0', ['192.168.1.2', '100.101.2.3'], 'address-home'],
    ['on the internet', '0.0.0.0', ['192.168.1.2', '203.0.113.2'], 'address-public'],
    ['on the internet of the new kind', '::', ['192.168.1.2', '2001:db8::2'], 'address-public-v6'],
    ['only here', '127.0.0.1', ['203.0.113.2'], 'address-here'],
    ['on one public address', '203.0.113.2', ['192.168.1.2'], 'address-public'],
  ])('%s', async (_what, host, addresses, finding) => {
    expect(await at(host, addresses)).toMatchObject([{ finding, params: { ports: '1883' } }]);
  });

  it('are no matter where there are none', async () => {
    expect(await at('0.0.0.0', ['203.0.113.2'], plain.slice(1))).toEqual([]);
  });
});

describe('a certificate', () => {
  it.each([
    ['ended', 'certificate-ended'],
    ['ends-soon', 'certificate-ends'],
    ['not-renewed', 'certificate-stuck'],
  ] as const)('that is %s is told', async (kind, finding) => {
    const tls = { shown: () => ({}), trouble: () => ({ kind, notAfterMs: 7, reason: 'No route' }) };
    const lines = await certificate.look({ tls } as unknown as CheckedHouse);
    expect(lines).toEqual([{ finding, params: { endMs: 7, reason: 'No route' } }]);
  });
});
