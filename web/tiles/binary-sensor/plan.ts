import type { TilePlan } from '../define.ts';
import { classIcons } from '../parts/class-icons.ts';
import { booleanFrom, tileFrom } from '../parts/suggest.ts';
import { binaryClasses } from './class-names.ts';
import { classLooks } from './classes.ts';
import { binaryOptions } from './options.ts';

export const plan: TilePlan = {
  options: binaryOptions,
  icons: classIcons(classLooks, 'generic'),
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
