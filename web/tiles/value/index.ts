import { defineTile } from '../define.ts';
import { later } from '../parts/later.ts';
import { valueLook, valueSummary } from './look.ts';
import { quantities } from '../parts/quantity.ts';
import { zoneLimits } from '../parts/zones.ts';
import type { ValueOptions } from './options.ts';

export const valueTile = defineTile<ValueOptions>({
  kind: 'value',
  label: 'kindValue',
  icon: 'chart-line-variant',
  sizes: ['2x1', '4x1'],
  defaultDomain: 'glaze',
  roles: { value: { type: 'number', direction: 'state', isRequired: true, label: 'roleValue' } },
  defaults: { quantity: 'auto', zones: [], spark: true, trend: true, room: true },
  choices: { quantity: quantities },
  look: valueLook,
  limits: ({ zones }) => ({ value: zoneLimits(zones) }),
  summary: valueSummary,
  Body: later(() => import('./Body.svelte')),
  needsHistory: true,
  detail: () => import('../parts/ReadingDetail.svelte'),
});
