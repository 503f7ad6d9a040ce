import { expect, it } from 'vitest';
import type { RoleRanges } from '../../../../shared/api/limits.ts';
import { draggedTo, keyedTo } from '../../../../web/tiles/frame/act.ts';
import { readTile } from '../../../../web/tiles/frame/read-tile.ts';
import { kindOf } from '../../../../web/tiles/registry.ts';
import { both, inputOf } from '../look-of.ts';

const dragOf = (ranges?: RoleRanges) => {
  const bindings = { brightness: { type: 'number', unit: '%', ...both } } as const;
  const input = inputOf({ kind: 'light', bindings, values: { brightness: 40 } });
  const read = readTile({ ...input, kind: kindOf('light'), state: ranges ? { ...input.state, ranges } : input.state });
  return read.ok ? read.look.drag! : undefined!;
};

it.each([
  ['nothing limits it', undefined, 0, 100],
  ['another role is limited', { temperature: { max: 80 } }, 0, 100],
  ['it may be set to 80 at most', { brightness: { max: 80 } }, 0, 80],
  ['it may be set from 20 to 60', { brightness: { min: 20, max: 60 } }, 20, 60],
] as const)('fingers and keys stop where %s', (_what, ranges, least, most) => {
  const drag = dragOf(ranges);
  expect([draggedTo(drag, -1), draggedTo(drag, 1)]).toEqual([least, most]);
  expect([keyedTo({ ...drag, value: least }, '-'), keyedTo({ ...drag, value: most }, '+')]).toEqual([least, most]);
  expect(draggedTo(drag, 0.1)).toBe(50);
});
