import { expect, it } from 'vitest';
import { softHyphens } from '../../../../web/tiles/frame/soft-hyphens.ts';

it.each([
  ['Fernsehsteckdose', 'Fern-seh-steck-dose'],
  ['Arbeitsplatte', 'Arbeits-platte'],
  ['Waschmaschine', 'Wasch-ma-schine'],
  ['Bewegungsmelder', 'Bewe-gungs-mel-der'],
  ['Thermostat Bad', 'Ther-mos-tat Bad'],
  ['Stehlampe', 'Steh-lampe'],
  ['Drehstrom', 'Dreh-strom'],
  ['Lamp', 'Lamp'],
  ['CO₂ 1234567890', 'CO₂ 1234567890'],
])('parts %s', (word, expected) => {
  expect(softHyphens(word).replaceAll('\u00AD', '-')).toBe(expected);
});
