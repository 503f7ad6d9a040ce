import type { TilePlan } from '../define.ts';
import { booleanFrom, tileFrom } from '../parts/suggest.ts';
import { switchOptions } from './options.ts';

export const plan: TilePlan = {
  options: switchOptions,
  suggest: (guess) => {
    if (guess.widget !== 'switch') return undefined;
    const options = guess.deviceClass === 'lock' ? { deviceClass: 'lock' } : {};
    return { ...tileFrom(guess), bindings: { power: booleanFrom(guess) }, options };
  },
};
