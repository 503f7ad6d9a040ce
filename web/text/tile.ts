import { words } from './define.ts';

/** Words of tiles, kinds and states. */
export const tileWords = words(
  {
    on: 'On',
    off: 'Off',
  },
  {
    on: 'An',
    off: 'Aus',
  },
);
export type TileKey = keyof typeof tileWords.en;
