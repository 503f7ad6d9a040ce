import type { TilePlan } from '../define.ts';
import { colorFrom, tileFrom } from '../parts/suggest.ts';
import { colorOptions } from './options.ts';

export const plan: TilePlan = {
  options: colorOptions,
  icons: ['palette'],
  suggest: (guess) =>
    guess.widget === 'color' ? { ...tileFrom(guess), bindings: { color: colorFrom(guess) }, options: {} } : undefined,
};
