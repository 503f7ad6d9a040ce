import { describe, expect, it } from 'vitest';
import type { Tile } from '../../../shared/house/house.ts';
import { encodeUtf8 } from '../../../shared/payload/text.ts';
import {
  boundTopics,
  foldAvailability,
  foldRole,
  minStaleMs,
  stateTopics,
  tileState,
} from '../../../shared/tile/fold.ts';

const message = (payload: string, atMs = 1_000) => ({ payload: encodeUtf8(payload), atMs });
const tile: Tile = {
  id: 'lamp',
  roomId: 'living',
  kind: 'light',
  title: 'Lamp',
  bindings: {
    power: { type: 'boolean', stateTopic: 'lamp', commandTopic: 'lamp/set', path: 'state' },
    brightness: { type: 'number', stateTopic: 'lamp', commandTopic: 'lamp/set', path: 'brightness' },
  },
  availability: { topic: 'lamp/status' },
  options: {},
};

describe('foldRole', () => {
  const binding = { type: 'number', path: 't' } as const;
  it('keeps the last readable value when a later message cannot be read, and says why', () => {
    const known = foldRole(undefined, binding, message('{"t":21}'));
    expect(foldRole(known, binding, message('{"t":"warm"}', 2_000))).toEqual({
      value: 21,
      problem: { code: 'not-a-number', shown: 'warm' },
      atMs: 2_000,
    });
  });
  it('ignores a message that does not speak of this role once a value is known', () => {
    const known = foldRole(undefined, binding, message('{"t":21}'));
    expect(foldRole(known, binding, message('{"other":1}', 9_000))).toBe(known);
  });
  it('tells a missing path while nothing is known', () => {
    expect(foldRole(undefined, binding, message('{"other":1}')).problem?.code).toBe('path-not-found');
  });
});

describe('tileState', () => {
  const roles = { power: { value: true, atMs: 1_000 } };
  const state = (more: Partial<Parameters<typeof tileState>[0]> = {}) =>
    tileState({ tile, roles, nowMs: 5_000, isLive: true, ...more });

  it('knows ages by the clock it is given', () => expect(state()).toMatchObject({ freshness: 'fresh', ageMs: 4_000 }));
  it('has no value before the first message', () => expect(state({ roles: {} }).freshness).toBe('none'));
  it('grows old after 2.5 usual intervals, at least a minute', () => {
    const at = (nowMs: number, usualIntervalMs: number) => state({ nowMs, usualIntervalMs }).freshness;
    expect(at(1_000 + minStaleMs, 1_000)).toBe('fresh');
    expect(at(1_001 + minStaleMs, 1_000)).toBe('old');
    expect(at(1_000 + 249_000, 100_000)).toBe('fresh');
    expect(at(1_000 + 251_000, 100_000)).toBe('old');
  });
  it('follows the tile when it names a limit, and never grows old at 0', () => {
    expect(state({ tile: { ...tile, staleAfterSeconds: 3 } }).freshness).toBe('old');
    expect(state({ tile: { ...tile, staleAfterSeconds: 0 }, nowMs: 1e12, usualIntervalMs: 1 }).freshness).toBe('fresh');
  });
  it('is view only without a command topic', () => {
    const sensor: Tile = { ...tile, bindings: { value: { type: 'number', stateTopic: 't' } } };
    expect(state({ tile: sensor }).isViewOnly).toBe(true);
    expect(state().isViewOnly).toBe(false);
    expect(state({ tile: { ...tile, viewOnly: true } }).isViewOnly).toBe(true);
  });
  it('is what a person may do with it', () => {
    const rights = { isViewOnly: true, needsHold: true };
    expect(state({ rights })).toMatchObject(rights);
    expect(state()).not.toHaveProperty('needsHold');
  });
  it('is unavailable since the device said so', () => {
    const offline = foldAvailability(undefined, { topic: 's' }, message('offline', 3_000));
    const again = foldAvailability(offline, { topic: 's' }, message('offline', 4_000));
    expect(state({ availability: again })).toMatchObject({ isAvailable: false, unavailableSinceMs: 3_000 });
    const nonsense = foldAvailability(again, { topic: 's' }, message('?', 4_500));
    expect(nonsense.isAvailable).toBe(false);
  });
});

it('lists topics once', () => {
  expect(stateTopics(tile)).toEqual(['lamp', 'lamp/status']);
  expect(boundTopics(tile)).toEqual(['lamp', 'lamp/status', 'lamp/set']);
});
