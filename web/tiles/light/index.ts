import { defineTile } from '../define.ts';
import { later } from '../parts/later.ts';
import { lightLook, lightSummary } from './look.ts';
import type { LightOptions } from './options.ts';

export const lightTile = defineTile<LightOptions>({
  kind: 'light',
  label: 'kindLight',
  icon: 'lightbulb',
  sizes: ['1x1', '2x1', '2x2'],
  defaultDomain: 'honey',
  roles: {
    power: { type: 'boolean', direction: 'both', label: 'rolePower' },
    brightness: { type: 'number', direction: 'both', label: 'roleBrightness' },
    temperature: { type: 'number', direction: 'both', label: 'roleTemperature' },
    color: { type: 'color', direction: 'both', label: 'roleColor' },
  },
  defaults: {},
  look: lightLook,
  summary: lightSummary,
  Body: later(() => import('./Body.svelte')),
  bodySizes: ['2x2'],
  detail: () => import('./Detail.svelte'),
});
