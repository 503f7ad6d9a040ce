import { defineTile } from '../define.ts';
import { later } from '../parts/later.ts';
import { textFrom, tileFrom } from '../parts/suggest.ts';
import { textLook } from './look.ts';
import { textOptions } from './options.ts';

export const textTile = defineTile({
  kind: 'text',
  label: 'kindText',
  icon: 'text-box-outline',
  sizes: ['2x1', '4x1'],
  defaultDomain: 'glaze',
  roles: { value: { type: 'text', direction: 'state', isRequired: true, label: 'roleValue' } },
  options: textOptions,
  look: textLook,
  Body: later(() => import('./Body.svelte')),
  detail: () => import('./Detail.svelte'),
  suggest: (guess) => {
    if (guess.widget !== 'text') return undefined;
    const { commandTopic: _command, ...place } = guess;
    return { ...tileFrom(guess), bindings: { value: textFrom(place) }, options: {} };
  },
});
