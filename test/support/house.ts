import type { House, Room, Tile } from '../../shared/house/house.ts';
import { flow } from '../../shared/house/layout.ts';

/** A switch bound to two topics. */
export const lamp = (over: Partial<Tile> = {}): Tile => ({
  id: 'lamp',
  roomId: 'living',
  kind: 'switch',
  title: 'Lamp',
  bindings: { power: { type: 'boolean', stateTopic: 'home/lamp', commandTopic: 'home/lamp/set' } },
  options: {},
  ...over,
});

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A tile of the first room under its own name. */
export const testTile = (id: string, kind: string, bindings: Tile['bindings'], over: Partial<Tile> = {}): Tile => ({
  id,
  roomId: 'living',
  kind,
  title: id,
  bindings,
  options: {},
  ...over,
});

/** A switch that listens on `<id>/set` and reports on `<id>/state`. */
export const switchTile = (id: string, over: Partial<Tile> = {}): Tile =>
  testTile(id, 'switch', { power: { type: 'boolean', stateTopic: `${id}/state`, commandTopic: `${id}/set` } }, over);

/** A number with one decimal. */
export const valueTile = (id: string, stateTopic: string, over: Partial<Tile> = {}): Tile =>
  testTile(id, 'value', { value: { type: 'number', stateTopic, decimals: 1 } }, over);

const columns = 4;

/** Two rooms; every tile lies 2 × 1 in the room it names, in the order given. */
export const testHouse = (tiles: readonly Tile[], name = 'Test house'): House => ({
  version: 1,
  name,
  rooms: [room('living', 'Living room', 'sofa', tiles), room('kitchen', 'Kitchen', 'fridge', tiles)],
  tiles: [...tiles],
});

function room(id: string, name: string, icon: string, tiles: readonly Tile[]): Room {
  const own = tiles.filter((tile) => tile.roomId === id);
  const placements = flow(
    own.map((tile) => ({ tileId: tile.id, size: '2x1' })),
    columns,
  );
  return { id, name, icon, layouts: { phone: { columns, placements } } };
}
