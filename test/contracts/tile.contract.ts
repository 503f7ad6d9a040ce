import * as v from 'valibot';
import { render } from 'svelte/server';
import { describe, expect, test } from 'vitest';
import type { Binding } from '../../shared/house/binding.ts';
import { tileSchema, tileSizes, type Tile } from '../../shared/house/house.ts';
import type { Guess } from '../../shared/discovery/guess.ts';
import type { Value } from '../../shared/payload/decoded.ts';
import { ownIconsOf } from '../../shared/tile/kind-icons.ts';
import type { TileState } from '../../shared/tile/state.ts';
import { languages, translator } from '../../web/text/define.ts';
import { tileWords } from '../../web/text/tile.ts';
import type { AnyTileKind, LookInput, TileBodyProps } from '../../web/tiles/define.ts';
import { kindIcons } from '../../web/tiles/icons.ts';
import { iconTable } from '../../web/tiles/icon-table.ts';
import { tileKinds } from '../../web/tiles/registry.ts';
import { planOf } from '../../web/tiles/plans.ts';

const atMs = Date.UTC(2026, 5, 1, 19, 47);
const bindings: Readonly<Record<Binding['type'], Binding>> = {
  boolean: { type: 'boolean', stateTopic: 'a/state', commandTopic: 'a/set' },
  number: { type: 'number', stateTopic: 'a/state', commandTopic: 'a/set', unit: '%' },
  text: { type: 'text', stateTopic: 'a/state', commandTopic: 'a/set' },
  color: { type: 'color', stateTopic: 'a/state', commandTopic: 'a/set' },
};

const tileOf = (kind: AnyTileKind, roles = Object.keys(kind.roles)): Tile => ({
  id: 'tile',
  roomId: 'room',
  kind: kind.kind,
  title: 'Geschirrspülmaschinenbeleuchtung',
  bindings: Object.fromEntries(roles.map((role) => [role, bindings[kind.roles[role]!.type]])),
  options: {},
});

const live: TileState = {
  roles: {},
  isAvailable: true,
  freshness: 'fresh',
  ageMs: 1_000,
  isLive: true,
  isViewOnly: false,
};
const withValue = (kind: AnyTileKind, value: Value, more: Partial<TileState> = {}): TileState => ({
  ...live,
  roles: Object.fromEntries(Object.keys(kind.roles).map((role) => [role, { value, atMs }])),
  ...more,
});

const typical: Readonly<Record<Binding['type'], Value>> = {
  boolean: true,
  number: 62,
  text: 'Hello',
  color: { h: 28, s: 50, v: 100 },
};
const typicalRoles = (kind: AnyTileKind): TileState['roles'] =>
  Object.fromEntries(Object.entries(kind.roles).map(([role, { type }]) => [role, { value: typical[type], atMs }]));

const hostile: readonly Value[] = [
  true,
  false,
  0,
  -0,
  -1e308,
  Number.NaN,
  Infinity,
  '',
  '   ',
  '<script>alert(1)</script>',
  '{value} $& | \u0000 \u202e',
  'x'.repeat(1_000_000),
  { h: 0, s: 0, v: 0 },
  { h: 400, s: Number.NaN, v: Infinity },
];

/** Every state a tile can be in, by name. */
const statesOf = (kind: AnyTileKind): readonly (readonly [name: string, state: TileState])[] => {
  const roles = typicalRoles(kind);
  const role = Object.keys(kind.roles)[0] ?? '';
  const command = { id: 1, role, value: true, sentAtMs: atMs } as const;
  const asked = (['sent', 'confirmed', 'not-confirmed', 'not-sent', 'refused', 'no-feedback'] as const).map(
    (status) => [status, { ...live, roles, command: { ...command, status } }] as const,
  );
  return [
    ['no value', { ...live, freshness: 'none' }],
    ['fresh', { ...live, roles }],
    ['old', { ...live, roles, freshness: 'old', ageMs: 1_080_000 }],
    ['unavailable', { ...live, roles, isAvailable: false, unavailableSinceMs: atMs }],
    ['view only', { ...live, roles, isViewOnly: true }],
    ['offline', { ...live, roles, isLive: false }],
    ['unknown value', { ...live, roles: { [role]: { problem: { code: 'unknown-value', shown: '2' }, atMs } } }],
    ['unreadable', { ...live, roles: { [role]: { ...roles[role], problem: { code: 'not-utf8' }, atMs } } }],
    ...asked,
    ...hostile.map((value) => [`value ${String(JSON.stringify(value)).slice(0, 40)}`, withValue(kind, value)] as const),
  ];
};

