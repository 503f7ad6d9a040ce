import type { TilePlan } from '../define.ts';
import { textFrom, tileFrom } from '../parts/suggest.ts';
import { textOptions } from './options.ts';

export const plan: TilePlan = {
  options: textOptions,
  icons: ['text-box-outline'],
  suggest: (guess) => {
    if (guess.widget !== 'text') return undefined;
    const { commandTopic: _command, ...place } = guess;
    return { ...tileFrom(guess), bindings: { value: textFrom(place) }, options: {} };
  },
};
