import { describe, expect, test } from 'vitest';
import type { Binding } from '../../../shared/house/binding.ts';
import type { Tile } from '../../../shared/house/house.ts';
import type { Value } from '../../../shared/payload/decoded.ts';
import type { TileLook } from '../../../web/tiles/define.ts';
import { kindOf } from '../../../web/tiles/registry.ts';
import { atMs, inputOf, lookOf, type Case } from './look-of.ts';

const number = (unit: string, more: Partial<Extract<Binding, { type: 'number' }>> = {}): Binding => ({
  type: 'number',
  stateTopic: 'a',
  unit,
  ...more,
});

describe('value', () => {
  const zones = [
    { word: 'Dry', domain: 'delft' },
    { from: 40, word: 'Good', domain: 'moss' },
    { from: 60, word: 'Damp', domain: 'honey', loudness: 'tint' },
    { from: 75, word: 'Wet', domain: 'delft', loudness: 'alarm' },
  ];
  const value = number('%', { path: '$.humidity' });
  test.each<[Omit<Case, 'kind'>, Partial<TileLook>]>([
    [
      { bindings: { value }, values: { value: 45 } },
      {
        level: 'quiet',
        fill: 'delft',
        icon: 'water-percent',
        value: { text: '45', unit: '%' },
        stateText: '',
        hasBowl: false,
      },
    ],
    [
      { bindings: { value }, values: { value: 45 }, options: { zones } },
      { level: 'quiet', fill: 'moss', stateText: 'Good', spoken: '45 percent, Good' },
    ],
    [
      { bindings: { value }, values: { value: 60 }, options: { zones } },
      { level: 'active', fill: 'honey', stateText: 'Damp' },
    ],
    [
      { bindings: { value }, values: { value: 90 }, options: { zones } },
      { level: 'alarm', fill: 'alarm', stateText: 'Wet' },
    ],
    [
      { bindings: { value }, values: { value: -5 }, options: { zones } },
      { fill: 'delft', stateText: 'Dry' },
    ],
    [
      { bindings: { value: number('°C') }, values: { value: 21.45 }, language: 'de' },
      { fill: 'terra', value: { text: '21,5', unit: '°C' } },
    ],
    [
      { bindings: { value: number('W') }, values: { value: 1408 } },
      { value: { text: '1\u202f408', unit: 'W' }, icon: 'lightning-bolt' },
    ],
    [{ bindings: { value } }, { stateText: 'No value yet' }],
  ])('%o', (one, look) => {
    expect(lookOf({ kind: 'value', ...one })).toMatchObject(look);
  });

  test('says whether it falls', () => {
    const points = [70, 65, 60, 55, 50].map((one, index) => [atMs - (5 - index) * 900_000, one, one] as const);
    expect(
      lookOf({ kind: 'value', bindings: { value }, values: { value: 45 }, history: { value: points } }).spoken,
    ).toBe('45 percent, falling');
  });

  test.each([
    ['°C', 21.5, { reading: { quantity: 'temperature', text: '21.5\u00a0°C' } }],
    ['W', 84, {}],
  ] as const)('sums up %s', (unit, reading, summary) => {
    expect(
      kindOf('value')?.summary?.(
        inputOf({ kind: 'value', bindings: { value: number(unit) }, values: { value: reading } }),
      ),
    ).toEqual(summary);
  });

  test('leaves a fridge out of what the room says', () => {
    const input = inputOf({
      kind: 'value',
      bindings: { value: number('°C') },
      values: { value: 5 },
      options: { room: false },
    });
    expect(kindOf('value')?.summary?.(input)).toEqual({});
  });

  test.each([
    [11, true],
    [80, false],
  ])('counts a battery at %d percent as low: %s', (level, isCounted) => {
    const input = inputOf({
      kind: 'value',
      bindings: { value: number('%', { path: '$.battery' }) },
      values: { value: level },
    });
    expect(kindOf('value')?.summary?.(input)).toEqual({ counts: 'battery', isCounted });
  });
});

