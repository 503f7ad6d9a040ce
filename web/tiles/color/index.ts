import { defineTile } from '../define.ts';
import { later } from '../parts/later.ts';
import { colorLook } from './look.ts';
import { defaultSwatches } from './swatches.ts';
import type { ColorOptions } from './options.ts';

export const colorTile = defineTile<ColorOptions>({
  kind: 'color',
  label: 'kindColor',
  icon: 'palette',
  sizes: ['1x1', '2x1', '2x2'],
  defaultDomain: 'glaze',
  roles: { color: { type: 'color', direction: 'both', isRequired: true, label: 'roleColor' } },
  defaults: { presets: defaultSwatches },
  look: colorLook,
  Body: later(() => import('./Body.svelte')),
  bodySizes: ['2x2'],
  detail: () => import('./Detail.svelte'),
});
