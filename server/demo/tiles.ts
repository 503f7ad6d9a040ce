import type { Binding } from '../../shared/house/binding.ts';
import type { Tile, TileSize } from '../../shared/house/house.ts';
import type { DemoWords } from './words.ts';

/** A tile and where it lies in the phone's grid. */
export type DemoTile = Omit<Tile, 'options'> & { readonly options?: Tile['options'] } & {
  readonly at: readonly [x: number, y: number, size: TileSize];
};

/** A Zigbee lamp: state 0-254 as JSON, commands as partial JSON. */
const zigbee = (topic: string): Record<'power' | 'brightness' | 'temperature' | 'color', Binding> => ({
  power: { type: 'boolean', stateTopic: topic, commandTopic: `${topic}/set`, path: '$.state', template: '{"state":"{{value}}"}' },
  brightness: {
    type: 'number',
    stateTopic: topic,
    commandTopic: `${topic}/set`,
    path: '$.brightness',
    template: '{"brightness":{{value}}}',
    scale: 100 / 254,
    min: 0,
    max: 100,
    step: 1,
    unit: '%',
  },
  temperature: {
    type: 'number',
    stateTopic: topic,
    commandTopic: `${topic}/set`,
    path: '$.color_temp',
    template: '{"color_temp":{{value}}}',
    mired: true,
    unit: 'K',
    min: 2200,
    max: 6500,
    step: 50,
  },
  color: {
    type: 'color',
    stateTopic: topic,
    commandTopic: `${topic}/set`,
    path: '$.color',
    template: '{"color":{{value}}}',
    format: 'json-hs',
  },
});
const zigbeeAvailability = (topic: string) => ({ topic: `${topic}/availability` });

/** A Tasmota plug with its energy meter. */
const tasmota = (name: string): Record<'power' | 'watts', Binding> => ({
  power: { type: 'boolean', stateTopic: `stat/${name}/POWER`, commandTopic: `cmnd/${name}/POWER` },
  watts: { type: 'number', stateTopic: `tele/${name}/SENSOR`, path: '$.ENERGY.Power', unit: 'W' },
});
const tasmotaAvailability = (name: string) => ({ topic: `tele/${name}/LWT` });

const reading = (topic: string, unit: string, path?: string): Record<'value', Binding> => ({
  value: { type: 'number', stateTopic: topic, unit, ...(path === undefined ? {} : { path }) },
});

/** A scene button: lights up while the controller reports its scene. */
const scene = (name: string): Record<'press', Binding> => ({
  press: { type: 'text', stateTopic: 'house/scene', commandTopic: 'house/scene/set', template: name },
});

export const demoTiles = (words: DemoWords): readonly DemoTile[] => [
  ...livingTiles(words),
  ...kitchenTiles(words),
  ...otherTiles(words),
];

const livingTiles = (words: DemoWords): readonly DemoTile[] => {
  const ceiling = zigbee('zigbee2mqtt/living/ceiling');
  const floor = zigbee('zigbee2mqtt/living/floor-lamp');
  return [
    {
      id: 'ceiling-light',
      roomId: 'living',
      kind: 'light',
      title: words.ceilingLight,
      icon: 'ceiling-light',
      favourite: true,
      bindings: { power: ceiling.power, brightness: ceiling.brightness, temperature: ceiling.temperature },
      availability: zigbeeAvailability('zigbee2mqtt/living/ceiling'),
      at: [0, 0, '2x2'],
    },
    {
      id: 'radiator',
      roomId: 'living',
      kind: 'slider',
      title: words.radiator,
      icon: 'radiator',
      domain: 'terra',
      bindings: {
        value: {
          type: 'number',
          stateTopic: 'house/living/radiator',
          commandTopic: 'house/living/radiator/set',
          unit: '°C',
          min: 5,
          max: 30,
          step: 0.5,
          decimals: 1,
        },
      },
      at: [2, 0, '2x2'],
    },
    {
      id: 'floor-lamp',
      roomId: 'living',
      kind: 'light',
      title: words.floorLamp,
      icon: 'floor-lamp',
      bindings: { power: floor.power, brightness: floor.brightness, color: floor.color },
      availability: zigbeeAvailability('zigbee2mqtt/living/floor-lamp'),
      at: [0, 2, '2x1'],
    },
    {
      id: 'tv-socket',
      roomId: 'living',
      kind: 'switch',
      title: words.tvSocket,
      icon: 'television',
      favourite: true,
      bindings: tasmota('tv_socket'),
      availability: tasmotaAvailability('tv_socket'),
      at: [2, 2, '2x1'],
    },
    { id: 'movie-night', roomId: 'living', kind: 'button', title: words.movieNight, icon: 'movie-open', bindings: scene('movie'), at: [0, 3, '1x1'] },
    { id: 'reading', roomId: 'living', kind: 'button', title: words.reading, icon: 'book-open-variant', bindings: scene('reading'), at: [1, 3, '1x1'] },
    {
      id: 'living-window',
      roomId: 'living',
      kind: 'binary-sensor',
      title: words.window,
      bindings: { state: { type: 'boolean', stateTopic: 'zigbee2mqtt/living/window', path: '$.contact', on: 'false', off: 'true' } },
      options: { deviceClass: 'window' },
      at: [2, 3, '1x1'],
    },
    {
      id: 'living-motion',
      roomId: 'living',
      kind: 'binary-sensor',
      title: words.motion,
      bindings: { state: { type: 'boolean', stateTopic: 'house/rooms/living/sensors/motion' } },
      options: { deviceClass: 'motion' },
      at: [3, 3, '1x1'],
    },
    {
      id: 'volume',
      roomId: 'living',
      kind: 'slider',
      title: words.volume,
      icon: 'volume-high',
      bindings: {
        value: {
          type: 'number',
          stateTopic: 'house/living/speaker/volume',
          commandTopic: 'house/living/speaker/volume/set',
          min: 0,
          max: 100,
          step: 1,
        },
      },
      at: [0, 4, '2x2'],
    },
    {
      id: 'living-co2',
      roomId: 'living',
      kind: 'gauge',
      title: words.co2,
      domain: 'moss',
      bindings: { value: { type: 'number', stateTopic: 'house/living/air', path: '$.co2', unit: 'ppm', min: 400, max: 2000 } },
      at: [2, 4, '2x2'],
    },
    {
      id: 'living-humidity',
      roomId: 'living',
      kind: 'value',
      title: words.humidity,
      bindings: reading('house/living/air', '%', '$.humidity'),
      at: [0, 6, '2x1'],
    },
    {
      id: 'note',
      roomId: 'living',
      kind: 'text',
      title: words.noteTitle,
      icon: 'note-text-outline',
      bindings: { value: { type: 'text', stateTopic: 'house/notes/door' } },
      at: [2, 6, '2x1'],
    },
    {
      id: 'living-temperature',
      roomId: 'living',
      kind: 'value',
      title: words.temperature,
      bindings: reading('house/living/air', '°C', '$.temperature'),
      at: [0, 7, '4x1'],
    },
  ];
};