test.each<[number, Partial<TileLook>]>([
  [684, { level: 'quiet', fill: 'moss', stateText: 'Good', role: 'meter', spoken: '684 ppm, Good' }],
  [1640, { level: 'active', fill: 'alarm', stateText: 'Open a window', value: { text: '1\u202f640', unit: 'ppm' } }],
])('gauge at %d', (value, look) => {
  const zones = [
    { word: 'Good', domain: 'moss' },
    { from: 1_400, word: 'Open a window', domain: 'alarm', loudness: 'tint' },
  ];
  expect(
    lookOf({
      kind: 'gauge',
      bindings: { value: number('ppm', { min: 400, max: 2_000 }) },
      values: { value },
      options: { zones },
    }),
  ).toMatchObject(look);
});

describe('binary sensor', () => {
  const state: Binding = { type: 'boolean', stateTopic: 'a' };
  test.each<[boolean, Tile['options'], Partial<TileLook>]>([
    [
      false,
      { deviceClass: 'window' },
      { level: 'quiet', led: 'ring', stateText: 'Closed', icon: 'window-closed-variant' },
    ],
    [
      true,
      { deviceClass: 'window' },
      { level: 'active', led: 'filled', fill: 'mangan', stateText: 'Open', icon: 'window-open-variant' },
    ],
    [true, { deviceClass: 'leak' }, { level: 'alarm', fill: 'alarm', stateText: 'Wet' }],
    [true, { deviceClass: 'moisture', isAlarm: false }, { level: 'active', fill: 'delft' }],
    [true, { deviceClass: 'door', isAlarm: true }, { level: 'alarm' }],
    [false, { deviceClass: 'connectivity' }, { level: 'active', stateText: 'Not connected' }],
    [true, { deviceClass: 'connectivity' }, { level: 'quiet', stateText: 'Connected' }],
  ])('%s with %o', (value, options, look) => {
    expect(lookOf({ kind: 'binary-sensor', bindings: { state }, values: { state: value }, options })).toMatchObject(
      look,
    );
  });

  test('tells since when a window is open', () => {
    const history = {
      state: [
        [atMs - 7_200_000, 0, 0],
        [atMs - 1_500_000, 0, 1],
        [atMs - 600_000, 1, 1],
      ] as const,
    };
    const look = lookOf({
      kind: 'binary-sensor',
      bindings: { state },
      values: { state: true },
      options: { deviceClass: 'window' },
      history,
      size: '2x1',
    });
    expect(look.stateText).toMatch(/^Open since \d\d:\d\d$/);
    expect(look.spoken).toMatch(/^open, since \d\d:\d\d$/);
  });

  test.each<[Tile['options'], object]>([
    [{ deviceClass: 'window' }, { counts: 'opening', isCounted: true }],
    [{ deviceClass: 'smoke' }, { counts: 'alert', isCounted: true }],
    [{ deviceClass: 'motion' }, {}],
  ])('sums up %o', (options, summary) => {
    const input = inputOf({ kind: 'binary-sensor', bindings: { state }, values: { state: true }, options });
    expect(kindOf('binary-sensor')?.summary?.(input)).toEqual(summary);
  });
});

test.each<[Value | undefined, Tile['options'], Partial<TileLook>]>([
  ['Paper bin goes out tonight', {}, { level: 'quiet', spoken: 'Paper bin goes out tonight', stateText: '' }],
  ['2', { words: { 2: 'Rinsing' } }, { spoken: 'Rinsing' }],
  ['', {}, { spoken: 'Empty' }],
  [undefined, {}, { stateText: 'No value yet' }],
])('text %s', (value, options, look) => {
  expect(
    lookOf({
      kind: 'text',
      bindings: { value: { type: 'text', stateTopic: 'a' } },
      options,
      ...(value === undefined ? {} : { values: { value } }),
    }),
  ).toMatchObject(look);
});
