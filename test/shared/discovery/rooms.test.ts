import { describe, expect, it } from 'vitest';
import { comparable, nameOf, roomOf } from '../../../shared/discovery/rooms.ts';
import { splitWords } from '../../../shared/discovery/words.ts';

describe('rooms and names from topics', () => {
  it.each([
    ['house/rooms/wc/sensors/temperature', 'WC', 'Temperature'],
    ['home/rooms/livingroom/lamp', 'Livingroom', 'Lamp'],
    ['haus/raum/küche/licht', 'Küche', 'Licht'],
    ['haus/kueche/licht', 'Küche', 'Licht'],
    ['zigbee2mqtt/living_room/floor_lamp', 'Living Room', 'Floor lamp'],
    ['stat/bedroom_tv/POWER', 'Bedroom', 'TV power'],
    ['tele/schlafzimmer-heizung/SENSOR', 'Schlafzimmer', 'Heizung'],
    ['shellies/garage/door/state', 'Garage', 'Door'],
    ['myhome/office/deskLamp/status', 'Office', 'Desk Lamp'],
    ['esp32/boiler/state', undefined, 'Esp32 boiler'],
    ['state', undefined, 'State'],
    ['/leading/slash', undefined, 'Leading slash'],
  ])('%s', (topic, room, name) => {
    expect(roomOf(topic)).toBe(room);
    expect(nameOf(topic)).toBe(name);
  });

  it('compares rooms without case, blanks and umlauts', () => {
    expect(comparable('Living Room')).toBe(comparable('living_room'));
    expect(comparable('Küche')).toBe(comparable('kueche'));
  });

  it('splits words', () => {
    expect(splitWords('house/livingRoom_lamp-2/POWER')).toEqual(['house', 'living', 'room', 'lamp', '2', 'power']);
  });
});
