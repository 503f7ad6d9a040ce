import { formatQuantity, speakQuantity } from '../../text/format.ts';
import type { LookInput, TileLook, TileSummary } from '../define.ts';
import { bigNumber, formatOf } from '../parts/numbers.ts';
import { placeOf, quantityLooks, quantityOf } from '../parts/quantity.ts';
import { iconOf, isUnknown, joinSpoken, lowerFirst, missingText, numberBinding, numberOf } from '../parts/read.ts';
import { readingsOf, trendOf } from '../parts/series.ts';
import { zoneLook } from '../parts/zone-look.ts';
import { shownZone } from '../parts/zones.ts';
import type { ValueOptions } from './options.ts';

type Input = LookInput<ValueOptions>;

const valueOf = ({ state }: Input): number | undefined =>
  isUnknown(state, 'value') ? undefined : numberOf(state, 'value');

const quantity = ({ tile, options }: Input) => {
  const binding = numberBinding(tile, 'value');
  return quantityOf(options.quantity, binding?.unit, placeOf(binding));
};

export function valueLook(input: Input): TileLook {
  const { tile, options, state, t, language } = input;
  const own = quantityLooks[quantity(input)];
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
      value === undefined
        ? lowerFirst(stateText, language)
        : joinSpoken(speakQuantity(value, format), zone?.word, trendWord(input, value)),
    role: 'group',
    tap: { type: 'details' },
  };
}

function trendWord({ tile, options, history, t, language }: Input, value: number): string | undefined {
  const points = history?.['value'];
  if (!options.trend || !points) return undefined;
  const trend = trendOf(readingsOf(points, numberBinding(tile, 'value')), value, 0);
  return trend === undefined || trend === 'steady' ? undefined : lowerFirst(t(trend), language);
}

/** Below this a battery counts as low, percent. */
export const lowBattery = 15;

export function valueSummary(input: Input): TileSummary {
  const value = valueOf(input);
  if (value === undefined) return {};
  const kind = quantity(input);
  if (shownZone(input.options.zones, input.state.roles['value'], value)?.loudness === 'alarm')
    return { counts: 'alert', isCounted: true };
  if (kind === 'battery') return { counts: 'battery', isCounted: value < lowBattery };
  if (!input.options.room || (kind !== 'temperature' && kind !== 'humidity')) return {};
  return { reading: { quantity: kind, text: formatQuantity(value, formatOf(input.tile, 'value', input.language)) } };
}
