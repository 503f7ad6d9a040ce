import { describe, expect, it } from 'vitest';
import type { Binding } from '../../../shared/house/binding.ts';
import { confirms, decode, decodeAvailability, encode } from '../../../shared/payload/codec.ts';
import type { Value } from '../../../shared/payload/decoded.ts';
import { encodeUtf8 } from '../../../shared/payload/text.ts';

const bool = (more: Partial<Binding> = {}): Binding => ({ type: 'boolean', ...more });
const number = (more: Partial<Binding> = {}): Binding => ({ type: 'number', ...more });
const color = (more: Partial<Binding> = {}): Binding => ({ type: 'color', ...more });
const text = (more: Partial<Binding> = {}): Binding => ({ type: 'text', ...more });
const read = (binding: Binding, payload: string) => decode(binding, encodeUtf8(payload));

describe('decode', () => {
  const readings: [string, Binding, string, Value | { error: string; shown?: string }][] = [
    ['default on', bool(), 'ON', true],
    ['default off', bool(), ' OFF\n', false],
    ['other case', bool(), 'on', true],
    ['exact case wins', bool({ on: 'a', off: 'A' }), 'A', false],
    ['undecidable case', bool({ on: 'aB', off: 'Ab' }), 'ab', { error: 'unknown-value', shown: 'ab' }],
    ['alternatives', bool({ on: 'ON|1|true', off: 'OFF|0|false' }), '1', true],
    ['JSON true', bool({ path: 'occupancy', on: 'true', off: 'false' }), '{"occupancy":true}', true],
    ['unknown', bool(), '2', { error: 'unknown-value', shown: '2' }],
    ['empty', bool(), '', { error: 'no-value' }],
    ['HTML is text', bool(), '<img src=x>', { error: 'unknown-value', shown: '<img src=x>' }],
    ['number', number(), '22.5', 22.5],
    ['comma and blanks', number(), ' 22,75 ', 22.75],
    ['unit behind', number(), '21.5 °C', 21.5],
    ['exponent', number(), '1.5e3', 1500],
    ['scale', number({ scale: 0.1, offset: -5 }), '265', 21.5],
    ['mired', number({ mired: true }), '250', 4000],
    ['nan', number(), 'nan', { error: 'no-value' }],
    ['null in JSON', number({ path: 't' }), '{"t":null}', { error: 'no-value' }],
    ['word', number(), 'warm', { error: 'not-a-number', shown: 'warm' }],
    ['object', number({ path: 'a' }), '{"a":{}}', { error: 'not-a-number', shown: '{}' }],
    ['missing path', number({ path: 'a' }), '{"b":1}', { error: 'path-not-found', shown: '{"b":1}' }],
    ['broken JSON', number({ path: 'a' }), '{"a":', { error: 'not-json', shown: '{"a":' }],
    ['broken path', number({ path: 'a[' }), '{"a":1}', { error: 'path-not-found', shown: '{"a":1}' }],
    ['hex colour', color(), '#ff0000', { h: 0, s: 100, v: 100 }],
    ['short hex', color(), '#0f0', { h: 120, s: 100, v: 100 }],
    ['hex with white', color(), '00FF0000', { h: 120, s: 100, v: 100 }],
    ['rgb', color({ format: 'rgb' }), '0, 0, 255', { h: 240, s: 100, v: 100 }],
    ['hsv', color({ format: 'hsv' }), '30,50,80', { h: 30, s: 50, v: 80 }],
    ['typed hsv', color(), 'hsv,30,50,80', { h: 30, s: 50, v: 80 }],
    ['css rgb', color({ format: 'hsv' }), 'rgb(255,0,0)', { h: 0, s: 100, v: 100 }],
    ['JSON rgb', color({ path: 'color' }), '{"color":{"r":255,"g":0,"b":0}}', { h: 0, s: 100, v: 100 }],
    ['JSON hs', color(), '{"hue":200,"saturation":40}', { h: 200, s: 40, v: 100 }],
    ['no colour', color(), 'bright', { error: 'not-a-color', shown: 'bright' }],
    ['rgb out of range', color({ format: 'rgb' }), '300,0,0', { error: 'not-a-color', shown: '300,0,0' }],
    ['text', text(), 'Paper bin <b>', 'Paper bin <b>'],
    ['text of a sub-tree', text({ path: 'a' }), '{"a":[1,2]}', '[1,2]'],
  ];
  it.each(readings)('%s', (_name, binding, payload, expected) => {
    const isProblem = typeof expected === 'object' && 'error' in expected;
    const result = read(binding, payload);
    if (isProblem) expect(result).toEqual({ ok: false, ...expected });
    else if (typeof expected === 'number') expect(result.ok && result.value).toBeCloseTo(expected, 9);
    else expect(result).toEqual({ ok: true, value: expected });
  });

  it('takes anything without throwing', () => {
    const deep = '['.repeat(100_000);
    const payloads = [
      new Uint8Array([0xff, 0xfe, 0x00]),
      encodeUtf8(deep),
      encodeUtf8('9'.repeat(1_000_000)),
      new Uint8Array(),
    ];
    for (const binding of [bool(), number(), color(), text(), number({ path: 'a.b' }), color({ path: '$' })]) {
      for (const payload of payloads) expect(() => decode(binding, payload)).not.toThrow();
    }
    expect(decode(bool(), payloads[0]!)).toEqual({ ok: false, error: 'not-utf8' });
    expect(decode(number({ path: 'a' }), payloads[2]!)).toMatchObject({ ok: false, error: 'too-large' });
  });
});

