import { describe, expect, it } from 'vitest';
import { firstForeignTopic } from '../../../shared/acl/arranging.ts';
import { pinWay } from '../../../shared/acl/pin.ts';
import { usesOf } from '../../../shared/acl/uses.ts';
import { accessOf } from '../../../shared/acl/view.ts';
import type { Tile } from '../../../shared/house/house.ts';
import { switchTile, testHouse, valueTile } from '../../support/house.ts';
import { member } from './house.ts';

const house = testHouse([
  switchTile('lamp'),
  switchTile('garage', { roomId: 'kitchen' }),
  valueTile('air', 'air/value'),
]);

describe('what somebody may do with what he sees', () => {
  it('names tiles that only show, and those that ask for holding', () => {
    const lena = member({ otherRooms: 'operate', exceptions: [{ tileId: 'lamp', level: 'operate', hold: true }] });
    expect(accessOf(house, lena, { maySend: (topic) => topic !== 'garage/set', pinWay: () => undefined })).toEqual({
      mayArrange: true,
      mayManage: false,
      viewOnly: ['garage'],
      hold: ['lamp'],
    });
  });

  it.each([
    ['owner', true, true],
    ['member', true, false],
    ['guest', false, false],
    ['kiosk', false, false],
  ] as const)('%s: arranges %s, manages %s', (role, mayArrange, mayManage) => {
    expect(accessOf(house, member({}, { role }), { maySend: () => true, pinWay: () => undefined })).toMatchObject({
      mayArrange,
      mayManage,
    });
  });
});

describe('a topic that somebody may not use by himself', () => {
  const may = { read: (topic: string) => topic.startsWith('lamp/'), send: (topic: string) => topic === 'lamp/set' };
  const found = (...tiles: Tile[]) => firstForeignTopic(house, testHouse(tiles), may);
  const garage = (over: Partial<Tile>): Tile => switchTile('garage', { roomId: 'kitchen', ...over });
  const power = (topics: object): Tile['bindings'] => ({ power: { type: 'boolean', ...topics } });
  it.each([
    ['stays where it was', [garage({ title: 'Other' })], undefined],
    [
      'is in a new tile',
      [switchTile('new', { bindings: power({ commandTopic: 'garage/set' }) })],
      '/tiles/0/bindings/power/commandTopic',
    ],
    [
      'may be read but not sent',
      [switchTile('new', { bindings: power({ commandTopic: 'lamp/state' }) })],
      '/tiles/0/bindings/power/commandTopic',
    ],
    [
      'becomes a command of the same tile',
      [garage({ bindings: power({ commandTopic: 'garage/state' }) })],
      '/tiles/0/bindings/power/commandTopic',
    ],
    ['moves to another room', [garage({ roomId: 'living' })], '/tiles/0/bindings/power/stateTopic'],
    ['becomes an availability', [switchTile('lamp', { availability: { topic: 'x' } })], '/tiles/0/availability/topic'],
    [
      'is none',
      [switchTile('new', { bindings: power({ stateTopic: 'lamp/state', commandTopic: 'lamp/set' }) })],
      undefined,
    ],
    [
      'is looked for by its case',
      [switchTile('new', { bindings: power({ stateTopic: 'Lamp/state' }) })],
      '/tiles/0/bindings/power/stateTopic',
    ],
  ] as const)('%s', (_what, tiles, path) => {
    expect(found(...tiles)).toBe(path);
  });

  it('is every topic with limits, and the tile that has it writes to it as before', () => {
    const held = { ...may, send: () => false, isLimited: (topic: string) => topic === 'lamp/set' };
    const path = (...tiles: Tile[]) => firstForeignTopic(house, testHouse(tiles), held);
    const topics = { stateTopic: 'lamp/state', commandTopic: 'lamp/set' };
    expect(path(switchTile('lamp', { title: 'New name' }))).toBeUndefined();
    expect(path(switchTile('lamp', { bindings: power({ ...topics, on: '100' }) }))).toBe('/tiles/0/bindings');
    expect(path(switchTile('new', { bindings: power(topics) }))).toBe('/tiles/0/bindings/power/commandTopic');
  });
});

describe('a tile that asks for the PIN', () => {
  const door = (over: Partial<Tile> = {}): Tile => switchTile('door', { pin: 'on', ...over });
  const lamp = switchTile('lamp');
  const may = {
    read: () => true,
    send: (topic: string) => topic !== 'door/set',
    isLimited: (topic: string) => topic === 'door/set',
  };
  const found = (...tiles: Tile[]) => firstForeignTopic(testHouse([door(), lamp]), testHouse(tiles), may);
  const swapped = {
    power: { type: 'boolean', stateTopic: 'door/state', commandTopic: 'door/set', on: 'OFF', off: 'ON' },
  };
  it.each([
    ['may be named otherwise', [door({ title: 'Gate' }), lamp], undefined],
    ['asks as before', [door({ pin: 'off' }), lamp], '/tiles/0/pin'],
    ['goes on asking', [{ ...switchTile('door') }, lamp], '/tiles/0/pin'],
    ['sends what it sent', [door({ bindings: swapped } as Partial<Tile>), lamp], '/tiles/0/bindings'],
    ['is not taken away', [lamp], '/tiles'],
    [
      'does not move where others are asked',
      [door({ roomId: 'kitchen' }), lamp],
      '/tiles/0/bindings/power/commandTopic',
    ],
    [
      'has no twin that does not ask',
      [door(), switchTile('twin', { bindings: door().bindings })],
      '/tiles/1/bindings/power/commandTopic',
    ],
    ['may be one more', [door(), { ...lamp, pin: 'both' }], undefined],
  ] as const)('%s', (_what, tiles, path) => {
    expect(found(...tiles)).toBe(path);
  });
});

describe('what a page is told of the PIN', () => {
  const tiles = [
    switchTile('door', { pin: 'on' }),
    switchTile('twin', { bindings: switchTile('door').bindings }),
    switchTile('gate'),
    switchTile('lamp'),
  ];
  it('is for which way each tile asks this person; what asks is not held', () => {
    const whole = testHouse(tiles);
    const uses = usesOf(whole);
    const exceptions = [
      { tileId: 'gate', level: 'operate', pin: true, hold: true },
      { tileId: 'lamp', level: 'operate', hold: true },
    ] as const;
    const lena = member({ otherRooms: 'operate', exceptions: [...exceptions] });
    const access = accessOf(whole, lena, { maySend: () => true, pinWay: (topic) => pinWay(lena, uses, topic) });
    expect(access).toMatchObject({ pin: { door: 'on', twin: 'on', gate: 'both' }, hold: ['lamp'] });
  });
});
