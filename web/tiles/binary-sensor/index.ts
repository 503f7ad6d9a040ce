import { defineTile } from '../define.ts';
import { booleanFrom, tileFrom } from '../parts/suggest.ts';
import { binaryLook, binarySummary } from './look.ts';
import { binaryClasses, binaryOptions } from './options.ts';

export const binarySensorTile = defineTile({
  kind: 'binary-sensor',
  label: 'kindBinarySensor',
  icon: 'record-circle-outline',
  sizes: ['1x1', '2x1'],
  defaultDomain: 'glaze',
  roles: { state: { type: 'boolean', direction: 'state', isRequired: true, label: 'roleState' } },
  options: binaryOptions,
  look: binaryLook,
  summary: binarySummary,
  needsHistory: true,
  detail: () => import('./Detail.svelte'),
  suggest: (guess) => {
    if (guess.widget !== 'binary-sensor') return undefined;
    const deviceClass = binaryClasses.find((one) => one === guess.deviceClass);
    const { commandTopic: _command, ...place } = guess;
    return {
      ...tileFrom(guess),
      bindings: { state: booleanFrom(place) },
      options: deviceClass === undefined ? {} : { deviceClass },
    };
  },
});
