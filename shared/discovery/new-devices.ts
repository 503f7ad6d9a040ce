import type { House } from '../house/house.ts';
import { guessTopic } from './guess-topic.ts';

/** What is known of a live topic when devices are counted. */
export interface HeardTopic {
  readonly topic: string;
  /** Newest payload as text. */
  readonly text: string;
  /** Recent texts, newest first. */
  readonly samples: readonly string[];
}

/**
 * The device a topic belongs to, by its name alone: Tasmota's `tele/plug/SENSOR` and `stat/plug/POWER` are one `plug`,
 * Zigbee2MQTT has one topic per device, elsewhere the last of at least three levels is a property: `house/rooms/wc/sensors/humidity`.
 */
export function deviceOf(topic: string): string {
  const tasmota = /^(?:stat|tele|cmnd)\/(.+)\/[^/]+$/.exec(topic)?.[1];
  if (tasmota !== undefined) return tasmota;
  const zigbee = /^zigbee2mqtt\/[^/]+/.exec(topic)?.[0];
  if (zigbee !== undefined) return zigbee;
  const levels = topic.split('/');
  return levels.length < 3 ? topic : levels.slice(0, -1).join('/');
}

const boundTopics = (house: Pick<House, 'tiles'>): string[] =>
  house.tiles.flatMap(({ bindings }) =>
    Object.values(bindings).flatMap(({ stateTopic, commandTopic }) => [stateTopic ?? [], commandTopic ?? []].flat()),
  );

/** Devices that say something a tile can show, and that no tile of the house is bound to. */
export function newDevices(topics: readonly HeardTopic[], house: Pick<House, 'tiles'>): string[] {
  const siblings = new Map(topics.map(({ topic, text }) => [topic, text]));
  const known = new Set(boundTopics(house).map(deviceOf));
  const found = new Set<string>();
  for (const { topic, text, samples } of topics) {
    const device = deviceOf(topic);
    if (known.has(device) || found.has(device)) continue;
    const guesses = guessTopic({ topic, samples: samples.length > 0 ? samples : [text], siblings });
    if (guesses.some(({ widget }) => widget !== 'none')) found.add(device);
  }
  return [...found];
}
