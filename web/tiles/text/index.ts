import { defineTile } from '../define.ts';
import { later } from '../parts/later.ts';
import { textLook } from './look.ts';
import type { TextOptions } from './options.ts';

export const textTile = defineTile<TextOptions>({
  kind: 'text',
  label: 'kindText',
  icon: 'text-box-outline',
  sizes: ['2x1', '4x1'],
  defaultDomain: 'glaze',
  roles: { value: { type: 'text', direction: 'state', isRequired: true, label: 'roleValue' } },
  defaults: { words: {} },
  look: textLook,
  Body: later(() => import('./Body.svelte')),
  detail: () => import('./Detail.svelte'),
});
