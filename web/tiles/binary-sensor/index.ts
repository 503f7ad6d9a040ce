import { defineTile } from '../define.ts';
import { binaryLook, binarySummary } from './look.ts';
import { binaryClasses } from './class-names.ts';
import type { BinaryOptions } from './options.ts';

export const binarySensorTile = defineTile<BinaryOptions>({
  kind: 'binary-sensor',
  label: 'kindBinarySensor',
  icon: 'record-circle-outline',
  sizes: ['1x1', '2x1'],
  defaultDomain: 'glaze',
  roles: { state: { type: 'boolean', direction: 'state', isRequired: true, label: 'roleState' } },
  defaults: { deviceClass: 'generic' },
  choices: { deviceClass: binaryClasses },
  look: binaryLook,
  summary: binarySummary,
  needsHistory: true,
  detail: () => import('./Detail.svelte'),
});
