import { defineTile } from '../define.ts';
import { later } from '../parts/later.ts';
import { numberFrom, tileFrom } from '../parts/suggest.ts';
import { sliderLook } from './look.ts';
import { sliderOptions } from './options.ts';

export const sliderTile = defineTile({
  kind: 'slider',
  label: 'kindSlider',
  icon: 'tune-vertical',
  sizes: ['2x1', '2x2'],
  defaultDomain: 'glaze',
  roles: { value: { type: 'number', direction: 'both', isRequired: true, label: 'roleValue' } },
  options: sliderOptions,
  look: sliderLook,
  Body: later(() => import('./Body.svelte')),
  bodySizes: ['2x2'],
  detail: () => import('./Detail.svelte'),
  suggest: (guess) =>
    guess.widget === 'slider' ? { ...tileFrom(guess), bindings: { value: numberFrom(guess) }, options: {} } : undefined,
});