describe('encode', () => {
  const writings: [string, Binding, Value, string][] = [
    ['on', bool({ on: 'ON|1' }), true, 'ON'],
    ['JSON around', bool({ template: '{"state":"{{value}}"}' }), false, '{"state":"OFF"}'],
    ['whole payload', bool({ commandOn: '{"on":1}', template: 'x{{value}}' }), true, '{"on":1}'],
    ['number', number({ step: 0.5 }), 21.5, '21.5'],
    ['no float noise', number({ step: 0.1 }), 0.1 + 0.2, '0.3'],
    ['whole device steps', number({ scale: 100 / 254, min: 0, max: 100 }), 62, '157'],
    ['clamped', number({ min: 0, max: 100 }), 140, '100'],
    ['kelvin to mired', number({ mired: true }), 2700, '370'],
    ['time', number({ template: '{"v":{{ value }},"t":{{ts}}}' }), 5, '{"v":5,"t":1700000000}'],
    ['hex', color(), { h: 30, s: 100, v: 100 }, '#ff8000'],
    ['rgb', color({ format: 'rgb' }), { h: 0, s: 0, v: 100 }, '255,255,255'],
    ['hsv', color({ format: 'hsv' }), { h: 30.04, s: 50, v: 80 }, '30,50,80'],
    [
      'JSON',
      color({ format: 'json-hs', template: '{"color":{{value}}}' }),
      { h: 30, s: 50, v: 80 },
      '{"color":{"h":30,"s":50}}',
    ],
    ['text in JSON is escaped', text({ template: '{"m":"{{value}}"}' }), 'say "hi"\n', '{"m":"say \\"hi\\"\\n"}'],
    ['replacement signs are text', text(), '$& {{ts}}', '$& {{ts}}'],
  ];
  it.each(writings)('%s', (_name, binding, value, expected) => {
    expect(encode(binding, value, 1_700_000_000_500)).toMatchObject({ ok: true, text: expected });
  });

  it.each([
    [bool(), 1],
    [number(), 'x'],
    [number(), Number.NaN],
    [color(), '#fff'],
    [text(), true],
  ] as [Binding, Value][])('refuses a value of another type', (binding, value) =>
    expect(encode(binding, value, 0)).toEqual({ ok: false }),
  );
});

describe('confirms', () => {
  it.each([
    [bool(), true, true, true],
    [bool(), true, false, false],
    [number({ scale: 100 / 254 }), 62, (157 * 100) / 254, true],
    [number({ scale: 100 / 254 }), 62, 60, false],
    [number({ step: 0.5 }), 21.5, 21.5, true],
    [number({ step: 0.5 }), 21.5, 22, false],
    [number({ mired: true }), 2700, 1_000_000 / 370, true],
    [color(), { h: 359, s: 80, v: 90 }, { h: 2, s: 80, v: 90 }, true],
    [color(), { h: 30, s: 80, v: 90 }, { h: 60, s: 80, v: 90 }, false],
    [color(), { h: 30, s: 3, v: 90 }, { h: 200, s: 2, v: 90 }, true],
    [text(), 'a', 'a', true],
  ] as [Binding, Value, Value, boolean][])('%j %j %j → %s', (binding, wanted, reported, expected) => {
    expect(confirms(binding, wanted, reported)).toBe(expected);
  });

  it('confirms every percent a 0-254 dimmer can be asked for', () => {
    const binding = number({ scale: 100 / 254, min: 0, max: 100, step: 1 });
    for (let percent = 0; percent <= 100; percent += 1) {
      const sent = encode(binding, percent, 0);
      const back = sent.ok ? decode(binding, sent.payload) : undefined;
      expect(back?.ok && confirms(binding, percent, back.value)).toBe(true);
    }
  });
});

describe('availability', () => {
  it.each([
    ['online', true],
    ['Offline', false],
    ['resting', undefined],
  ])('%s', (payload, expected) => expect(decodeAvailability({ topic: 't' }, encodeUtf8(payload))).toBe(expected));
  it('reads JSON and own words', () => {
    const binding = { topic: 't', path: 'state', online: 'up|1', offline: 'down' };
    expect(decodeAvailability(binding, encodeUtf8('{"state":1}'))).toBe(true);
  });
});
