import { expect, test } from 'vitest';
import { esphomeExample, mqttAddress, publishExample, tasmotaExample } from '../../../web/pages/devices/examples.ts';

const access = { host: '192.168.1.5', port: 1883, username: 'boiler', password: 'k7Xq-2f' };

test('Tasmota takes one line', () => {
  expect(tasmotaExample(access)).toBe(
    'Backlog MqttHost 192.168.1.5; MqttPort 1883; MqttUser boiler; MqttPassword k7Xq-2f',
  );
});

test('ESPHome takes YAML with quoted strings', () => {
  expect(esphomeExample({ ...access, password: 'a"b: c' })).toBe(
    'mqtt:\n  broker: 192.168.1.5\n  port: 1883\n  username: "boiler"\n  password: "a\\"b: c"',
  );
});

test.each([
  ['k7Xq-2f', '-P k7Xq-2f'],
  ['two words', "-P 'two words'"],
  ["it's", "-P 'it'\\''s'"],
])('a shell reads the password %s as one word', (password, expected) => {
  expect(publishExample({ ...access, password })).toContain(expected);
});

test('a code holds everything, whatever is in the password', () => {
  expect(mqttAddress({ ...access, password: 'a@b/c' })).toBe('mqtt://boiler:a%40b%2Fc@192.168.1.5:1883');
});
