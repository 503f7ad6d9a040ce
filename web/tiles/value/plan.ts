import type { TilePlan } from '../define.ts';
import { quantityIcons } from '../parts/quantity-icons.ts';
import { numberFrom, tileFrom } from '../parts/suggest.ts';
import { valueOptions } from './options.ts';

export const plan: TilePlan = {
  options: valueOptions,
  icons: quantityIcons,
  suggest: (guess) => {
    if (guess.widget !== 'value') return undefined;
    const { commandTopic: _command, ...place } = guess;
    return { ...tileFrom(guess), bindings: { value: numberFrom(place) }, options: {} };
  },
};
