import type { TilePlan } from '../define.ts';
import { classIcons } from '../parts/class-icons.ts';
import { booleanFrom, tileFrom } from '../parts/suggest.ts';
import { switchClassLooks } from './look.ts';
import { switchOptions } from './options.ts';

export const plan: TilePlan = {
  options: switchOptions,
  icons: classIcons(switchClassLooks, 'switch'),
  suggest: (guess) => {
    if (guess.widget !== 'switch') return undefined;
    const options = guess.deviceClass === 'lock' ? { deviceClass: 'lock' } : {};
    return { ...tileFrom(guess), bindings: { power: booleanFrom(guess) }, options };
  },
};
