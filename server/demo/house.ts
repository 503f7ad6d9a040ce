import type { House, Placement, Room, Tile, TileSize } from '../../shared/house/house.ts';
import { houseVersion } from '../../shared/house/house.ts';
import { demoTiles, type DemoTile } from './tiles.ts';
import { demoWords, type DemoLanguage, type DemoWords } from './words.ts';

/** The arrangement the demo starts from; it looks like the pictures of the design. */
export function demoHouse(language: DemoLanguage): House {
  const words: DemoWords = demoWords[language];
  const tiles = demoTiles(words);
  return {
    version: houseVersion,
    name: words.home,
    rooms: demoRooms(words).map((room) => ({ ...room, layouts: { phone: layout(tiles, room.id) } })),
    tiles: tiles.map(toTile),
  };
}

const demoRooms = (words: DemoWords): Omit<Room, 'layouts'>[] => [
  { id: 'living', name: words.living, shortName: words.livingShort, icon: 'sofa' },
  { id: 'kitchen', name: words.kitchen, icon: 'silverware-fork-knife' },
  { id: 'bedroom', name: words.bedroom, ...short(words.bedroom, 'Schlafen'), icon: 'bed' },
  { id: 'bath', name: words.bath, shortName: words.bathShort, icon: 'shower-head' },
  { id: 'workshop', name: words.workshop, icon: 'garage' },
];
/** The rail has room for nine letters. */
const short = (name: string, shortName: string): { shortName?: string } => (name.length > 9 ? { shortName } : {});

const layout = (tiles: readonly DemoTile[], roomId: string): { columns: 4; placements: Placement[] } => ({
  columns: 4,
  placements: tiles.filter((tile) => tile.roomId === roomId).map(({ id, at }) => place(id, at)),
});
const place = (tileId: string, [x, y, size]: readonly [number, number, TileSize]): Placement => ({ tileId, x, y, size });

function toTile({ at: _at, ...tile }: DemoTile): Tile {
  return { options: {}, ...tile };
}
