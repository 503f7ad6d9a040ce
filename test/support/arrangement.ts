import type { Binding } from '../../shared/house/binding.ts';
import type { House, Tile } from '../../shared/house/house.ts';
import { flow } from '../../shared/house/layout.ts';

/** A sensor that reports a number on one topic. */
export const sensor = (id: string, stateTopic: string, more: Partial<Tile> = {}): Tile => {
  const value: Binding = { type: 'number', stateTopic };
  return { id, roomId: 'living', kind: 'value', title: id, bindings: { value }, options: {}, ...more };
};

/** A house of one room in which every tile is 2 × 1. */
export const houseOf = (...tiles: readonly Tile[]): House => ({
  version: 1,
  name: 'Test house',
  rooms: [
    {
      id: 'living',
      name: 'Living room',
      icon: 'sofa',
      layouts: {
        phone: {
          columns: 4,
          placements: flow(
            tiles.map(({ id }) => ({ tileId: id, size: '2x1' })),
            4,
          ),
        },
      },
    },
  ],
  tiles: [...tiles],
});
