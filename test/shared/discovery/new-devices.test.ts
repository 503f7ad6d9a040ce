import { describe, expect, it } from 'vitest';
import { deviceOf, newDevices } from '../../../shared/discovery/new-devices.ts';
import { lamp } from '../../support/house.ts';

const heard = (messages: Readonly<Record<string, string>>) =>
  Object.entries(messages).map(([topic, text]) => ({ topic, text, samples: [text] }));

describe('the device of a topic', () => {
  it.each([
    ['tele/plug/SENSOR', 'plug'],
    ['stat/plug/POWER', 'plug'],
    ['cmnd/cellar/plug/POWER', 'cellar/plug'],
    ['zigbee2mqtt/Desk lamp', 'zigbee2mqtt/Desk lamp'],
    ['zigbee2mqtt/Desk lamp/set', 'zigbee2mqtt/Desk lamp'],
    ['house/rooms/wc/sensors/humidity', 'house/rooms/wc/sensors'],
    ['home/lamp', 'home/lamp'],
    ['lamp', 'lamp'],
  ])('%s → %s', (topic, device) => expect(deviceOf(topic)).toBe(device));
});

describe('new devices', () => {
  it('counts a device once, whatever it says', () => {
    const topics = heard({
      'house/rooms/wc/sensors/temperature': '21.5',
      'house/rooms/wc/sensors/humidity': '45',
      'stat/plug/POWER': 'ON',
      'tele/plug/SENSOR': '{"ENERGY":{"Power":84}}',
      'zigbee2mqtt/desk': '{"state":"ON","brightness":120}',
    });
    expect(newDevices(topics, { tiles: [] })).toEqual(['house/rooms/wc/sensors', 'plug', 'zigbee2mqtt/desk']);
  });

  it('leaves out what a tile is bound to, by report or by command', () => {
    const bound = lamp({ bindings: { power: { type: 'boolean', commandTopic: 'cmnd/plug/POWER' } } });
    const topics = heard({ 'stat/plug/POWER': 'ON', 'home/lamp': '1' });
    expect(newDevices(topics, { tiles: [lamp(), bound] })).toEqual([]);
  });

  it('leaves out orders, last wills and what no tile can show', () => {
    const topics = heard({ 'home/tv/set': 'ON', 'tele/plug/LWT': 'Online', 'zigbee2mqtt/bridge/state': 'online' });
    expect(newDevices(topics, { tiles: [] })).toEqual([]);
  });
});