const inputOf = (kind: AnyTileKind, state: TileState, more: Partial<LookInput<unknown>> = {}): LookInput<unknown> => {
  const language = more.language ?? 'en';
  const tile = more.tile ?? tileOf(kind);
  const options = v.parse(planOf(kind.kind).options, tile.options);
  return { tile, options, state, size: kind.sizes[0]!, t: translator(tileWords, language), language, ...more };
};

const guess = (widget: Guess['widget'], more: Partial<Guess> = {}): Guess => ({
  widget,
  topic: 'house/thing',
  name: 'Thing',
  isSettable: true,
  sample: '1',
  ...more,
});

const guesses: readonly Guess[] = (
  ['switch', 'light', 'slider', 'color', 'gauge', 'value', 'button', 'binary-sensor', 'text', 'none'] as const
).flatMap((widget) => [
  guess(widget),
  guess(widget, { name: '  ', sample: '' }),
  guess(widget, {
    name: 'N'.repeat(200),
    path: '$.state',
    unit: '°C',
    min: 0,
    max: 40,
    step: 0.5,
    on: 'ON',
    off: 'OFF',
    colorFormat: 'json-hs',
    deviceClass: 'window',
    commandTopic: 'house/thing/set',
    template: '{"state":"{{value}}"}',
    availabilityTopic: 'house/thing/availability',
    parts: [
      { role: 'power', path: '$.state', on: 'ON', off: 'OFF', commandTopic: 'house/thing/set' },
      { role: 'brightness', path: '$.brightness', min: 0, max: 254 },
      { role: 'temperature', path: '$.color_temp', isMired: true },
      { role: 'color', path: '$.color', colorFormat: 'json-hs' },
    ],
  }),
]);

