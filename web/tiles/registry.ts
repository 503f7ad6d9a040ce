import { binarySensorTile } from './binary-sensor/index.ts';
import { buttonTile } from './button/index.ts';
import { colorTile } from './color/index.ts';
import type { AnyTileKind } from './define.ts';
import { gaugeTile } from './gauge/index.ts';
import { lightTile } from './light/index.ts';
import { sliderTile } from './slider/index.ts';
import { switchTile } from './switch/index.ts';
import { textTile } from './text/index.ts';
import { valueTile } from './value/index.ts';

/** THE LIST: every kind Kachel knows, in the order the editor offers them. */
export const tileKinds: readonly AnyTileKind[] = [
  lightTile,
  switchTile,
  valueTile,
  binarySensorTile,
  sliderTile,
  colorTile,
  gaugeTile,
  buttonTile,
  textTile,
];

const byName = new Map(tileKinds.map((kind) => [kind.kind, kind]));

/** The kind of a tile; undefined = this version does not know it. */
export const kindOf = (name: string): AnyTileKind | undefined => byName.get(name);
