import { colorToHex, isSameColor } from '../../../shared/payload/color.ts';
import type { Tile } from '../../../shared/house/house.ts';
import type { Value } from '../../../shared/payload/decoded.ts';
import type { Translate } from '../../text/define.ts';
import type { TileKey } from '../../text/tile.ts';
import { parseHex } from '../parts/hex.ts';
import { kelvinColor } from '../parts/lamp.ts';
import { atPercent } from '../parts/range.ts';
import { canCommand } from '../parts/read.ts';
import { kelvinScale, type Lamp } from './lamp-state.ts';
import type { LightOptions } from './options.ts';

export type Preset = NonNullable<LightOptions['presets']>[number];

interface Start {
  readonly name: TileKey;
  readonly brightness: number;
  readonly kelvin: number;
  /** For lamps that can do colour. */
  readonly color: string;
  readonly isColor?: boolean;
}

const starts: readonly Start[] = [
  { name: 'presetRelax', brightness: 62, kelvin: 2_700, color: '#f2ae56', isColor: true },
  { name: 'presetRead', brightness: 80, kelvin: 3_000, color: '#f3dca6' },
  { name: 'presetBright', brightness: 100, kelvin: 4_000, color: '#f8f4e3' },
  { name: 'presetDusk', brightness: 40, kelvin: 2_400, color: '#f0806e', isColor: true },
  { name: 'presetNight', brightness: 10, kelvin: 2_200, color: '#bb5a3b', isColor: true },
];

/** The lamp's own presets, or five that fit what it can do. */
export function presetsOf(tile: Tile, options: LightOptions, t: Translate<TileKey>): readonly Preset[] {
  if (options.presets) return options.presets;
  const canColor = canCommand(tile, 'color');
  const canWhite = canCommand(tile, 'temperature');
  const { min, max } = kelvinScale(tile);
  return starts.map(({ name, brightness, kelvin, color, isColor }) => ({
    name: t(name),
    brightness,
    ...(canWhite && !(canColor && isColor) ? { kelvin: Math.min(max, Math.max(min, kelvin)) } : {}),
    ...(canColor && (isColor || !canWhite) ? { color } : {}),
  }));
}

/** What a preset sends, in this order. */
export function presetCommands(
  tile: Tile,
  lamp: Lamp,
  preset: Preset,
): readonly { readonly role: string; readonly value: Value }[] {
  const color = preset.color === undefined ? undefined : parseHex(preset.color);
  const commands: { role: string; value: Value }[] = [];
  if (preset.kelvin !== undefined && canCommand(tile, 'temperature')) {
    commands.push({ role: 'temperature', value: preset.kelvin });
  } else if (color && canCommand(tile, 'color')) {
    commands.push({ role: 'color', value: { ...color, v: 100 } });
  }
  if (preset.brightness !== undefined && lamp.scale && canCommand(tile, 'brightness')) {
    commands.push({ role: 'brightness', value: atPercent(lamp.scale, preset.brightness) });
  }
  return commands;
}

/** Whether the lamp reports just what the preset asks for. */
export function isPreset(lamp: Lamp, preset: Preset): boolean {
  if (lamp.isOn !== true) return false;
  const isLevel =
    preset.brightness === undefined || lamp.percent === undefined || near(lamp.percent, preset.brightness, 2);
  return isLevel && isTone(lamp, preset);
}

function isTone(lamp: Lamp, preset: Preset): boolean {
  if (preset.kelvin !== undefined)
    return lamp.mode === 'white' && lamp.kelvin !== undefined && near(lamp.kelvin, preset.kelvin, 100);
  if (preset.color === undefined) return true;
  const color = parseHex(preset.color);
  return (
    lamp.mode === 'color' && lamp.color !== undefined && color !== undefined && isSameColor(lamp.color, color, false)
  );
}

/** What the lamp shows now, as a preset without a name; `undefined` while it is off. */
export function presetOfNow(lamp: Lamp): Omit<Preset, 'name'> | undefined {
  if (lamp.isOn !== true) return undefined;
  const brightness = lamp.percent === undefined ? {} : { brightness: Math.max(1, lamp.percent) };
  if (lamp.mode === 'white' && lamp.kelvin !== undefined) return { ...brightness, kelvin: Math.round(lamp.kelvin) };
  if (lamp.mode === 'color' && lamp.color) return { ...brightness, color: colorToHex({ ...lamp.color, v: 100 }) };
  return lamp.percent === undefined ? undefined : brightness;
}

const near = (a: number, b: number, distance: number): boolean => Math.abs(a - b) <= distance;

/** Colour of the preset's key: its own, its white tone, or honey at its level. */
export function presetCss(preset: Preset): string {
  if (preset.kelvin !== undefined) return colorToHex(kelvinColor(preset.kelvin));
  if (preset.color !== undefined) return preset.color;
  return `color-mix(in oklab, #f7bf45 ${preset.brightness ?? 100}%, #6b5a3a)`;
}
