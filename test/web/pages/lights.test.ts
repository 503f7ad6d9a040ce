import { describe, expect, test } from 'vitest';
import type { Tile } from '../../../shared/house/house.ts';
import type { TileState } from '../../../shared/tile/state.ts';
import { switchCommand } from '../../../web/pages/lights.ts';
import type { TileLook } from '../../../web/tiles/define.ts';

const tile: Tile = { id: 'lamp', roomId: 'living', kind: 'light', title: 'Lamp', bindings: {}, options: {} };
const state: TileState = { roles: {}, isAvailable: true, freshness: 'fresh', isLive: true, isViewOnly: false };
const look = (isOn: boolean): TileLook => ({
  level: isOn ? 'on' : 'quiet',
  fill: 'honey',
  icon: 'lightbulb',
  hasBowl: true,
  stateText: '',
  spoken: '',
  role: 'switch',
  isOn,
  tap: { type: 'send', role: 'power', value: !isOn },
});

describe('switchCommand', () => {
  test('sends what a tap would send', () => {
    expect(switchCommand({ tile, state, look: look(true) }, false)).toEqual({ role: 'power', value: false });
    expect(switchCommand({ tile, state, look: look(false) }, true)).toEqual({ role: 'power', value: true });
  });

  test.each([
    ['is already off', { tile, state, look: look(false) }],
    ['may only be looked at', { tile, state: { ...state, isViewOnly: true }, look: look(true) }],
    ['cannot be reached', { tile, state: { ...state, isAvailable: false }, look: look(true) }],
    ['asks to be held', { tile: { ...tile, hold: 'off' as const }, state, look: look(true) }],
    ['is of an unknown kind', { tile, state, look: undefined }],
  ])('leaves alone a tile that %s', (_name, light) => {
    expect(switchCommand(light, false)).toBeUndefined();
  });

  test('hold for on only does not stop off', () => {
    expect(switchCommand({ tile: { ...tile, hold: 'on' }, state, look: look(true) }, false)).toBeDefined();
  });
});
