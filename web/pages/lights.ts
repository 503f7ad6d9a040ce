import type { Tile } from '../../shared/house/house.ts';
import type { Value } from '../../shared/payload/decoded.ts';
import type { TileState } from '../../shared/tile/state.ts';
import type { TileLook } from '../tiles/define.ts';

/** A light as its switch needs it. */
export interface SwitchableTile {
  readonly tile: Tile;
  readonly state: TileState;
  readonly look: TileLook | undefined;
}

/** What to send so that a tile becomes on or off; undefined when it already is, may not be switched by others, or cannot be reached. */
export function switchCommand(
  { tile, state, look }: SwitchableTile,
  shouldBeOn: boolean,
): { readonly role: string; readonly value: Value } | undefined {
  if (look?.tap.type !== 'send' || look.isOn === undefined || look.isOn === shouldBeOn) return undefined;
  if (state.isViewOnly || state.needsHold || !state.isAvailable || isHeld(tile, shouldBeOn)) return undefined;
  return { role: look.tap.role, value: look.tap.value };
}

/** Tiles that ask to be held are never switched along with others. */
const isHeld = ({ hold }: Tile, shouldBeOn: boolean): boolean =>
  hold === 'both' || hold === (shouldBeOn ? 'on' : 'off');
