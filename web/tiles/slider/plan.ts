import type { TilePlan } from '../define.ts';
import { numberFrom, tileFrom } from '../parts/suggest.ts';
import { sliderOptions } from './options.ts';

export const plan: TilePlan = {
  options: sliderOptions,
  icons: ['tune-vertical'],
  suggest: (guess) =>
    guess.widget === 'slider' ? { ...tileFrom(guess), bindings: { value: numberFrom(guess) }, options: {} } : undefined,
};
