import type { TilePlan } from '../define.ts';
import { lightOptions } from './options.ts';
import { suggestLight } from './suggest.ts';

export const plan: TilePlan = {
  options: lightOptions,
  icons: ['lightbulb'],
  suggest: suggestLight,
};
