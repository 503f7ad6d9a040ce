import { expect, test } from 'vitest';
import { roomsSeen } from '../../../../web/pages/person/rooms-seen.ts';
import { switchTile, testHouse, valueTile } from '../../../support/house.ts';

test('tells room by room what somebody may do with each tile', () => {
  const house = testHouse([
    switchTile('lamp'),
    switchTile('door'),
    switchTile('kettle', { roomId: 'kitchen' }),
    valueTile('climate', 'climate', { roomId: 'kitchen' }),
  ]);
  const access = { mayArrange: false, mayManage: false, viewOnly: ['kettle', 'climate'], hold: ['door'] };
  const seen = roomsSeen({ house, access }).map(({ room, tiles }) => [
    room.id,
    tiles.map(({ tile, may }) => `${tile.id} ${may}`),
  ]);
  expect(seen).toEqual([
    ['living', ['lamp operate', 'door hold']],
    ['kitchen', ['kettle see', 'climate read']],
  ]);
});
