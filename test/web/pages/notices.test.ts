import { expect, it } from 'vitest';
import type { Tile } from '../../../shared/house/house.ts';
import type { TileState } from '../../../shared/tile/state.ts';
import { noticeOf } from '../../../web/pages/details/notices.ts';

const tile: Tile = {
  id: 'a',
  roomId: 'b',
  kind: 'value',
  title: 'Thing',
  bindings: { value: { type: 'number', stateTopic: 'a' } },
  options: {},
};
const calm: TileState = {
  roles: { value: { value: 1, atMs: 0 } },
  isAvailable: true,
  freshness: 'fresh',
  isLive: true,
  isViewOnly: true,
};

it.each<[string, Partial<TileState>, boolean, string | undefined]>([
  ['says when one may only look', {}, true, 'view-only'],
  ['says nothing of it on a sensor', {}, false, undefined],
  ['says first that a device is away', { isAvailable: false }, true, 'unavailable'],
  ['says when nothing came yet', { roles: {} }, false, 'no-value'],
  ['says when a message cannot be read', { roles: { value: { problem: { code: 'not-json' } } } }, false, 'problem'],
])('%s', (_name, state, isOperable, expected) => {
  expect(noticeOf(tile, { ...calm, ...state }, isOperable)?.type).toBe(expected);
});
