import { defineTile } from '../define.ts';
import { switchLook } from './look.ts';
import { switchClasses } from './class-names.ts';
import type { SwitchOptions } from './options.ts';

export const switchTile = defineTile<SwitchOptions>({
  kind: 'switch',
  label: 'kindSwitch',
  icon: 'power-socket-de',
  sizes: ['1x1', '2x1'],
  defaultDomain: 'glaze',
  roles: {
    power: { type: 'boolean', direction: 'both', isRequired: true, label: 'rolePower' },
    watts: { type: 'number', direction: 'state', label: 'roleWatts' },
  },
  defaults: { deviceClass: 'switch' },
  choices: { deviceClass: switchClasses },
  look: switchLook,
  detail: () => import('./Detail.svelte'),
});
