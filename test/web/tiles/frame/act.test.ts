import { describe, expect, it } from 'vitest';
import type { Tile } from '../../../../shared/house/house.ts';
import type { CommandState, TileState } from '../../../../shared/tile/state.ts';
import type { TileDrag, TileLook } from '../../../../web/tiles/define.ts';
import { actOf, draggedTo, keyedTo } from '../../../../web/tiles/frame/act.ts';

const tile = (more: Partial<Tile> = {}): Tile => ({
  id: 'lamp',
  roomId: 'living',
  kind: 'switch',
  title: 'Lamp',
  bindings: { power: { type: 'boolean', stateTopic: 'a', commandTopic: 'b' } },
  options: {},
  ...more,
});
const look = (isOn: boolean, tap: TileLook['tap'] = { type: 'send', role: 'power', value: !isOn }): TileLook => ({
  level: isOn ? 'on' : 'quiet',
  fill: 'glaze',
  icon: 'lamp',
  hasBowl: true,
  stateText: '',
  spoken: '',
  role: 'switch',
  isOn,
  tap,
});
const state = (more: Partial<TileState> = {}): TileState => ({
  roles: {},
  isAvailable: true,
  freshness: 'fresh',
  isLive: true,
  isViewOnly: false,
  ...more,
});
const command = (status: CommandState['status']): TileState =>
  state({ command: { id: 1, role: 'power', value: false, sentAtMs: 0, status } });

describe('actOf', () => {
  const on = { type: 'send', role: 'power', value: true };
  const cases: readonly [string, Tile, TileLook, TileState, unknown][] = [
    ['sends', tile(), look(false), state(), on],
    ['shows details where a tap means details', tile(), look(false, { type: 'details' }), state(), { type: 'details' }],
    ['never sends offline', tile(), look(false), state({ isLive: false }), { type: 'details' }],
    ['never sends to the unavailable', tile(), look(false), state({ isAvailable: false }), { type: 'details' }],
    ['never sends for who only looks', tile(), look(false), state({ isViewOnly: true }), { type: 'details' }],
    ['replaces a command on its way', tile(), look(false), command('sent'), on],
    ['tries a failed command again', tile(), look(false), command('not-confirmed'), { ...on, value: false }],
    ['tries an unsent command again', tile(), look(false), command('not-sent'), { ...on, value: false }],
    ['never repeats a refused one', tile(), look(false), command('refused'), { type: 'details' }],
    [
      'asks for the PIN again where nobody gave it',
      tile(),
      look(false),
      state({ command: { id: 1, role: 'power', value: false, sentAtMs: 0, status: 'refused', reason: 'pin' } }),
      on,
    ],
    ['holds both ways', tile({ hold: 'both' }), look(true), state(), { ...on, type: 'hold', value: false }],
    ['holds to turn on', tile({ hold: 'on' }), look(false), state(), { ...on, type: 'hold' }],
    ['holds where a right says so', tile(), look(false), state({ needsHold: true }), { ...on, type: 'hold' }],
    ['taps where the PIN comes instead', tile({ hold: 'both' }), look(false), state({ pin: 'on' }), on],
    [
      'holds the way that is not asked for',
      tile({ hold: 'both' }),
      look(true),
      state({ pin: 'on' }),
      { ...on, type: 'hold', value: false },
    ],
    ['taps the other way', tile({ hold: 'on' }), look(true), state(), { ...on, value: false }],
  ];
  it.each(cases)('%s', (_name, one, seen, now, expected) => {
    expect(actOf({ tile: one, look: seen, state: now })).toEqual(expected);
  });
});

describe('dragging and keys', () => {
  const drag: TileDrag = { role: 'brightness', value: 62, min: 0, max: 100, step: 1, text: String };
  const climate: TileDrag = { ...drag, value: 22, min: 5, max: 30, step: 0.5 };

  it.each([
    [drag, 0, 62],
    [drag, 0.1, 72],
    [drag, 1, 100],
    [drag, -1, 0],
    [climate, 0.1, 24.5],
  ])('moves by the share of the width', (one, share, expected) => {
    expect(draggedTo(one, share)).toBe(expected);
  });

  it.each([
    [drag, '+', 67],
    [drag, '-', 57],
    [drag, 'PageUp', 82],
    [climate, '+', 23.5],
    [drag, 'a', undefined],
  ])('steps by keys', (one, key, expected) => {
    expect(keyedTo(one, key)).toBe(expected);
  });
});