const kitchenTiles = (words: DemoWords): readonly DemoTile[] => {
  const worktop = zigbee('zigbee2mqtt/kitchen/worktop');
  return [
    {
      id: 'worktop',
      roomId: 'kitchen',
      kind: 'light',
      title: words.worktop,
      icon: 'led-strip-variant',
      bindings: { power: worktop.power, brightness: worktop.brightness },
      availability: zigbeeAvailability('zigbee2mqtt/kitchen/worktop'),
      at: [0, 0, '2x1'],
    },
    {
      id: 'extractor',
      roomId: 'kitchen',
      kind: 'switch',
      title: words.extractor,
      icon: 'fan',
      bindings: {
        power: { type: 'boolean', stateTopic: 'house/rooms/kitchen/switch', commandTopic: 'house/rooms/kitchen/switch', on: 'on', off: 'off', retain: true },
      },
      at: [2, 0, '2x1'],
    },
    {
      id: 'coffee',
      roomId: 'kitchen',
      kind: 'switch',
      title: words.coffee,
      icon: 'coffee-maker',
      favourite: true,
      bindings: tasmota('coffee'),
      availability: tasmotaAvailability('coffee'),
      at: [0, 1, '2x1'],
    },
    { id: 'fridge', roomId: 'kitchen', kind: 'value', title: words.fridge, icon: 'fridge', bindings: reading('house/kitchen/fridge', '°C', '$.temperature'), at: [2, 1, '2x1'] },
    {
      id: 'kitchen-leak',
      roomId: 'kitchen',
      kind: 'binary-sensor',
      title: words.leak,
      bindings: { state: { type: 'boolean', stateTopic: 'house/kitchen/leak', on: 'wet', off: 'dry' } },
      options: { deviceClass: 'leak', isAlarm: true },
      at: [0, 2, '1x1'],
    },
  ];
};

const otherTiles = (words: DemoWords): readonly DemoTile[] => {
  const workshop = zigbee('zigbee2mqtt/workshop/lamp');
  return [
    {
      id: 'led-strip',
      roomId: 'bedroom',
      kind: 'color',
      title: words.ledStrip,
      icon: 'led-strip',
      bindings: { color: { type: 'color', stateTopic: 'house/bedroom/led/color', commandTopic: 'house/bedroom/led/color/set' } },
      at: [0, 0, '2x1'],
    },
    { id: 'bedroom-humidity', roomId: 'bedroom', kind: 'value', title: words.humidity, bindings: reading('house/bedroom/climate', '%', '$.humidity'), at: [2, 0, '2x1'] },
    { id: 'bedroom-temperature', roomId: 'bedroom', kind: 'value', title: words.temperature, bindings: reading('house/bedroom/climate', '°C', '$.temperature'), at: [0, 1, '2x1'] },
    { id: 'wc-temperature', roomId: 'bath', kind: 'value', title: words.temperature, bindings: reading('house/rooms/wc/sensors/temperature', '°C'), at: [0, 0, '2x1'] },
    { id: 'wc-humidity', roomId: 'bath', kind: 'value', title: words.humidity, bindings: reading('house/rooms/wc/sensors/humidity', '%'), at: [2, 0, '2x1'] },
    {
      id: 'fan',
      roomId: 'bath',
      kind: 'switch',
      title: words.fan,
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
      title: words.workshopLamp,
      icon: 'lightbulb',
      bindings: { power: workshop.power, brightness: workshop.brightness },
      availability: zigbeeAvailability('zigbee2mqtt/workshop/lamp'),
      at: [0, 0, '2x1'],
    },
    { id: 'rain-tank', roomId: 'workshop', kind: 'gauge', title: words.rainTank, domain: 'delft', bindings: { value: { type: 'number', stateTopic: 'house/workshop/tank', path: '$.level', unit: '%', min: 0, max: 100 } }, at: [2, 0, '2x2'] },
    { id: 'outside', roomId: 'workshop', kind: 'value', title: words.outside, bindings: reading('house/outside/weather', '°C', '$.temperature'), at: [0, 1, '2x1'] },
    { id: 'wind', roomId: 'workshop', kind: 'value', title: words.wind, icon: 'weather-windy', bindings: reading('house/outside/weather', 'm/s', '$.wind'), at: [0, 2, '2x1'] },
  ];
};
