import type { Tile } from '../../shared/house/house.ts';
import { readOptions } from './read-options.ts';
import { kindOf } from './registry.ts';

/** Where the zones of a tile's role begin, as its kind reads its options. */
export function limitsOf(tile: Tile, role: string): readonly number[] {
  const kind = kindOf(tile.kind);
  const options = kind?.limits && readOptions(kind, tile.options);
  return (options && kind?.limits?.(options)[role]) ?? [];
}
