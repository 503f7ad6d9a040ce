import { describe, expect, it } from 'vitest';
import type { Lamp } from '../../../web/tiles/light/lamp-state.ts';
import { isPreset, presetOfNow } from '../../../web/tiles/light/presets.ts';

describe('what a lamp shows now, as a preset', () => {
  it.each<[string, Lamp, ReturnType<typeof presetOfNow>]>([
    ['white', { isOn: true, mode: 'white', percent: 62, kelvin: 2_702.7 }, { brightness: 62, kelvin: 2_703 }],
    [
      'a colour, at full strength',
      { isOn: true, mode: 'color', percent: 40, color: { h: 0, s: 100, v: 40 } },
      { brightness: 40, color: '#ff0000' },
    ],
    ['only a level', { isOn: true, mode: 'plain', percent: 0 }, { brightness: 1 }],
    ['only on', { isOn: true, mode: 'plain' }, undefined],
    ['off', { isOn: false, mode: 'white', percent: 62, kelvin: 2_700 }, undefined],
    ['unknown', { mode: 'plain' }, undefined],
  ])('%s', (_name, lamp, preset) => {
    expect(presetOfNow(lamp)).toEqual(preset);
    if (preset) expect(isPreset(lamp, { name: 'Mine', ...preset })).toBe(true);
  });
});
