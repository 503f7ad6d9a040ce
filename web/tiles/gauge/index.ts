import { defineTile } from '../define.ts';
import { later } from '../parts/later.ts';
import { numberFrom, tileFrom } from '../parts/suggest.ts';
import { gaugeLook, gaugeSummary } from './look.ts';
import { gaugeOptions } from './options.ts';

export const gaugeTile = defineTile({
  kind: 'gauge',
  label: 'kindGauge',
  icon: 'gauge',
  sizes: ['2x2'],
  defaultDomain: 'glaze',
  roles: { value: { type: 'number', direction: 'state', isRequired: true, label: 'roleValue' } },
  options: gaugeOptions,
  look: gaugeLook,
  summary: gaugeSummary,
  Body: later(() => import('./Body.svelte')),
  bodyLayout: 'whole',
  detail: () => import('../parts/ReadingDetail.svelte'),
  suggest: (guess) => {
    if (guess.widget !== 'gauge') return undefined;
    const { commandTopic: _command, ...place } = guess;
    return { ...tileFrom(guess), bindings: { value: numberFrom(place) }, options: {} };
  },
});
