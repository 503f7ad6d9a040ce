import type { House, Placement, Room, Tile, TileSize } from '../../shared/house/house.ts';
import { houseVersion } from '../../shared/house/house.ts';
import type { DemoTile } from './bindings.ts';
import { kitchenTiles } from './tiles-kitchen.ts';
import { livingTiles } from './tiles-living.ts';
import { otherTiles } from './tiles-other.ts';
import { demoWords, type DemoLanguage, type DemoWords } from './words.ts';

const demoTiles: readonly DemoTile[] = [...livingTiles, ...kitchenTiles, ...otherTiles];

/** The arrangement the demo starts from; it looks like the pictures of the design. */
export function demoHouse(language: DemoLanguage): House {
  const words: DemoWords = demoWords[language];
  return {
    version: houseVersion,
    name: words.home,
    rooms: demoRooms(words).map((room) => ({ ...room, layouts: { phone: layout(room.id) } })),
    tiles: demoTiles.map((tile) => toTile(tile, words)),
  };
}

const demoRooms = (words: DemoWords): Omit<Room, 'layouts'>[] => [
  { id: 'living', name: words.living, shortName: words.livingShort, icon: 'sofa' },
  { id: 'kitchen', name: words.kitchen, icon: 'silverware-fork-knife' },
  { id: 'bedroom', name: words.bedroom, ...short(words.bedroom, 'Schlafen'), icon: 'bed' },
  { id: 'bath', name: words.bath, shortName: words.bathShort, icon: 'shower' },
  { id: 'workshop', name: words.workshop, icon: 'garage' },
];
/** The rail has room for nine letters. */
const short = (name: string, shortName: string): { shortName?: string } => (name.length > 9 ? { shortName } : {});

const layout = (roomId: string): { columns: 4; placements: Placement[] } => ({
  columns: 4,
  placements: demoTiles.filter((tile) => tile.roomId === roomId).map(({ id, at }) => place(id, at)),
});
const place = (tileId: string, [x, y, size]: readonly [number, number, TileSize]): Placement => ({
  tileId,
  x,
  y,
  size,
});

function toTile({ at: _at, zones, title, options, ...tile }: DemoTile, words: DemoWords): Tile {
  const named = zones?.map((zone) => ({ ...zone, word: words[zone.word] }));
  return { ...tile, title: words[title], options: { ...options, ...(named ? { zones: named } : {}) } };
}
