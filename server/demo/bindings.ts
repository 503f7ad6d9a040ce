import type { Binding } from '../../shared/house/binding.ts';
import type { Domain, Tile, TileSize } from '../../shared/house/house.ts';
import type { DemoWords } from './words.ts';

/** One zone of a gauge; see the options of the kind. */
export interface DemoZone {
  readonly from?: number;
  readonly word: keyof DemoWords;
  readonly domain: Domain | 'alarm';
  readonly loudness?: 'quiet' | 'tint' | 'alarm';
}

/** A tile by the key of its name, and where it lies in the phone's grid. */
export type DemoTile = Omit<Tile, 'options' | 'title'> & {
  readonly options?: Tile['options'];
  readonly title: keyof DemoWords;
  /** Limits of a gauge, low to high. */
  readonly zones?: readonly DemoZone[];
  readonly at: readonly [x: number, y: number, size: TileSize];
};

/** A Zigbee lamp: state 0-254 as JSON, commands as partial JSON. */
export const zigbee = (topic: string): Record<'power' | 'brightness' | 'temperature' | 'color', Binding> => ({
  power: {
    type: 'boolean',
    stateTopic: topic,
    commandTopic: `${topic}/set`,
    path: '$.state',
    template: '{"state":"{{value}}"}',
  },
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
export const zigbeeAvailability = (topic: string) => ({ topic: `${topic}/availability` });

/** A Tasmota plug with its energy meter. */
export const tasmota = (name: string): Record<'power' | 'watts', Binding> => ({
  power: { type: 'boolean', stateTopic: `stat/${name}/POWER`, commandTopic: `cmnd/${name}/POWER` },
  watts: { type: 'number', stateTopic: `tele/${name}/SENSOR`, path: '$.ENERGY.Power', unit: 'W' },
});
export const tasmotaAvailability = (name: string) => ({ topic: `tele/${name}/LWT` });

export const reading = (topic: string, unit: string, path?: string): Record<'value', Binding> => ({
  value: { type: 'number', stateTopic: topic, unit, ...(path === undefined ? {} : { path }) },
});

/** A scene button: lights up while the controller reports its scene. */
export const scene = (name: string): Record<'press', Binding> => ({
  press: { type: 'text', stateTopic: 'house/scene', commandTopic: 'house/scene/set', template: name },
});
