import { speakQuantity } from '../../text/format.ts';
import type { LookInput, TileLook, TileSummary } from '../define.ts';
import { bigNumber, formatOf } from '../parts/numbers.ts';
import { placeOf, quantityLooks, quantityOf } from '../parts/quantity.ts';
import { iconOf, isUnknown, joinSpoken, lowerFirst, missingText, numberBinding, numberOf } from '../parts/read.ts';
import { zoneLook } from '../parts/zone-look.ts';
import { shownZone } from '../parts/zones.ts';
import type { GaugeOptions } from './options.ts';

type Input = LookInput<GaugeOptions>;

const valueOf = ({ state }: Input): number | undefined =>
  isUnknown(state, 'value') ? undefined : numberOf(state, 'value');

export function gaugeLook(input: Input): TileLook {
  const { tile, options, state, t, language } = input;
  const binding = numberBinding(tile, 'value');
  const own = quantityLooks[quantityOf(options.quantity, binding?.unit, placeOf(binding))];
  const value = valueOf(input);
  const zone = value === undefined ? undefined : shownZone(options.zones, state.roles['value'], value);
  const format = formatOf(tile, 'value', language);
  const stateText = value === undefined ? missingText(state, 'value', t) : (zone?.word ?? '');
  return {
    ...zoneLook(zone, tile.domain ?? own.domain),
    icon: iconOf(tile, { off: own.icon }, zone !== undefined && zone.loudness !== 'quiet'),
    hasBowl: false,
    stateText,
    ...(value === undefined ? {} : { value: bigNumber(value, format) }),
    spoken:
      value === undefined ? lowerFirst(stateText, language) : joinSpoken(speakQuantity(value, format), zone?.word),
    role: 'meter',
    tap: { type: 'details' },
  };
}

export function gaugeSummary(input: Input): TileSummary {
  const value = valueOf(input);
  const isAlarm =
    value !== undefined && shownZone(input.options.zones, input.state.roles['value'], value)?.loudness === 'alarm';
  return isAlarm ? { counts: 'alert', isCounted: true } : {};
}
