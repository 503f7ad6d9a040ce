import { describe, expect, test } from 'vitest';
import type { Binding } from '../../../shared/house/binding.ts';
import type { Value } from '../../../shared/payload/decoded.ts';
import type { TileLook } from '../../../web/tiles/define.ts';
import { kindOf, tileKinds } from '../../../web/tiles/registry.ts';
import { both, inputOf, lookOf, type Case } from './look-of.ts';

test('every kind has its own name and is found by it', () => {
  expect(new Set(tileKinds.map(({ kind }) => kind)).size).toBe(tileKinds.length);
  for (const kind of tileKinds) expect(kindOf(kind.kind)).toBe(kind);
  expect(kindOf('toaster')).toBeUndefined();
  expect(kindOf('constructor')).toBeUndefined();
});

const power: Binding = { type: 'boolean', ...both };
const brightness: Binding = { type: 'number', ...both, unit: '%' };
const temperature: Binding = { type: 'number', ...both, unit: 'K', min: 2_200, max: 6_500 };
const color: Binding = { type: 'color', ...both };
const apricot = { h: 28, s: 50, v: 100 };

describe('switch', () => {
  const watts: Binding = { type: 'number', stateTopic: 'w', unit: 'W' };
  const kind = 'switch';
  test.each<[Omit<Case, 'kind'>, Partial<TileLook>]>([
    [
      { bindings: { power }, values: { power: false } },
      { level: 'quiet', stateText: 'Off', spoken: 'off', isOn: false },
    ],
    [
      { bindings: { power }, values: { power: true } },
      { level: 'on', fill: 'glaze', stateText: 'On', isOn: true },
    ],
    [
      { bindings: { power, watts }, values: { power: true, watts: 84.4 }, size: '2x1' },
      { stateText: 'On · 84\u00a0W', spoken: 'on, 84 watts' },
    ],
    [{ bindings: { power, watts }, values: { power: true, watts: 84.4 }, size: '1x1' }, { stateText: 'On' }],
    [
      { bindings: { power }, values: { power: true }, options: { deviceClass: 'lock' } },
      { stateText: 'Unlocked', fill: 'mangan', icon: 'lock-open-variant' },
    ],
    [
      { bindings: { power }, values: { power: false }, options: { deviceClass: 'valve' }, language: 'de' },
      { stateText: 'Zu', icon: 'valve' },
    ],
    [
      { bindings: { power }, values: { power: true }, tile: { icon: 'fan', iconOn: 'fan-on', domain: 'delft' } },
      { icon: 'fan-on', fill: 'delft' },
    ],
    [
      { bindings: { power } },
      { level: 'quiet', stateText: 'No value yet', tap: { type: 'send', role: 'power', value: true } },
    ],
    [
      { bindings: { power: { type: 'boolean', commandTopic: 'a/set' } } },
      { stateText: '', tap: { type: 'send', role: 'power', value: true } },
    ],
  ])('%o', (one, look) => {
    expect(lookOf({ kind, ...one })).toMatchObject(look);
  });
});

