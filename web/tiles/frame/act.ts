import type { Tile, TileSize, Way } from '../../../shared/house/house.ts';
import type { Value } from '../../../shared/payload/decoded.ts';
import type { TileState } from '../../../shared/tile/state.ts';
import type { TileDrag, TileLook } from '../define.ts';

export interface ActInput {
  readonly tile: Tile;
  readonly look: TileLook;
  readonly state: TileState;
}

/** What a tap does now. */
export type Act =
  | { readonly type: 'send'; readonly role: string; readonly value: Value }
  | { readonly type: 'details' }
  /** Details too, but holding for `confirmHoldMs` sends. */
  | { readonly type: 'hold'; readonly role: string; readonly value: Value };

export const confirmHoldMs = 1_000;

const details: Act = { type: 'details' };

/** Nothing is sent while looking only, offline or unavailable; a failed command is tried again. */
export function actOf({ tile, look, state }: ActInput): Act {
  if (!canSend(state)) return details;
  const { command } = state;
  if (command?.status === 'refused' && command.reason !== 'pin') return details;
  if (command?.status === 'not-confirmed' || command?.status === 'not-sent') {
    return { type: needsHold({ tile, look, state }) ? 'hold' : 'send', role: command.role, value: command.value };
  }
  if (look.tap.type === 'details') return details;
  const { role, value } = look.tap;
  return { type: needsHold({ tile, look, state }) ? 'hold' : 'send', role, value };
}

export const canSend = (state: TileState): boolean => state.isLive && state.isAvailable && !state.isViewOnly;

function needsHold({ tile, look, state }: ActInput): boolean {
  const isMeant = (way: Way | undefined): boolean => way === 'both' || way === (look.isOn ? 'off' : 'on');
  // The PIN comes instead.
  return !isMeant(state.pin) && (state.needsHold === true || isMeant(tile.hold));
}

/** Whether the bowl has its own target beside the name's: big tiles. */
export const hasOwnBowl = (look: TileLook, size: TileSize): boolean =>
  look.hasBowl && (size === '2x2' || size === '4x2');

/** Value under a finger that moved by a share of the tile's width: the whole width is the whole range. */
export function draggedTo(drag: TileDrag, share: number): number {
  const raw = drag.value + share * (drag.max - drag.min);
  return onGrid(drag, raw);
}

/** One press of + or −: five percent of the range, at least one step; page keys go four times as far. */
export function keyedTo(drag: TileDrag, key: string): number | undefined {
  const ways: Readonly<Record<string, number>> = { '+': 1, '=': 1, '-': -1, '−': -1, PageUp: 4, PageDown: -4 };
  const way = ways[key];
  if (way === undefined) return undefined;
  const range = drag.max - drag.min;
  return onGrid(drag, drag.value + way * Math.max(drag.step, range / 20));
}

function onGrid({ min, max, step, limit }: TileDrag, raw: number): number {
  const inside = Math.min(limit?.max ?? max, Math.max(limit?.min ?? min, raw));
  if (step <= 0) return inside;
  return Math.min(max, Number((min + Math.round((inside - min) / step) * step).toPrecision(12)));
}
