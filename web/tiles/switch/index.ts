import { defineTile } from '../define.ts';
import { booleanFrom, tileFrom } from '../parts/suggest.ts';
import { switchLook } from './look.ts';
import { switchOptions } from './options.ts';

export const switchTile = defineTile({
  kind: 'switch',
  label: 'kindSwitch',
  icon: 'power-socket-de',
  sizes: ['1x1', '2x1'],
  defaultDomain: 'glaze',
  roles: {
    power: { type: 'boolean', direction: 'both', isRequired: true, label: 'rolePower' },
    watts: { type: 'number', direction: 'state', label: 'roleWatts' },
  },
  options: switchOptions,
  look: switchLook,
  detail: () => import('./Detail.svelte'),
  suggest: (guess) => {
    if (guess.widget !== 'switch') return undefined;
    const options = guess.deviceClass === 'lock' ? { deviceClass: 'lock' } : {};
    return { ...tileFrom(guess), bindings: { power: booleanFrom(guess) }, options };
  },
});
