import type { Binding } from '../../shared/house/binding.ts';
import type { House, Placement, Tile } from '../../shared/house/house.ts';
import { flow } from '../../shared/house/layout.ts';

/** A tile for tests: only what matters needs to be said. */
export function testTile(id: string, kind: string, bindings: Record<string, Binding>, more: Partial<Tile> = {}): Tile {
  return { id, roomId: 'living', kind, title: id, bindings, options: {}, ...more };
}

/** A house of one or more rooms in which every tile is 2 × 1, in the given order. */
export function testHouse(tiles: readonly Tile[], rooms: readonly string[] = ['living']): House {
  const placements = (roomId: string): Placement[] =>
    flow(
      tiles.filter((tile) => tile.roomId === roomId).map((tile) => ({ tileId: tile.id, size: '2x1' as const })),
      4,
    );
  return {
    version: 1,
    name: 'Test house',
    rooms: rooms.map((id) => ({
      id,
      name: id,
      icon: 'sofa',
      layouts: { phone: { columns: 4 as const, placements: placements(id) } },
    })),
    tiles: [...tiles],
  };
}

/** A switch with separate state and command topics under one base topic. */
export const switchTile = (id: string, more: Partial<Tile> = {}): Tile =>
  testTile(id, 'switch', { power: { type: 'boolean', stateTopic: `${id}/state`, commandTopic: `${id}/set` } }, more);

/** A number that is only read. */
export const valueTile = (id: string, topic: string, more: Partial<Tile> = {}): Tile =>
  testTile(id, 'value', { value: { type: 'number', stateTopic: topic, unit: '°C', decimals: 1 } }, more);
