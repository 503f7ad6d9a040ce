import { defineTile } from '../define.ts';
import { textFrom, tileFrom } from '../parts/suggest.ts';
import { buttonLook } from './look.ts';
import { buttonOptions } from './options.ts';

export const buttonTile = defineTile({
  kind: 'button',
  label: 'kindButton',
  icon: 'gesture-tap-button',
  sizes: ['1x1', '2x1'],
  defaultDomain: 'glaze',
  roles: { press: { type: 'text', direction: 'both', isRequired: true, label: 'rolePress' } },
  options: buttonOptions,
  look: buttonLook,
  detail: () => import('./Detail.svelte'),
  suggest: (guess) => {
    if (guess.widget !== 'button') return undefined;
    const { stateTopic: _state, ...press } = textFrom({ ...guess, commandTopic: guess.commandTopic ?? guess.topic });
    const payload = guess.on ?? (guess.sample === '' ? undefined : guess.sample.slice(0, 200));
    return { ...tileFrom(guess), bindings: { press }, options: payload === undefined ? {} : { payload } };
  },
});
