import type { House, Tile } from '../../shared/house/house.ts';

/** Every topic that says something about a tile. */
export const topicsOf = (tile: Pick<Tile, 'bindings' | 'availability'>): string[] => [
  ...new Set([
    ...Object.values(tile.bindings).flatMap(({ stateTopic }) => (stateTopic === undefined ? [] : [stateTopic])),
    ...(tile.availability ? [tile.availability.topic] : []),
  ]),
];

/** Topics of a draft that the saved house does not follow yet. */
export function newTopics(draft: House, saved: House): string[] {
  const known = new Set(saved.tiles.flatMap(topicsOf));
  return [...new Set(draft.tiles.flatMap(topicsOf))].filter((topic) => !known.has(topic));
}