/** What every kind must hold. Run over the list: a new kind is checked by being in it. */
function describeTileKind(kind: AnyTileKind): void {
  describe(`kind ${kind.kind}`, () => {
    test('takes empty options and offers sizes the grid knows', () => {
      expect(v.safeParse(planOf(kind.kind).options, {}).success).toBe(true);
      expect(kind.sizes.length).toBeGreaterThan(0);
      for (const size of kind.sizes) expect(tileSizes).toContain(size);
    });

    test('refuses options it does not know', () => {
      expect(v.safeParse(planOf(kind.kind).options, { surely: 'not an option' }).success).toBe(false);
    });

    test('makes suggestions that are tiles with its own roles and options', () => {
      const made = guesses.flatMap((one) => planOf(kind.kind).suggest?.(one) ?? []);
      expect(made.length).toBeGreaterThan(0);
      for (const suggestion of made) {
        const tile = { ...tileOf(kind), ...suggestion };
        expect(v.safeParse(tileSchema, tile).issues).toBeUndefined();
        expect(v.safeParse(planOf(kind.kind).options, tile.options).success).toBe(true);
        for (const [role, binding] of Object.entries(tile.bindings)) expect(kind.roles[role]?.type).toBe(binding.type);
        for (const [role, spec] of Object.entries(kind.roles))
          if (spec.isRequired) expect(tile.bindings[role]).toBeDefined();
      }
      expect(planOf(kind.kind).suggest?.(guess('none'))).toBeUndefined();
    });

    test('declares every icon it shows, whatever its options choose', () => {
      for (const [option, values] of Object.entries<readonly string[] | undefined>(kind.choices ?? {}))
        for (const value of values ?? []) {
          const tile = { ...tileOf(kind), options: { [option]: value } };
          for (const [, state] of statesOf(kind)) {
            const { icon } = kind.look(inputOf(kind, state, { tile }));
            expect(ownIconsOf(tile, iconTable()), `${option} ${value}`).toContain(icon);
            expect(kindIcons[icon]).toBeTypeOf('string');
          }
        }
    });

    describe.each(languages)('in %s', (language) => {
      test.each(statesOf(kind))('looks like something: %s', (_name, state) => {
        for (const size of kind.sizes) {
          const look = kind.look(inputOf(kind, state, { size, language }));
          expect(kindIcons[look.icon]).toBeTypeOf('string');
          expect(ownIconsOf(tileOf(kind), iconTable())).toContain(look.icon);
          expect(look.spoken.length).toBeLessThan(1_000);
          expect(look.stateText.length).toBeLessThan(1_000);
          expect(look.stateText + look.spoken).not.toMatch(/undefined|NaN|\[object|\{\w+\}(?! \$&)/);
          if (look.bar !== undefined) expect(look.bar >= 0 && look.bar <= 1).toBe(true);
          if (look.role === 'switch') expect(look.isOn === true).toBe(look.level === 'on');
        }
        expect(() => kind.summary?.(inputOf(kind, state, { language }))).not.toThrow();
      });

      test('says its state aloud', () => {
        expect(kind.look(inputOf(kind, { ...live, roles: typicalRoles(kind) }, { language })).role).toMatch(
          /^(switch|button|slider|meter|group)$/,
        );
      });
    });

    test('looks like something with no binding at all', () => {
      expect(() => kind.look(inputOf(kind, live, { tile: tileOf(kind, []) }))).not.toThrow();
    });

    test('sends only roles it has, with values of their type', () => {
      const { tap, drag } = kind.look(inputOf(kind, { ...live, roles: typicalRoles(kind) }));
      if (tap.type === 'send')
        expect(typeof tap.value).toBe(kind.roles[tap.role]?.type === 'text' ? 'string' : kind.roles[tap.role]?.type);
      if (drag) expect(kind.roles[drag.role]?.type).toBe('number');
    });

    test('leads to details where nothing can be sent', () => {
      const tile = tileOf(kind);
      const readOnly = Object.fromEntries(
        Object.entries(tile.bindings).map(([role, { commandTopic: _command, ...binding }]) => [role, binding]),
      );
      const look = kind.look(inputOf(kind, live, { tile: { ...tile, bindings: readOnly } }));
      expect(look.tap).toEqual({ type: 'details' });
      expect(look.drag).toBeUndefined();
    });

    const Body = kind.Body;
    if (Body) {
      test.each(statesOf(kind))('its body renders: %s', (_name, state) => {
        for (const size of kind.bodySizes ?? kind.sizes)
          expect(() => render(Body, { props: propsOf(kind, state, { size }) })).not.toThrow();
      });
    }

    test('its details render in every state', async () => {
      const Detail = (await kind.detail?.())?.default;
      if (!Detail) return;
      for (const [, state] of statesOf(kind)) {
        expect(() => render(Detail, { props: propsOf(kind, state) })).not.toThrow();
      }
    });
  });
}

const propsOf = (
  kind: AnyTileKind,
  state: TileState,
  more: Partial<LookInput<unknown>> = {},
): TileBodyProps<unknown> => {
  const input = inputOf(kind, state, more);
  const points = Array.from({ length: 40 }, (_, index) => [atMs - (40 - index) * 600_000, index % 2, 1] as const);
  const history = Object.fromEntries(Object.keys(kind.roles).map((role) => [role, points]));
  return { ...input, history, look: kind.look({ ...input, history }), isDisabled: false, send: () => undefined };
};

for (const kind of tileKinds) describeTileKind(kind);
