import { defineTile } from '../define.ts';
import { buttonLook } from './look.ts';
import type { ButtonOptions } from './options.ts';

export const buttonTile = defineTile<ButtonOptions>({
  kind: 'button',
  label: 'kindButton',
  icon: 'gesture-tap-button',
  sizes: ['1x1', '2x1'],
  defaultDomain: 'glaze',
  roles: { press: { type: 'text', direction: 'both', isRequired: true, label: 'rolePress' } },
  defaults: {},
  look: buttonLook,
  detail: () => import('./Detail.svelte'),
});
