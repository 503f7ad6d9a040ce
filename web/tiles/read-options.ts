import type { Tile } from '../../shared/house/house.ts';
import type { AnyTileKind } from './define.ts';

const shapeOf = (value: unknown): string => (Array.isArray(value) ? 'array' : typeof value);

/**
 * A tile's options with the kind's defaults; undefined = they are not what this kind understands. The server checked every saved
 * document with the whole schema, so the page only looks for what another version would write otherwise: other types, other words.
 */
export function readOptions({ defaults, choices = {} }: AnyTileKind, options: Tile['options']): object | undefined {
  const own = Object.entries(defaults ?? {});
  const words: Readonly<Record<string, readonly string[]>> = choices;
  const isRead = own.every(([name, value]) => {
    const said = options[name];
    if (said === undefined) return true;
    return shapeOf(said) === shapeOf(value) && (words[name]?.some((word) => word === said) ?? true);
  });
  return isRead ? { ...Object.fromEntries(own), ...options } : undefined;
}
