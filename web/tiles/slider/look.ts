import { formatQuantity, speakQuantity } from '../../text/format.ts';
import { shareOf } from '../../ui/scale.ts';
import type { LookInput, TileLook } from '../define.ts';
import { bigNumber, formatOf } from '../parts/numbers.ts';
import { rangeOf } from '../parts/range.ts';
import {
  canCommand,
  hasFeedback,
  iconOf,
  isUnknown,
  lowerFirst,
  missingText,
  numberBinding,
  numberOf,
} from '../parts/read.ts';
import type { SliderOptions } from './options.ts';

export function sliderLook(input: LookInput<SliderOptions>): TileLook {
  const { tile, state, size, language } = input;
  const scale = rangeOf(numberBinding(tile, 'value'));
  const format = formatOf(tile, 'value', language);
  const value = isUnknown(state, 'value') ? undefined : numberOf(state, 'value');
  const isOn = value !== undefined && value > scale.min;
  const text = (level: number): string => formatQuantity(level, format);
  return {
    level: isOn ? 'on' : 'quiet',
    fill: tile.domain ?? 'glaze',
    icon: iconOf(tile, { off: 'tune-vertical' }, isOn),
    hasBowl: true,
    ...(value === undefined
      ? missing(input)
      : {
          stateText: size === '2x2' ? '' : text(value),
          value: bigNumber(value, format),
          spoken: speakQuantity(value, format),
        }),
    ...(isOn ? { bar: shareOf(scale, value) } : {}),
    ...(canCommand(tile, 'value') ? { drag: { role: 'value', value: value ?? scale.min, ...scale, text } } : {}),
    role: 'slider',
    tap: { type: 'details' },
  };
}

function missing({ tile, state, t, language }: LookInput<SliderOptions>): Pick<TileLook, 'stateText' | 'spoken'> {
  const stateText = hasFeedback(tile, 'value') ? missingText(state, 'value', t) : '';
  return { stateText, spoken: lowerFirst(stateText, language) };
}
