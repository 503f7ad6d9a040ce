import type { TilePlan } from '../define.ts';
import { textFrom, tileFrom } from '../parts/suggest.ts';
import { buttonOptions } from './options.ts';

export const plan: TilePlan = {
  options: buttonOptions,
  icons: ['gesture-tap-button'],
  suggest: (guess) => {
    if (guess.widget !== 'button') return undefined;
    const { stateTopic: _state, ...press } = textFrom({ ...guess, commandTopic: guess.commandTopic ?? guess.topic });
    const payload = guess.on ?? (guess.sample === '' ? undefined : guess.sample.slice(0, 200));
    return { ...tileFrom(guess), bindings: { press }, options: payload === undefined ? {} : { payload } };
  },
};
