import { defineTile } from '../define.ts';
import { later } from '../parts/later.ts';
import { colorFrom, tileFrom } from '../parts/suggest.ts';
import { colorLook } from './look.ts';
import { colorOptions } from './options.ts';

export const colorTile = defineTile({
  kind: 'color',
  label: 'kindColor',
  icon: 'palette',
  sizes: ['1x1', '2x1', '2x2'],
  defaultDomain: 'glaze',
  roles: { color: { type: 'color', direction: 'both', isRequired: true, label: 'roleColor' } },
  options: colorOptions,
  look: colorLook,
  Body: later(() => import('./Body.svelte')),
  bodySizes: ['2x2'],
  detail: () => import('./Detail.svelte'),
  suggest: (guess) =>
    guess.widget === 'color' ? { ...tileFrom(guess), bindings: { color: colorFrom(guess) }, options: {} } : undefined,
});
