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
  const { tile, state, size, t, language } = input;
  const scale = rangeOf(numberBinding(tile, 'value'));
  const format = formatOf(tile, 'value', language);
  const value = isUnknown(state, 'value') ? undefined : numberOf(state, 'value');
  const isOn = value !== undefined && value > scale.min;
  const missing = hasFeedback(tile, 'value') ? missingText(state, 'value', t) : '';
  const text = value === undefined ? missing : formatQuantity(value, format);
  const drag = {
    role: 'value',
    value: value ?? scale.min,
    ...scale,
    text: (level: number) => formatQuantity(level, format),
  };
  return {
    level: isOn ? 'on' : 'quiet',
    fill: tile.domain ?? 'glaze',
    icon: iconOf(tile, { off: 'tune-vertical' }, isOn),
    hasBowl: true,
    stateText: size === '2x2' && value !== undefined ? '' : text,
    ...(value === undefined ? {} : { value: bigNumber(value, format) }),
    ...(isOn ? { bar: shareOf(scale, value) } : {}),
    ...(canCommand(tile, 'value') ? { drag } : {}),
    spoken: value === undefined ? lowerFirst(missing, language) : speakQuantity(value, format),
    role: 'slider',
    tap: { type: 'details' },
  };
}
