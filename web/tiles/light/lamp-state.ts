import type { Tile } from '../../../shared/house/house.ts';
import type { Color } from '../../../shared/payload/color.ts';
import type { TileState } from '../../../shared/tile/state.ts';
import type { Scale } from '../../ui/scale.ts';
import { isWhiteOf, kelvinRange } from '../parts/lamp.ts';
import { percentOf, rangeOf } from '../parts/range.ts';
import { booleanOf, canCommand, colorOf, hasFeedback, isUnknown, numberBinding, numberOf } from '../parts/read.ts';

/** What a lamp reports, read from its four roles. */
export interface Lamp {
  /** Undefined = nothing readable yet. */
  readonly isOn?: boolean;
  /** Range of the brightness role; absent = not dimmable. */
  readonly scale?: Scale;
  /** Last reported brightness in shown units, also while off. */
  readonly level?: number;
  readonly percent?: number;
  readonly kelvin?: number;
  readonly color?: Color;
  /** What it shows by its own report. */
  readonly mode: 'plain' | 'white' | 'color';
}

/** Percent without a unit goes to 100; a unit-less binding with a maximum keeps its own range. */
export function readLamp(tile: Tile, state: TileState): Lamp {
  const scale = tile.bindings['brightness'] ? rangeOf(numberBinding(tile, 'brightness')) : undefined;
  const level = numberOf(state, 'brightness');
  const kelvin = numberOf(state, 'temperature');
  const color = colorOf(state, 'color');
  const isOn = readOn(tile, state, scale);
  return {
    ...(isOn === undefined ? {} : { isOn }),
    ...(scale === undefined ? {} : { scale }),
    ...(scale === undefined || level === undefined ? {} : { level, percent: percentOf(scale, level) }),
    ...(kelvin === undefined ? {} : { kelvin }),
    ...(color === undefined ? {} : { color }),
    mode: modeOf(state, color, kelvin),
  };
}

/** The power role decides; a light with only a brightness is on while that is above its lowest value. */
function readOn(tile: Tile, state: TileState, scale: Scale | undefined): boolean | undefined {
  if (tile.bindings['power'] && hasFeedback(tile, 'power')) {
    return isUnknown(state, 'power') ? undefined : booleanOf(state, 'power');
  }
  const level = numberOf(state, 'brightness');
  if (scale === undefined || level === undefined || isUnknown(state, 'brightness')) return undefined;
  return level > scale.min;
}

/** The role that reported last decides; when both came together, a colour that is only the white tone again counts as white. */
function modeOf(state: TileState, color: Color | undefined, kelvin: number | undefined): Lamp['mode'] {
  if (color === undefined) return kelvin === undefined ? 'plain' : 'white';
  if (kelvin === undefined) return 'color';
  const colorAt = state.roles['color']?.atMs ?? 0;
  const kelvinAt = state.roles['temperature']?.atMs ?? 0;
  if (colorAt !== kelvinAt) return colorAt > kelvinAt ? 'color' : 'white';
  return isWhiteOf(color, kelvin) ? 'white' : 'color';
}

/** Range of the white tones in kelvin. */
export const kelvinScale = (tile: Tile): Scale => {
  const { min, max } = rangeOf(numberBinding(tile, 'temperature'), kelvinRange);
  return { min, max, step: kelvinRange.step };
};

/** The command that switches the whole lamp; undefined = it cannot be switched from here. */
export function switchCommand(
  tile: Tile,
  lamp: Lamp,
  shouldBeOn: boolean,
): { readonly role: string; readonly value: boolean | number } | undefined {
  if (canCommand(tile, 'power')) return { role: 'power', value: shouldBeOn };
  if (lamp.scale && canCommand(tile, 'brightness')) {
    return { role: 'brightness', value: shouldBeOn ? lamp.scale.max : lamp.scale.min };
  }
  return undefined;
}

/** Dragged to the very bottom a lamp is switched off, where that can be said; it would keep its last level otherwise. */
export function levelCommand(
  tile: Tile,
  lamp: Lamp,
  level: number,
): { readonly role: string; readonly value: boolean | number } {
  const isBottom = lamp.scale !== undefined && level <= lamp.scale.min;
  return isBottom && canCommand(tile, 'power') ? { role: 'power', value: false } : { role: 'brightness', value: level };
}
