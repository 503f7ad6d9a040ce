import type { Domain } from '../../../shared/house/house.ts';
import { formatQuantity, speakQuantity } from '../../text/format.ts';
import type { TileKey } from '../../text/tile.ts';
import type { LookInput, TileLook } from '../define.ts';
import { formatOf } from '../parts/numbers.ts';
import {
  booleanOf,
  canCommand,
  hasFeedback,
  iconOf,
  isUnknown,
  joinSpoken,
  lowerFirst,
  missingText,
  numberOf,
} from '../parts/read.ts';
import type { SwitchOptions } from './options.ts';

interface SwitchClass {
  readonly on: TileKey;
  readonly off: TileKey;
  readonly domain: Domain;
  readonly icons: { readonly off: string; readonly on?: string };
}

export const switchClassLooks: Readonly<Record<SwitchOptions['deviceClass'], SwitchClass>> = {
  switch: { on: 'on', off: 'off', domain: 'glaze', icons: { off: 'power-socket-de' } },
  valve: { on: 'open', off: 'closed', domain: 'delft', icons: { off: 'valve', on: 'valve-open' } },
  lock: { on: 'unlocked', off: 'locked', domain: 'mangan', icons: { off: 'lock', on: 'lock-open-variant' } },
};

export function switchLook(input: LookInput<SwitchOptions>): TileLook {
  const { tile, options, state } = input;
  const isOn = isUnknown(state, 'power') ? undefined : booleanOf(state, 'power');
  const own = switchClassLooks[options.deviceClass];
  return {
    level: isOn === true ? 'on' : 'quiet',
    fill: tile.domain ?? own.domain,
    icon: iconOf(tile, own.icons, isOn === true),
    hasBowl: true,
    ...words(input, isOn),
    role: 'switch',
    ...(isOn === undefined ? {} : { isOn }),
    tap: canCommand(tile, 'power') ? { type: 'send', role: 'power', value: isOn !== true } : { type: 'details' },
  };
}

function words(input: LookInput<SwitchOptions>, isOn: boolean | undefined): Pick<TileLook, 'stateText' | 'spoken'> {
  const { tile, options, state, size, t, language } = input;
  if (isOn === undefined) {
    const text = hasFeedback(tile, 'power') ? missingText(state, 'power', t) : '';
    return { stateText: text, spoken: lowerFirst(text, language) };
  }
  const word = t(switchClassLooks[options.deviceClass][isOn ? 'on' : 'off']);
  const watts = isOn ? numberOf(state, 'watts') : undefined;
  if (watts === undefined) return { stateText: word, spoken: lowerFirst(word, language) };
  const format = { ...formatOf(tile, 'watts', language) };
  const unit = format.unit ?? 'W';
  const stateText = size === '1x1' ? word : `${word} · ${formatQuantity(watts, { ...format, unit })}`;
  return { stateText, spoken: joinSpoken(lowerFirst(word, language), speakQuantity(watts, { ...format, unit })) };
}
