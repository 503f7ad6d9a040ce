import { amountIn } from '../../../shared/acl/ranges.ts';
import type { Range } from '../../../shared/api/limits.ts';
import type { Exception } from '../../../shared/api/people.ts';
import type { NumberBinding } from '../../../shared/house/binding.ts';
import type { Tile } from '../../../shared/house/house.ts';
import type { Language, Translate } from '../../text/define.ts';
import { formatNumber } from '../../text/format.ts';
import type { LimitsKey } from '../../text/limits.ts';
import { atPercent, percentOf, rangeOf } from '../../tiles/parts/range.ts';

export interface LimitsContext {
  readonly t: Translate<LimitsKey>;
  readonly language: Language;
}

const nbsp = '\u00a0';
const quantityText = (number: string, unit: string): string =>
  unit === '°' ? `${number}°` : `${number}${nbsp}${unit}`;

/** How the ends of a tile's range are shown, and written when typed. */
export interface Ends {
  readonly unit: string;
  readonly shown: (value: number) => number;
  readonly written: (shown: number) => number;
}

const asIs = (value: number): number => value;

/** What a range begins with: a share of everything, or all that the tile can be set to. */
export function firstRange(bindings: Tile['bindings']): Range {
  const { unit, written } = endsOf(bindings);
  if (unit === '%') return { max: written(firstPercent) };
  const { min, max } = rangeOf(amountIn(bindings));
  return { min, max };
}
const firstPercent = 80;

/** Numbers to choose from, the one that is chosen among them. */
export const countChoices = (usual: readonly number[], chosen: number | undefined): readonly number[] =>
  [...new Set(chosen === undefined ? usual : [...usual, chosen])].sort((one, other) => one - other);

/** A number without a unit counts in percent of what it can be, as its tile shows it; a colour alone does so too. */
export function endsOf(bindings: Tile['bindings'] | undefined): Ends {
  const amount: NumberBinding | undefined = bindings && amountIn(bindings);
  const unit = amount?.unit || '%';
  if (!amount || amount.unit) return { unit, shown: asIs, written: asIs };
  const scale = rangeOf(amount);
  return { unit, shown: (value) => percentOf(scale, value), written: (percent) => atPercent(scale, percent) };
}

/** "17 to 22 °C", "at most 80 %" */
export function rangeInWords(
  { min, max }: Range,
  bindings: Tile['bindings'] | undefined,
  { t, language }: LimitsContext,
): string {
  const { unit, shown } = endsOf(bindings);
  const plain = (value: number): string => formatNumber(shown(value), { language });
  // Only as many digits as the end has, whatever the unit: "22 °C", "20.5 °C".
  const withUnit = (value: number): string => quantityText(plain(value), unit);
  if (min === undefined) return max === undefined ? '' : t('atMost', { max: withUnit(max) });
  if (max === undefined) return t('atLeast', { min: withUnit(min) });
  return t('between', { min: plain(min), max: withUnit(max) });
}

/** What limits an exception, part by part. */
export function limitsInWords(
  { range, timesPerHour }: Pick<Exception, 'range' | 'timesPerHour'>,
  bindings: Tile['bindings'] | undefined,
  context: LimitsContext,
): readonly string[] {
  return [
    range ? rangeInWords(range, bindings, context) : '',
    timesPerHour === undefined ? '' : context.t('timesPerHour', { n: timesPerHour }),
  ].filter((part) => part !== '');
}
