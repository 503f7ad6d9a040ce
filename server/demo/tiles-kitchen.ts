import { reading, tasmota, tasmotaAvailability, zigbee, zigbeeAvailability, type DemoTile } from './bindings.ts';

const worktop = zigbee('zigbee2mqtt/kitchen/worktop');

/** Kitchen. */
export const kitchenTiles: readonly DemoTile[] = [
  {
    id: 'worktop',
    roomId: 'kitchen',
    kind: 'light',
    title: 'worktop',
    icon: 'led-strip-variant',
    bindings: { power: worktop.power, brightness: worktop.brightness },
    availability: zigbeeAvailability('zigbee2mqtt/kitchen/worktop'),
    at: [0, 0, '2x1'],
  },
  {
    id: 'extractor',
    roomId: 'kitchen',
    kind: 'switch',
    title: 'extractor',
    icon: 'fan',
    bindings: {
      power: {
        type: 'boolean',
        stateTopic: 'house/rooms/kitchen/switch',
        commandTopic: 'house/rooms/kitchen/switch',
        on: 'on',
        off: 'off',
        retain: true,
      },
    },
    at: [2, 0, '2x1'],
  },
  {
    id: 'coffee',
    roomId: 'kitchen',
    kind: 'switch',
    title: 'coffee',
    icon: 'coffee-maker',
    favourite: true,
    bindings: tasmota('coffee'),
    availability: tasmotaAvailability('coffee'),
    at: [0, 1, '2x1'],
  },
  {
    id: 'fridge',
    roomId: 'kitchen',
    kind: 'value',
    title: 'fridge',
    icon: 'fridge',
    bindings: reading('house/kitchen/fridge', '°C', '$.temperature'),
    options: { room: false },
    at: [2, 1, '2x1'],
  },
  {
    id: 'kitchen-leak',
    roomId: 'kitchen',
    kind: 'binary-sensor',
    title: 'leak',
    bindings: { state: { type: 'boolean', stateTopic: 'house/kitchen/leak', on: 'wet', off: 'dry' } },
    options: { deviceClass: 'leak', isAlarm: true },
    at: [0, 2, '1x1'],
  },
];
