import { describe, expect, it } from 'vitest';
import type { Tile } from '../../../../shared/house/house.ts';
import type { CommandState, TileState } from '../../../../shared/tile/state.ts';
import { translator } from '../../../../web/text/define.ts';
import { frameWords } from '../../../../web/text/frame.ts';
import type { TileLook } from '../../../../web/tiles/define.ts';
import { ageText } from '../../../../web/tiles/frame/age.ts';
import { overlay, type Overlay } from '../../../../web/tiles/frame/overlay.ts';
import { switchTile } from '../../../../web/tiles/switch/index.ts';

const t = translator(frameWords, 'en');
const tile: Tile = {
  id: 'lamp',
  roomId: 'living',
  kind: 'switch',
  title: 'Lamp',
  bindings: { power: { type: 'boolean', stateTopic: 'a', commandTopic: 'b' } },
  options: {},
};
const look: TileLook = {
  level: 'quiet',
  fill: 'glaze',
  icon: 'lamp',
  hasBowl: true,
  stateText: 'Off',
  spoken: 'off',
  role: 'switch',
  isOn: false,
  tap: { type: 'send', role: 'power', value: true },
};
const calm: TileState = {
  roles: { power: { value: false, atMs: 0 } },
  isAvailable: true,
  freshness: 'fresh',
  isLive: true,
  isViewOnly: false,
};
const lay = (state: Partial<TileState>, more: { look?: Partial<TileLook>; shown?: number } = {}): Overlay =>
  overlay({
    tile,
    kind: switchTile,
    look: { ...look, ...more.look },
    state: { ...calm, ...state },
    shownCommandId: more.shown ?? 1,
    t,
  });
const ended = (status: CommandState['status'], more: Partial<CommandState> = {}): Partial<TileState> => ({
  command: { id: 1, role: 'power', value: true, sentAtMs: 0, status, ...more },
});

describe('overlay', () => {
  it.each<[string, Partial<TileState>, Partial<Overlay>]>([
    ['nothing', {}, { base: 'live', isPending: false, isOperable: true, spoken: [] }],
    ['sent', ended('sent'), { isPending: true, outline: 'target', stateText: 'Turning on…' }],
    ['sent off', ended('sent', { value: false }), { stateText: 'Turning off…' }],
    ['confirmed', ended('confirmed'), { isPending: false, spoken: [] }],
    ['no answer', ended('not-confirmed'), { outline: 'alarm', tone: 'alarm', badge: 'failed', stateText: 'No answer' }],
    ['offline tap', ended('not-sent', { reason: 'offline' }), { outline: 'alarm', stateText: 'Not sent: offline' }],
    [
      'refused',
      ended('refused', { reason: 'not-allowed' }),
      { outline: 'mangan', badge: 'refused', stateText: 'Not allowed' },
    ],
    ['out of the range', ended('refused', { reason: 'range' }), { badge: 'refused', stateText: 'Out of range' }],
    ['too often', ended('refused', { reason: 'times', againAt: '14:05' }), { stateText: 'From 14:05' }],
    ['used up', ended('refused', { reason: 'uses' }), { outline: 'mangan', stateText: 'No uses left' }],
    ['no feedback', ended('no-feedback'), { outline: 'target', isPending: false, stateText: 'Sent' }],
    ['unavailable', { isAvailable: false }, { base: 'unavailable', badge: 'unavailable', stateText: 'Unavailable' }],
    ['empty', { freshness: 'none', roles: {} }, { base: 'empty', tone: 'faint', stateText: 'No value yet' }],
    ['connecting', { freshness: 'none', roles: {}, isLive: false }, { base: 'connecting' }],
    ['connecting with values', { isLive: false, isConnecting: true }, { base: 'live', spoken: ['connecting'] }],
    [
      'connecting, nothing yet',
      { freshness: 'none', roles: {}, isLive: false, isConnecting: true },
      { base: 'connecting' },
    ],
    ['offline', { isLive: false }, { base: 'offline', spoken: ['offline, last known value'] }],
    ['view only', { isViewOnly: true }, { badge: 'view-only', isOperable: false, spoken: ['view only'] }],
    ['old', { freshness: 'old', ageMs: 1_080_000 }, { badge: 'old', badgeText: '18 min', spoken: ['18 min old'] }],
    [
      'unknown',
      { roles: { power: { problem: { code: 'unknown-value', shown: '2' } } } },
      { badge: 'unknown', stateText: 'Says “2”' },
    ],
    ['failed before old', { ...ended('not-confirmed'), freshness: 'old', ageMs: 60_000 }, { badge: 'failed' }],
    ['unavailable before old', { isAvailable: false, freshness: 'old', ageMs: 60_000 }, { badge: 'unavailable' }],
  ])('%s', (_name, state, expected) => {
    expect(lay(state)).toMatchObject(expected);
  });

  it('shows a command only after its 120 ms', () => {
    expect(lay(ended('sent'), { shown: 0 }).stateText).toBeUndefined();
  });

  it('lets a kind say what is on its way', () => {
    expect(lay(ended('sent'), { look: { sending: () => 'Unlocking…' } }).stateText).toBe('Unlocking…');
    const drag = { role: 'power', value: 0, min: 0, max: 9, step: 1, text: (value: number) => `${value} %` };
    expect(lay(ended('sent', { value: 7 }), { look: { drag } }).stateText).toBe('Setting 7 %…');
  });

  it('never calls a sensor view only', () => {
    expect(lay({ isViewOnly: true }, { look: { hasBowl: false } }).badge).toBeUndefined();
  });
});

describe('ageText', () => {
  it.each([
    [0, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [7_199_999, '119 min'],
    [7_200_000, '2 h'],
    [172_800_000, '2 d'],
  ])('%i ms', (ms, text) => {
    expect(ageText(ms, t)).toBe(text);
  });
});
