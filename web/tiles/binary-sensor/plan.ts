import type { TilePlan } from '../define.ts';
import { booleanFrom, tileFrom } from '../parts/suggest.ts';
import { binaryClasses } from './class-names.ts';
import { binaryOptions } from './options.ts';

export const plan: TilePlan = {
  options: binaryOptions,
  suggest: (guess) => {
    if (guess.widget !== 'binary-sensor') return undefined;
    const deviceClass = binaryClasses.find((one) => one === guess.deviceClass);
    const { commandTopic: _command, ...place } = guess;
    return {
      ...tileFrom(guess),
      bindings: { state: booleanFrom(place) },
      options: deviceClass === undefined ? {} : { deviceClass },
    };
  },
};
