import { defineTile } from '../define.ts';
import { later } from '../parts/later.ts';
import { sliderLook } from './look.ts';
import type { SliderOptions } from './options.ts';

export const sliderTile = defineTile<SliderOptions>({
  kind: 'slider',
  label: 'kindSlider',
  icon: 'tune-vertical',
  sizes: ['2x1', '2x2'],
  defaultDomain: 'glaze',
  roles: { value: { type: 'number', direction: 'both', isRequired: true, label: 'roleValue' } },
  defaults: { control: 'groove' },
  choices: { control: ['groove', 'keys'] },
  look: sliderLook,
  Body: later(() => import('./Body.svelte')),
  bodySizes: ['2x2'],
  detail: () => import('./Detail.svelte'),
});
