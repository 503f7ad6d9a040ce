import { reading, tasmota, tasmotaAvailability, zigbee, zigbeeAvailability, type DemoTile } from './bindings.ts';

const workshop = zigbee('zigbee2mqtt/workshop/lamp');

/** Bedroom, bathroom and workshop. */
export const otherTiles: readonly DemoTile[] = [
  {
    id: 'led-strip',
    roomId: 'bedroom',
    kind: 'color',
    title: 'ledStrip',
    icon: 'led-strip',
    bindings: {
      color: { type: 'color', stateTopic: 'house/bedroom/led/color', commandTopic: 'house/bedroom/led/color/set' },
    },
    at: [0, 0, '2x1'],
  },
  {
    id: 'bedroom-humidity',
    roomId: 'bedroom',
    kind: 'value',
    title: 'humidity',
    bindings: reading('house/bedroom/climate', '%', '$.humidity'),
    at: [2, 0, '2x1'],
  },
  {
    id: 'bedroom-temperature',
    roomId: 'bedroom',
    kind: 'value',
    title: 'temperature',
    bindings: reading('house/bedroom/climate', '°C', '$.temperature'),
    at: [0, 1, '2x1'],
  },
  {
    id: 'wc-temperature',
    roomId: 'bath',
    kind: 'value',
    title: 'temperature',
    bindings: reading('house/rooms/wc/sensors/temperature', '°C'),
    at: [0, 0, '2x1'],
  },
  {
    id: 'wc-humidity',
    roomId: 'bath',
    kind: 'value',
    title: 'humidity',
    bindings: reading('house/rooms/wc/sensors/humidity', '%'),
    at: [2, 0, '2x1'],
  },
  {
    id: 'fan',
    roomId: 'bath',
    kind: 'switch',
    title: 'fan',
    icon: 'fan',
    domain: 'delft',
    bindings: tasmota('wc_fan'),
    availability: tasmotaAvailability('wc_fan'),
    at: [0, 1, '2x1'],
  },
  {
    id: 'workshop-lamp',
    roomId: 'workshop',
    kind: 'light',
    title: 'workshopLamp',
    icon: 'lightbulb',
    bindings: { power: workshop.power, brightness: workshop.brightness },
    availability: zigbeeAvailability('zigbee2mqtt/workshop/lamp'),
    at: [0, 0, '2x1'],
  },
  {
    id: 'rain-tank',
    roomId: 'workshop',
    kind: 'gauge',
    title: 'rainTank',
    domain: 'delft',
    bindings: {
      value: { type: 'number', stateTopic: 'house/workshop/tank', path: '$.level', unit: '%', min: 0, max: 100 },
    },
    zones: [
      { word: 'zoneLow', domain: 'honey', loudness: 'tint' },
      { from: 25, word: 'zoneEnough', domain: 'delft' },
    ],
    at: [2, 0, '2x2'],
  },
  {
    id: 'outside',
    roomId: 'workshop',
    kind: 'value',
    title: 'outside',
    bindings: reading('house/outside/weather', '°C', '$.temperature'),
    options: { room: false },
    at: [0, 1, '2x1'],
  },
  {
    id: 'wind',
    roomId: 'workshop',
    kind: 'value',
    title: 'wind',
    icon: 'weather-windy',
    bindings: reading('house/outside/weather', 'm/s', '$.wind'),
    at: [0, 2, '2x1'],
  },
];
