import { defineTile } from '../define.ts';
import { later } from '../parts/later.ts';
import { gaugeLook, gaugeSummary } from './look.ts';
import { quantities } from '../parts/quantity.ts';
import { zoneLimits } from '../parts/zones.ts';
import type { GaugeOptions } from './options.ts';

export const gaugeTile = defineTile<GaugeOptions>({
  kind: 'gauge',
  label: 'kindGauge',
  icon: 'gauge',
  sizes: ['2x2'],
  defaultDomain: 'glaze',
  roles: { value: { type: 'number', direction: 'state', isRequired: true, label: 'roleValue' } },
  defaults: { quantity: 'auto', zones: [] },
  choices: { quantity: quantities },
  look: gaugeLook,
  limits: ({ zones }) => ({ value: zoneLimits(zones) }),
  summary: gaugeSummary,
  Body: later(() => import('./Body.svelte')),
  bodyLayout: 'whole',
  detail: () => import('../parts/ReadingDetail.svelte'),
});
