import { expect, it } from 'vitest';
import { fingerHint, type SharedTile } from '../../../../web/pages/guest/hint.ts';

const send = { type: 'send', role: 'power', value: true } as const;
const drag = { role: 'level', value: 40, min: 0, max: 100, step: 1, text: String };
const shared = (kind: string, look: SharedTile['look'], isViewOnly = false): SharedTile => ({
  kind,
  look,
  state: { isViewOnly },
});
const dimmer = shared('light', { tap: send, drag });
const fan = shared('fan', { tap: send, drag });
const socket = shared('switch', { tap: send });
const volume = shared('slider', { tap: { type: 'details' }, drag });

it.each<[string, readonly SharedTile[], string]>([
  ['a dimmer', [dimmer], 'hintDim'],
  ['a dimmer beside a socket', [socket, dimmer], 'hintDim'],
  ['a socket', [socket], 'hintTap'],
  ['a fan', [fan], 'hintTapPull'],
  ['a lamp and a fan', [dimmer, fan], 'hintTapPull'],
  ['a slider', [volume], 'hintPull'],
  ['a slider beside a socket', [volume, socket], 'hintTapPull'],
  ['what may only be looked at', [{ ...dimmer, state: { isViewOnly: true } }], 'hintSee'],
  ['a dimmer to look at beside a socket', [{ ...dimmer, state: { isViewOnly: true } }, socket], 'hintTap'],
  ['what cannot be drawn', [shared('newer', undefined)], 'hintTap'],
  ['nothing', [], 'hintSee'],
])('%s: %#', (_what, tiles, expected) => {
  expect(fingerHint(tiles)).toBe(expected);
});
