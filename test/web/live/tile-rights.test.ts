import { expect, it } from 'vitest';
import { tileRights } from '../../../web/live/tile-rights.ts';

it('knows within what a tile may be set, and when that changed', () => {
  const ranges = { lamp: { brightness: { max: 80 } } };
  const rights = tileRights({ viewOnly: [], hold: [], ranges });
  expect(rights.of('lamp')).toEqual({ isViewOnly: false, needsHold: false, ranges: ranges.lamp });
  expect(rights.isSame({ viewOnly: [], hold: [], ranges })).toBe(true);
  expect(rights.isSame({ viewOnly: [], hold: [] })).toBe(false);
});

it('knows what single tiles allow, and whether anything changed', () => {
  const rights = tileRights({ viewOnly: ['lamp'], hold: ['lamp', 'door'] });
  expect(rights.of('lamp')).toEqual({ isViewOnly: true, needsHold: true });
  expect(rights.of('door')).toEqual({ isViewOnly: false, needsHold: true });
  expect(rights.of('other')).toBeUndefined();
  expect(rights.isSame({ viewOnly: ['lamp'], hold: ['lamp', 'door'] })).toBe(true);
  expect(rights.isSame({ viewOnly: [], hold: ['lamp', 'door'] })).toBe(false);
});
