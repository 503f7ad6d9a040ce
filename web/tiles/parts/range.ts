import type { NumberBinding } from '../../../shared/house/binding.ts';
import { shareOf, valueAt, type Scale } from '../../ui/scale.ts';

/** The range of a number role in shown units, with the defaults of a percentage. */
export function rangeOf(binding: NumberBinding | undefined, fallback: Scale = percent): Scale {
  const min = binding?.min ?? fallback.min;
  const max = binding?.max ?? Math.max(fallback.max, min);
  const step =
    binding?.step ?? (binding?.min === undefined && binding?.max === undefined ? fallback.step : niceStep(max - min));
  return { min, max, step };
}

const percent: Scale = { min: 0, max: 100, step: 1 };

/** A step that divides the range into about a hundred. */
const niceStep = (span: number): number => (span > 0 && span < 20 ? 0.1 : 1);

/** Percent (whole) of a scale at which a value lies. */
export const percentOf = (scale: Scale, value: number): number => Math.round(shareOf(scale, value) * 100);

/** The value at a percentage of the scale. */
export const atPercent = (scale: Scale, percentage: number): number => valueAt(scale, percentage / 100);
