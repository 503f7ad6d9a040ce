import { defineTile } from '../define.ts';
import { later } from '../parts/later.ts';
import { numberFrom, tileFrom } from '../parts/suggest.ts';
import { valueLook, valueSummary } from './look.ts';
import { valueOptions } from './options.ts';

export const valueTile = defineTile({
  kind: 'value',
  label: 'kindValue',
  icon: 'chart-line-variant',
  sizes: ['2x1', '4x1'],
  defaultDomain: 'glaze',
  roles: { value: { type: 'number', direction: 'state', isRequired: true, label: 'roleValue' } },
  options: valueOptions,
  look: valueLook,
  summary: valueSummary,
  Body: later(() => import('./Body.svelte')),
  needsHistory: true,
  detail: () => import('../parts/ReadingDetail.svelte'),
  suggest: (guess) => {
    if (guess.widget !== 'value') return undefined;
    const { commandTopic: _command, ...place } = guess;
    return { ...tileFrom(guess), bindings: { value: numberFrom(place) }, options: {} };
  },
});
