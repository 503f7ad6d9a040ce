import { expect, it } from 'vitest';
import type { Tile } from '../../../../shared/house/house.ts';
import type { Value } from '../../../../shared/payload/decoded.ts';
import { actTitle } from '../../../../web/pages/pin/act-title.ts';
import { lamp } from '../../../support/house.ts';

const rows: readonly (readonly [string, Partial<Tile>, Value, string])[] = [
  ['a socket', {}, true, 'on'],
  ['a socket', {}, false, 'off'],
  ['a lock', { options: { deviceClass: 'lock' } }, true, 'unlock'],
  ['a lock', { options: { deviceClass: 'lock' } }, false, 'lock'],
  ['a valve', { options: { deviceClass: 'valve' } }, true, 'open'],
  ['a door by its colour', { domain: 'mangan' }, true, 'open'],
  ['a door by its colour', { domain: 'mangan' }, false, 'shut'],
  ['a button', { kind: 'button' }, 'PRESS', 'press'],
  ['a level', { kind: 'slider' }, 40, 'set'],
];

it.each(rows)('%s %j %j is named', (_what, over, value, key) => {
  expect(actTitle(lamp(over), value)).toBe(key);
});
