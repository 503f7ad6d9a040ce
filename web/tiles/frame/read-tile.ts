import type { Tile, TileSize } from '../../../shared/house/house.ts';
import type { TileState } from '../../../shared/tile/state.ts';
import type { Language, Translate } from '../../text/define.ts';
import type { TileKey } from '../../text/tile.ts';
import type { AnyTileKind, TileHistory, TileLook } from '../define.ts';
import { readOptions } from '../read-options.ts';

export interface TileInput {
  readonly tile: Tile;
  readonly kind: AnyTileKind | undefined;
  readonly state: TileState;
  readonly size: TileSize;
  readonly t: Translate<TileKey>;
  readonly language: Language;
  readonly history?: TileHistory | undefined;
}

/** A tile as it can be drawn, or why it cannot. */
export type ReadTile =
  | { readonly ok: true; readonly kind: AnyTileKind; readonly options: unknown; readonly look: TileLook }
  | { readonly ok: false; readonly reason: 'unknownKind' | 'wrongOptions' };

/** Reads the options and asks the kind for its look. */
export function readTile({ kind, history, ...input }: TileInput): ReadTile {
  if (!kind) return { ok: false, reason: 'unknownKind' };
  const options = readOptions(kind, input.tile.options);
  if (!options) return { ok: false, reason: 'wrongOptions' };
  const look = kind.look({ ...input, options, ...(history ? { history } : {}) });
  const limit = look.drag && input.state.ranges?.[look.drag.role];
  return { ok: true, kind, options, look: look.drag && limit ? { ...look, drag: { ...look.drag, limit } } : look };
}

/**
 * How the parts of a tile lie: `small` icon over name; `line` bowl beside name and state; `reading` name on top, value and body
 * below; `tall` bowl and name on top, value in the middle, body at the foot; `whole` the body alone.
 */
export type Arrangement = 'small' | 'line' | 'reading' | 'tall' | 'whole';

export function arrangementOf(look: TileLook, kind: AnyTileKind, size: TileSize): Arrangement {
  const hasBody = showsBody(kind, size);
  if (hasBody && kind.bodyLayout === 'whole') return 'whole';
  if (size === '1x1') return 'small';
  if (size === '2x2' || size === '4x2') return 'tall';
  if (look.hasBowl && !(hasBody && size === '4x1')) return 'line';
  return look.value || hasBody ? 'reading' : 'line';
}

export const showsBody = (kind: AnyTileKind, size: TileSize): boolean =>
  kind.Body !== undefined && (kind.bodySizes ? kind.bodySizes.includes(size) : size !== '1x1');
