import type { Binding } from '../../shared/house/binding.ts';
import type { House, Tile } from '../../shared/house/house.ts';

/** Topics the log looks at; a house has about two per operable tile. */
export const maxWatchedTopics = 4_000;

/** A role of a tile that can be commanded. */
export interface Bound {
  readonly tile: Tile;
  readonly role: string;
  readonly binding: Binding;
  /** Name of its room. */
  readonly room: string;
}

/** The house as the log asks for it. Tiles that only show something are not in it. */
export interface HouseIndex {
  readonly commands: ReadonlyMap<string, readonly Bound[]>;
  readonly reports: ReadonlyMap<string, readonly Bound[]>;
  readonly topics: ReadonlySet<string>;
}

export const noIndex: HouseIndex = { commands: new Map(), reports: new Map(), topics: new Set() };

/** Every role with a command topic, by command topic and by state topic, in the order of the tiles, bounded. */
export function indexHouse({ rooms, tiles }: House): HouseIndex {
  const nameOf = new Map(rooms.map(({ id, name }) => [id, name]));
  const commands = new Map<string, Bound[]>();
  const reports = new Map<string, Bound[]>();
  const topics = new Set<string>();
  const put = (map: Map<string, Bound[]>, topic: string | undefined, bound: Bound): void => {
    if (topic === undefined || (topics.size >= maxWatchedTopics && !topics.has(topic))) return;
    topics.add(topic);
    map.set(topic, [...(map.get(topic) ?? []), bound]);
  };
  for (const tile of tiles) {
    for (const [role, binding] of Object.entries(tile.bindings)) {
      if (binding.commandTopic === undefined) continue;
      const bound = { tile, role, binding, room: nameOf.get(tile.roomId) ?? '' };
      put(commands, binding.commandTopic, bound);
      put(reports, binding.stateTopic, bound);
    }
  }
  return { commands, reports, topics };
}
