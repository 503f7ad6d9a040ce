import type { Binding } from '../../shared/house/binding.ts';
import type { House, Tile } from '../../shared/house/house.ts';
import { seriesKey } from '../../shared/history/series.ts';

/** Topics whose last message is kept. A house has about 3 per tile. */
export const maxBoundTopics = 4_000;
/** Series whose minutes are kept. */
export const maxSeries = 2_000;

/** What a house wants to be remembered. */
export interface Bound {
  readonly topics: ReadonlySet<string>;
  /** Topic → what to record from its messages. */
  readonly recorders: ReadonlyMap<string, readonly Recorder[]>;
}
export interface Recorder {
  readonly key: string;
  readonly binding: Binding;
}

const topicsOf = (tile: Tile): string[] =>
  [
    ...Object.values(tile.bindings).flatMap(({ stateTopic, commandTopic }) => [stateTopic, commandTopic]),
    tile.availability?.topic,
  ].filter((topic) => topic !== undefined);

/** Every topic and every series of a house, each once, in the order of the tiles, bounded. */
export function boundOf(house: House): Bound {
  const topics = new Set(house.tiles.flatMap(topicsOf).slice(0, maxBoundTopics * 2));
  const recorders = new Map<string, Recorder[]>();
  const keys = new Set<string>();
  for (const binding of house.tiles.flatMap((tile) => Object.values(tile.bindings))) {
    const key = seriesKey(binding);
    if (key === undefined || binding.stateTopic === undefined || keys.has(key) || keys.size >= maxSeries) continue;
    keys.add(key);
    recorders.set(binding.stateTopic, [...(recorders.get(binding.stateTopic) ?? []), { key, binding }]);
  }
  return { topics: new Set([...topics].slice(0, maxBoundTopics)), recorders };
}
