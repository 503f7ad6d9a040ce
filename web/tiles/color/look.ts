import type { LookInput, TileLook } from '../define.ts';
import { colourName } from '../parts/lamp.ts';
import { colorOf, hasFeedback, iconOf, isUnknown, joinSpoken, lowerFirst, missingText } from '../parts/read.ts';
import type { ColorOptions } from './options.ts';

export function colorLook({ tile, state, t, language }: LookInput<ColorOptions>): TileLook {
  const color = isUnknown(state, 'color') ? undefined : colorOf(state, 'color');
  const isOn = color !== undefined && color.v > 0;
  const missing = hasFeedback(tile, 'color') ? missingText(state, 'color', t) : '';
  const word = color === undefined ? missing : t(isOn ? colourName(color) : 'off');
  return {
    level: isOn ? 'on' : 'quiet',
    fill: isOn ? color : (tile.domain ?? 'glaze'),
    icon: iconOf(tile, { off: 'palette' }, isOn),
    hasBowl: true,
    stateText: word,
    spoken: joinSpoken(lowerFirst(word, language)),
    role: 'button',
    tap: { type: 'details' },
  };
}
