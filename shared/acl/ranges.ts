import type { Range, RoleRanges } from '../api/limits.ts';
import type { Binding, NumberBinding } from '../house/binding.ts';
import type { Tile } from '../house/house.ts';

type Bindings = Tile['bindings'];

/** A white tone is no amount: how bright a lamp may be says nothing about how warm. */
const isTone = (role: string, { mired, unit }: NumberBinding): boolean =>
  mired === true || unit === 'K' || (role === 'temperature' && !unit);

const isAmount = (role: string, binding: Binding): binding is NumberBinding =>
  binding.type === 'number' && !isTone(role, binding);

const isShare = ({ unit }: NumberBinding): boolean => unit === undefined || unit === '' || unit === '%';

/** From where to where a number goes; a percentage, when the binding says nothing. */
function spanOf({ min = 0, max }: NumberBinding): { readonly min: number; readonly span: number } {
  return { min, span: (max ?? Math.max(100, min)) - min };
}

const shown = (binding: NumberBinding, percent: number): number => {
  const { min, span } = spanOf(binding);
  return Number((min + (span * percent) / 100).toPrecision(12));
};

const percentOf = (binding: NumberBinding | undefined, value: number): number => {
  if (!binding) return value;
  const { min, span } = spanOf(binding);
  return span > 0 ? ((value - min) / span) * 100 : 100;
};

/** The narrower of two ends. */
const both = (choose: (...ends: number[]) => number, ends: readonly (number | undefined)[]): number | undefined => {
  const known = ends.filter((end) => end !== undefined);
  return known.length === 0 ? undefined : choose(...known);
};

function narrowest(...ranges: readonly (Range | undefined)[]): Range | undefined {
  const min = both(
    Math.max,
    ranges.map((range) => range?.min),
  );
  const max = both(
    Math.min,
    ranges.map((range) => range?.max),
  );
  if (min === undefined && max === undefined) return undefined;
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

/** The number of a tile that a range is about, when it has one. */
export const amountIn = (bindings: Bindings): NumberBinding | undefined =>
  Object.entries(bindings).flatMap(([role, one]) => (isAmount(role, one) ? [one] : []))[0];

/** A tile's range as the brightness of its colour: along the number that it has beside, else as percent. */
function asBrightness(range: Range, bindings: Bindings): Range {
  const beside = amountIn(bindings);
  const { min, max } = range;
  return {
    ...(min === undefined ? {} : { min: percentOf(beside, min) }),
    ...(max === undefined ? {} : { max: percentOf(beside, max) }),
  };
}

/** What each role of a tile may be set to, by its exception's range and a card's `atMostPercent`. Roles without limit are absent. */
export function rangesOf(bindings: Bindings, range: Range | undefined, atMostPercent: number | undefined): RoleRanges {
  const atMost = atMostPercent === undefined ? undefined : { max: atMostPercent };
  const ofRole = ([role, binding]: readonly [string, Binding]): readonly [string, Range | undefined] => {
    if (binding.commandTopic === undefined) return [role, undefined];
    if (isAmount(role, binding)) {
      const share = atMost && isShare(binding) ? { max: shown(binding, atMost.max) } : undefined;
      return [role, narrowest(range, share)];
    }
    if (binding.type !== 'color') return [role, undefined];
    return [role, narrowest(range && asBrightness(range, bindings), atMost)];
  };
  return Object.fromEntries(
    Object.entries(bindings)
      .map(ofRole)
      .filter((entry): entry is readonly [string, Range] => entry[1] !== undefined),
  );
}

export const hasRanges = (ranges: RoleRanges): boolean => Object.keys(ranges).length > 0;
