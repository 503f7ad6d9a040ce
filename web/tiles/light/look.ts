import type { LookInput, Tap, TileDrag, TileLook, TileSummary } from '../define.ts';
import { colourName, paleColor, whiteName } from '../parts/lamp.ts';
import { percentSpoken, percentText } from '../parts/numbers.ts';
import { percentOf } from '../parts/range.ts';
import { canCommand, hasFeedback, iconOf, joinSpoken, lowerFirst, missingText } from '../parts/read.ts';
import { readLamp, switchCommand, type Lamp } from './lamp-state.ts';
import type { LightOptions } from './options.ts';

type Input = LookInput<LightOptions>;

/** Whiter than this is drawn paler than honey. */
const paleFromKelvin = 3_500;

export function lightLook(input: Input): TileLook {
  const { tile, state, t } = input;
  const lamp = readLamp(tile, state);
  const isOn = lamp.isOn === true;
  const drag = dragOf(input, lamp);
  return {
    level: isOn ? 'on' : 'quiet',
    fill: isOn ? fillOf(input, lamp) : (tile.domain ?? 'honey'),
    icon: iconOf(tile, { off: 'lightbulb' }, isOn),
    hasBowl: true,
    stateText: stateText(input, lamp),
    ...bigValue(lamp, t('off')),
    ...(isOn && lamp.percent !== undefined ? { bar: lamp.percent / 100 } : {}),
    ...(drag === undefined ? {} : { drag }),
    spoken: spokenState(input, lamp),
    role: 'switch',
    ...(lamp.isOn === undefined ? {} : { isOn }),
    tap: tapOf(input, lamp),
  };
}

function fillOf({ tile }: Input, lamp: Lamp): TileLook['fill'] {
  if (lamp.mode === 'color' && lamp.color) return lamp.color;
  if (lamp.mode === 'white' && lamp.kelvin !== undefined && lamp.kelvin >= paleFromKelvin)
    return paleColor(lamp.kelvin);
  return tile.domain ?? 'honey';
}

/** Name of the colour or of the white tone; plain lamps have none. */
function toneOf({ t }: Input, lamp: Lamp): string | undefined {
  return lamp.mode === 'color' && lamp.color ? t(colourName(lamp.color)) : undefined;
}

function stateText(input: Input, lamp: Lamp): string {
  const { size, t, language } = input;
  if (lamp.isOn === undefined) return missing(input);
  const level = lamp.percent === undefined ? undefined : percentText(lamp.percent, language);
  if (!lamp.isOn) return size === '2x2' ? wasText(input, lamp, level) : t('off');
  const tone = toneOf(input, lamp) ?? t('on');
  if (size === '2x2' || level === undefined) return tone;
  return size === '1x1' ? level : `${tone} · ${level}`;
}

/** Off at 2 × 2, where the big word is "Off": the level it had, if the lamp keeps it. */
function wasText({ tile, t }: Input, lamp: Lamp, level: string | undefined): string {
  if (lamp.scale === undefined) return t('off');
  return hasFeedback(tile, 'power') && lamp.percent && level !== undefined ? t('was', { value: level }) : '';
}

/** A lamp that never reports stays silent; one that should says so. */
const missing = ({ tile, state, t }: Input): string => {
  const role = hasFeedback(tile, 'power') ? 'power' : 'brightness';
  return hasFeedback(tile, role) ? missingText(state, role, t) : '';
};

/** 2 × 2 of a dimmable lamp: its level, or "Off". */
function bigValue(lamp: Lamp, off: string): Pick<TileLook, 'value'> {
  if (lamp.scale === undefined || lamp.isOn === undefined) return {};
  if (!lamp.isOn) return { value: { text: off } };
  return lamp.percent === undefined ? {} : { value: { text: String(lamp.percent), unit: '%' } };
}

function spokenState(input: Input, lamp: Lamp): string {
  const { t, language } = input;
  if (lamp.isOn === undefined) return lowerFirst(missing(input), language);
  if (!lamp.isOn) return lowerFirst(t('off'), language);
  const level = lamp.percent === undefined ? undefined : percentSpoken(lamp.percent, language);
  const white = lamp.mode === 'white' && lamp.kelvin !== undefined ? t(whiteName(lamp.kelvin)) : undefined;
  const tone = toneOf(input, lamp) ?? white;
  return joinSpoken(lowerFirst(t('on'), language), level, tone === undefined ? undefined : lowerFirst(tone, language));
}

function tapOf({ tile }: Input, lamp: Lamp): Tap {
  const command = switchCommand(tile, lamp, lamp.isOn !== true);
  return command ? { type: 'send', ...command } : { type: 'details' };
}

/** Dimming by drag starts from what is shown: an unlit lamp begins at the bottom. */
function dragOf({ tile, language }: Input, lamp: Lamp): TileDrag | undefined {
  const { scale } = lamp;
  if (scale === undefined || !canCommand(tile, 'brightness')) return undefined;
  const value = lamp.isOn === true ? (lamp.level ?? scale.min) : scale.min;
  return { role: 'brightness', value, ...scale, text: (level) => percentText(percentOf(scale, level), language) };
}

export const lightSummary = ({ tile, state }: Input): TileSummary => ({
  counts: 'light',
  isCounted: readLamp(tile, state).isOn === true,
});
