import type { Domain } from '../../../shared/house/house.ts';
import { formatClock } from '../../text/format.ts';
import type { LookInput, TileLook, TileSummary } from '../define.ts';
import { booleanOf, iconOf, isUnknown, lowerFirst, missingText } from '../parts/read.ts';
import { changedAtMs } from '../parts/since.ts';
import { classLooks, type ClassLook } from './classes.ts';
import type { BinaryOptions } from './options.ts';

/** What the sensor says; undefined = nothing readable. */
const valueOf = ({ state }: LookInput<BinaryOptions>): boolean | undefined =>
  isUnknown(state, 'state') ? undefined : booleanOf(state, 'state');

const isRemarkable = (own: ClassLook, isOn: boolean | undefined): boolean =>
  isOn !== undefined && own.remarkable === (isOn ? 'on' : 'off');

function levelOf({ options }: LookInput<BinaryOptions>, isOn: boolean | undefined): TileLook['level'] {
  const own = classLooks[options.deviceClass];
  if (!isRemarkable(own, isOn)) return 'quiet';
  return (options.isAlarm ?? own.isAlarm) === true ? 'alarm' : 'active';
}

/** A quiet sensor wears the house's green; its own colour is for what is worth a look. */
function fillOf(level: TileLook['level'], own: Domain): TileLook['fill'] {
  if (level === 'alarm') return 'alarm';
  return level === 'quiet' ? 'glaze' : own;
}

export function binaryLook(input: LookInput<BinaryOptions>): TileLook {
  const { tile, options } = input;
  const own = classLooks[options.deviceClass];
  const isOn = valueOf(input);
  const level = levelOf(input, isOn);
  return {
    level,
    fill: fillOf(level, tile.domain ?? own.domain),
    icon: iconOf(tile, own.icons, isOn === true),
    hasBowl: false,
    ...words(input, isOn),
    led: level === 'quiet' ? 'ring' : 'filled',
    role: 'group',
    tap: { type: 'details' },
  };
}

function words(input: LookInput<BinaryOptions>, isOn: boolean | undefined): Pick<TileLook, 'stateText' | 'spoken'> {
  const { state, options, size, t, language, history } = input;
  if (isOn === undefined) {
    const text = missingText(state, 'state', t);
    return { stateText: text, spoken: lowerFirst(text, language) };
  }
  const own = classLooks[options.deviceClass];
  const word = t(isOn ? own.on : own.off);
  const sinceMs = changedAtMs(history?.['state'] ?? [], isOn);
  if (sinceMs === undefined) return { stateText: word, spoken: lowerFirst(word, language) };
  const time = formatClock(sinceMs, language);
  const stateText = size === '1x1' || !isRemarkable(own, isOn) ? word : t('since', { state: word, time });
  return { stateText, spoken: t('sinceSpoken', { state: lowerFirst(word, language), time }) };
}

export function binarySummary(input: LookInput<BinaryOptions>): TileSummary {
  const own = classLooks[input.options.deviceClass];
  const isAlarm = input.options.isAlarm ?? own.isAlarm === true;
  const counts = isAlarm ? 'alert' : own.counts;
  return counts === undefined ? {} : { counts, isCounted: isRemarkable(own, valueOf(input)) };
}
