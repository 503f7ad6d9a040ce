import type { BooleanBinding, ColorBinding, NumberBinding, TextBinding } from '../../../shared/house/binding.ts';
import type { Tile } from '../../../shared/house/house.ts';
import type { Guess } from '../../../shared/discovery/guess.ts';

/** From guesses to bindings; leaves out what is not known. */

interface Place {
  readonly topic: string;
  readonly path?: string;
  readonly commandTopic?: string;
  readonly template?: string;
}

const common = ({ topic, path, commandTopic, template }: Place) => ({
  stateTopic: topic,
  ...(path === undefined ? {} : { path }),
  ...(commandTopic === undefined ? {} : { commandTopic }),
  ...(commandTopic === undefined || template === undefined ? {} : { template }),
});

export const booleanFrom = (guess: Place & { readonly on?: string; readonly off?: string }): BooleanBinding => ({
  type: 'boolean',
  ...common(guess),
  ...(guess.on === undefined ? {} : { on: guess.on }),
  ...(guess.off === undefined ? {} : { off: guess.off }),
});

export const numberFrom = (
  guess: Place & Pick<NumberBinding, 'unit' | 'min' | 'max' | 'step' | 'scale' | 'mired'>,
): NumberBinding => ({
  type: 'number',
  ...common(guess),
  ...pickDefined(guess, ['unit', 'min', 'max', 'step', 'scale', 'mired']),
});

export const textFrom = (guess: Place): TextBinding => ({ type: 'text', ...common(guess) });

export const colorFrom = (guess: Place & { readonly colorFormat?: Guess['colorFormat'] }): ColorBinding => ({
  type: 'color',
  ...common(guess),
  ...(guess.colorFormat === undefined ? {} : { format: guess.colorFormat }),
});

function pickDefined<From extends object, Key extends keyof From>(
  from: From,
  keys: readonly Key[],
): Partial<Pick<From, Key>> {
  const found: Partial<Pick<From, Key>> = {};
  for (const key of keys) if (from[key] !== undefined) found[key] = from[key];
  return found;
}

const maxTitle = 80;

/** Name and availability, the same for every kind. */
export function tileFrom(guess: Guess): Partial<Tile> {
  const title = guess.name.trim().slice(0, maxTitle).trim();
  const { availabilityTopic: topic, availabilityPath: path } = guess;
  return {
    ...(title === '' ? {} : { title }),
    ...(topic === undefined ? {} : { availability: { topic, ...(path === undefined ? {} : { path }) } }),
  };
}
