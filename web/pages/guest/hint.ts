import type { TileState } from '../../../shared/tile/state.ts';
import type { InviteKey } from '../../text/invite.ts';
import type { TileLook } from '../../tiles/define.ts';

/** A shared tile as far as it says what a finger does. */
export interface SharedTile {
  readonly kind: string;
  readonly state: Pick<TileState, 'isViewOnly'>;
  readonly look: Pick<TileLook, 'tap' | 'drag'> | undefined;
}

/** What a finger does with what was shared. */
export function fingerHint(tiles: readonly SharedTile[]): InviteKey {
  const operable = tiles.filter(({ state }) => !state.isViewOnly);
  if (operable.length === 0) return 'hintSee';
  const pulled = operable.filter(({ look }) => look?.drag !== undefined);
  const isTapped = operable.some(({ look }) => look?.tap.type !== 'details');
  if (pulled.length === 0) return 'hintTap';
  if (!isTapped) return 'hintPull';
  return pulled.every(({ kind }) => kind === 'light') ? 'hintDim' : 'hintTapPull';
}
