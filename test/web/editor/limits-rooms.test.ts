import { describe, expect, it } from 'vitest';
import type { House } from '../../../shared/house/house.ts';
import { checkRoom, deleteRoom, moveTo, railName, roomToForm, saveRoom } from '../../../web/editor/room/rooms.ts';
import {
  addZone,
  checkZones,
  firstZones,
  formToZones,
  limitScale,
  moveLimit,
  zonesToForm,
} from '../../../web/editor/tile/limits.ts';

const scale = { min: 400, max: 2_000, step: 10 };
const zones = [
  { word: 'Good', domain: 'moss', loudness: 'quiet' },
  { from: 800, word: 'Stale', domain: 'honey', loudness: 'tint' },
  { from: 1_200, word: 'Air', domain: 'alarm', loudness: 'tint' },
] as const;

describe('limits', () => {
  it('goes to the form and back', () => expect(formToZones(zonesToForm(zones))).toEqual(zones));
  it('keeps a handle between its neighbours', () => {
    const forms = zonesToForm(zones);
    expect(moveLimit(forms, 1, { value: 907, scale })[1]?.from).toBe('910');
    expect(moveLimit(forms, 1, { value: 5_000, scale })[1]?.from).toBe('1190');
    expect(moveLimit(forms, 2, { value: 0, scale })[2]?.from).toBe('810');
  });
  it('asks for words and rising limits', () => {
    expect(checkZones(zonesToForm(zones))).toEqual({});
    expect(checkZones(zonesToForm([{ ...zones[0], word: ' ' }, zones[2], zones[1]]))).toEqual({
      0: 'limitErrorWord',
      2: 'limitErrorOrder',
    });
  });
  it('starts with two zones and adds above', () => {
    expect(firstZones(scale, ['Good', 'High'])).toMatchObject([{ from: '' }, { domain: 'honey' }]);
    expect(Number(addZone(zonesToForm(zones), scale)[3]?.from)).toBeGreaterThan(1_200);
    expect(limitScale({}, [50])).toMatchObject({ min: 0 });
  });
});

describe('rooms', () => {
  const room = (id: string): House['rooms'][number] => ({
    id,
    name: id,
    icon: 'sofa',
    layouts: { phone: { columns: 4, placements: [] } },
  });
  const house: House = {
    version: 1, name: 'Home', rooms: [room('a'), room('b')],
    tiles: [{ id: 't', roomId: 'a', kind: 'text', title: 'T', bindings: {}, options: {} }],
  }; // prettier-ignore
  it('adds, renames and orders', () => {
    const added = saveRoom(house, 'c', { ...roomToForm(house, 'c'), name: ' Cellar ', order: ['c', 'a', 'b'] });
    expect(added.rooms.map((one) => [one.id, one.name])).toEqual([
      ['c', 'Cellar'],
      ['a', 'a'],
      ['b', 'b'],
    ]);
    const short = saveRoom(house, 'a', { ...roomToForm(house, 'a'), shortName: 'A' });
    expect(saveRoom(short, 'a', { ...roomToForm(short, 'a'), shortName: '' }).rooms[0]).not.toHaveProperty('shortName');
  });
  it('keeps rooms that were added meanwhile', () => {
    const form = roomToForm(house, 'a');
    expect(saveRoom({ ...house, rooms: [...house.rooms, room('z')] }, 'a', form).rooms.map((one) => one.id)).toEqual([
      'a',
      'b',
      'z',
    ]);
  });
  it('moves inside the list only', () => {
    expect(moveTo(['a', 'b', 'c'], 'c', 0)).toEqual(['c', 'a', 'b']);
    expect(moveTo(['a', 'b', 'c'], 'a', 99)).toEqual(['b', 'c', 'a']);
  });
  it('says what is wrong and deletes with its tiles', () => {
    expect(checkRoom({ ...roomToForm(house, 'a'), name: '', shortName: '1234567890' })).toEqual({
      name: 'errorRoomName',
      shortName: 'errorRoomShort',
    });
    expect(deleteRoom(house, 'a')).toMatchObject({ rooms: [{ id: 'b' }], tiles: [] });
    expect(railName({ name: 'Living room', shortName: '' })).toBe('Living room');
  });
});