describe('light', () => {
  const kind = 'light';
  const all = { power, brightness, temperature, color };
  test.each<[Omit<Case, 'kind'>, Partial<TileLook>]>([
    [
      { bindings: { power, brightness }, values: { power: true, brightness: 62 }, size: '1x1' },
      { stateText: '62\u00a0%', spoken: 'on, 62 percent' },
    ],
    [
      { bindings: { power, brightness }, values: { power: true, brightness: 62 }, size: '2x1' },
      { level: 'on', fill: 'honey', stateText: 'On · 62\u00a0%', bar: 0.62 },
    ],
    [
      { bindings: { power, brightness }, values: { power: true, brightness: 62 }, size: '2x2' },
      { stateText: 'On', value: { text: '62', unit: '%' } },
    ],
    [
      { bindings: { power, brightness }, values: { power: false, brightness: 62 }, size: '2x2' },
      { level: 'quiet', stateText: 'was 62\u00a0%', value: { text: 'Off' } },
    ],
    [
      { bindings: { power, brightness }, values: { power: false, brightness: 62 }, size: '2x2', language: 'de' },
      { stateText: 'war 62\u00a0%', value: { text: 'Aus' } },
    ],
    [
      { bindings: { power, brightness }, values: { power: false, brightness: 62 }, size: '2x1' },
      { stateText: 'Off', spoken: 'off', isOn: false },
    ],
    [
      { bindings: { brightness }, values: { brightness: 0 } },
      { isOn: false, tap: { type: 'send', role: 'brightness', value: 100 } },
    ],
    [
      { bindings: { brightness }, values: { brightness: 7 } },
      { isOn: true, tap: { type: 'send', role: 'brightness', value: 0 } },
    ],
    [
      { bindings: { brightness: { ...brightness, max: 254 } }, values: { brightness: 127 } },
      { stateText: '50\u00a0%' },
    ],
    [
      { bindings: all, values: { power: true, brightness: 40, color: apricot }, size: '2x1' },
      { fill: apricot, stateText: 'Apricot · 40\u00a0%', spoken: 'on, 40 percent, apricot' },
    ],
    [
      { bindings: all, values: { power: true, brightness: 40, color: apricot, temperature: 2_700 }, size: '2x1' },
      { fill: 'honey', stateText: 'On · 40\u00a0%' },
    ],
    [
      {
        bindings: all,
        values: { power: true, brightness: 40, color: { h: 226, s: 92, v: 100 }, temperature: 2_700 },
        size: '2x2',
      },
      { stateText: 'Blue' },
    ],
    [
      { bindings: all, values: { power: false, brightness: 40, color: apricot } },
      { fill: 'honey', level: 'quiet' },
    ],
    [{ bindings: { power }, values: { power: true }, size: '2x2' }, { stateText: 'On' }],
  ])('%o', (one, look) => {
    expect(lookOf({ kind, ...one })).toMatchObject(look);
  });

  test('grows pale with a cool white', () => {
    const look = lookOf({ kind, bindings: all, values: { power: true, temperature: 6_000 } });
    expect(look.fill).toMatchObject({ v: expect.any(Number) as number });
  });

  test.each([
    [true, true],
    [false, false],
  ])('counts as a light that is on: %s', (value, isCounted) => {
    const input = inputOf({ kind, bindings: { power }, values: { power: value } });
    expect(kindOf(kind)?.summary?.(input)).toEqual({ counts: 'light', isCounted });
  });
});

describe('slider', () => {
  const value: Binding = { type: 'number', ...both, unit: '°C', min: 5, max: 30, step: 0.5 };
  test.each<[Omit<Case, 'kind'>, Partial<TileLook>]>([
    [
      { bindings: { value }, values: { value: 5 } },
      { level: 'quiet', stateText: '5.0\u00a0°C' },
    ],
    [
      { bindings: { value }, values: { value: 17.5 } },
      { level: 'on', bar: 0.5, spoken: '17.5 degrees', role: 'slider', tap: { type: 'details' } },
    ],
    [
      { bindings: { value }, values: { value: 17.5 }, size: '2x2' },
      { stateText: '', value: { text: '17.5', unit: '°C' } },
    ],
  ])('%o', (one, look) => {
    expect(lookOf({ kind: 'slider', ...one })).toMatchObject(look);
  });

  test('is dragged over its own range', () => {
    const { drag } = lookOf({ kind: 'slider', bindings: { value }, values: { value: 17.5 } });
    expect(drag).toMatchObject({ role: 'value', value: 17.5, min: 5, max: 30, step: 0.5 });
    expect(drag?.text(18)).toBe('18.0\u00a0°C');
  });
});

describe('button', () => {
  const press: Binding = { type: 'text', commandTopic: 'a/set' };
  test.each<[Omit<Case, 'kind'>, Partial<TileLook>]>([
    [
      { bindings: { press } },
      { level: 'quiet', stateText: '', role: 'button', tap: { type: 'send', role: 'press', value: 'PRESS' } },
    ],
    [
      { bindings: { press }, options: { payload: 'open', caption: 'Opener' } },
      { stateText: 'Opener', tap: { type: 'send', role: 'press', value: 'open' } },
    ],
    [{ bindings: { press }, command: 'no-feedback' }, { level: 'on' }],
    [{ bindings: { press }, command: 'sent' }, { level: 'quiet' }],
    [
      { bindings: { press: { ...press, stateTopic: 'a', template: 'movie' } }, values: { press: 'movie' } },
      { level: 'on', tap: { type: 'send', role: 'press', value: 'movie' } },
    ],
    [
      {
        bindings: { press: { ...press, stateTopic: 'a', template: 'movie' } },
        values: { press: 'reading' },
      },
      { level: 'quiet' },
    ],
  ])('%o', (one, look) => {
    expect(lookOf({ kind: 'button', ...one })).toMatchObject(look);
  });
});

test.each<[Value, Partial<TileLook>]>([
  [apricot, { level: 'on', fill: apricot, stateText: 'Apricot', role: 'button' }],
  [
    { h: 0, s: 0, v: 0 },
    { level: 'quiet', stateText: 'Off' },
  ],
])('color %o', (value, look) => {
  expect(lookOf({ kind: 'color', bindings: { color }, values: { color: value } })).toMatchObject(look);
});
