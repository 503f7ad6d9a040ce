import { expect, it } from 'vitest';
import { rangesOf } from '../../../shared/acl/ranges.ts';
import type { RoleRanges, Range } from '../../../shared/api/limits.ts';
import type { Tile } from '../../../shared/house/house.ts';

const send = { commandTopic: 'a/set' };
const lamp: Tile['bindings'] = {
  power: { type: 'boolean', ...send },
  brightness: { type: 'number', ...send, max: 254 },
  temperature: { type: 'number', ...send, min: 2_200, max: 6_500 },
  color: { type: 'color', ...send },
};
const dimmer: Tile['bindings'] = { value: { type: 'number', ...send, unit: '%' } };
const heater: Tile['bindings'] = { target: { type: 'number', ...send, unit: '°C', min: 5, max: 30 } };
const sensor: Tile['bindings'] = { value: { type: 'number', stateTopic: 'a', unit: '%' } };

type Row = readonly [
  what: string,
  bindings: Tile['bindings'],
  range: Range | undefined,
  atMostPercent: number | undefined,
  expected: RoleRanges,
];

it.each<Row>([
  ['nothing', lamp, undefined, undefined, {}],
  ['a card, for a lamp that counts to 254', lamp, undefined, 50, { brightness: { max: 127 }, color: { max: 50 } }],
  ['a range, its colour along', lamp, { max: 127 }, undefined, { brightness: { max: 127 }, color: { max: 50 } }],
  ['both: the narrower', dimmer, { min: 10, max: 90 }, 80, { value: { min: 10, max: 80 } }],
  ['both the other way round', dimmer, { max: 60 }, 80, { value: { max: 60 } }],
  ['a range of temperature', heater, { min: 17, max: 22 }, undefined, { target: { min: 17, max: 22 } }],
  ['a card, which means no temperature', heater, undefined, 80, {}],
  ['a tile that only shows', sensor, { max: 1 }, 80, {}],
  [
    'a colour alone counts in percent',
    { color: { type: 'color', ...send } },
    { max: 70 },
    undefined,
    { color: { max: 70 } },
  ],
])('%s', (_what, bindings, range, atMostPercent, expected) => {
  expect(rangesOf(bindings, range, atMostPercent)).toEqual(expected);
});
