import type { Tile, TileSize } from '../../../shared/house/house.ts';
import type { TileState } from '../../../shared/tile/state.ts';
import type { Translate } from '../../text/define.ts';
import type { FrameKey } from '../../text/frame.ts';
import type { TileLook } from '../define.ts';
import { actOf, canSend, hasOwnBowl, type Act } from './act.ts';
import { faceOf, type Face } from './face.ts';
import { overlay, type Overlay } from './overlay.ts';
import { arrangementOf, showsBody, type Arrangement, type ReadTile } from './read-tile.ts';

export interface DrawInput {
  readonly tile: Tile;
  readonly size: TileSize;
  readonly state: TileState;
  readonly read: Extract<ReadTile, { ok: true }>;
  readonly words: Translate<FrameKey>;
  /** The command whose answer takes its time. */
  readonly settledId: number | undefined;
  /** Value under the finger. */
  readonly dragged: number | undefined;
  readonly isHolding: boolean;
  /** What a control inside the body says while a finger is on it. */
  readonly preview: string | undefined;
}

/** All that a tile draws, decided in one go: tiles come by the dozen, and every decision kept apart would cost each of them. */
export interface Drawn {
  readonly look: TileLook;
  /** For a body that draws the state itself: with the frame's words. */
  readonly bodyLook: TileLook;
  readonly act: Act;
  readonly laid: Overlay;
  readonly face: Face;
  readonly arrangement: Arrangement;
  readonly level: TileLook['level'];
  readonly bar: number | undefined;
  readonly led: TileLook['led'];
  readonly ring: 'none' | 'pending' | 'hold';
  /** State, unit and everything else in words. */
  readonly spoken: string;
  readonly isDraggable: boolean;
  readonly isSpreading: boolean;
  readonly isTop: boolean;
  readonly isFlat: boolean;
  readonly isDisabled: boolean;
  /** The bowl is a target of its own. */
  readonly hasOwnBowl: boolean;
  /** Name and state in words, for the target. */
  readonly name: string;
  readonly isSensor: boolean;
  /** Of a slider or a meter, in its own scale or percent. */
  readonly valueNow: number;
  /** The target is a switch for screen readers, not a plain button. */
  readonly isSwitch: boolean;
  readonly isSmall: boolean;
  /** Body alone: it draws the name itself. */
  readonly isWhole: boolean;
  /** No words below the name. */
  readonly isNameAlone: boolean;
  readonly hasBody: boolean;
  /** The mark at the upper right; on sensors it stands in the line of the name. */
  readonly badge: Overlay['badge'];
  readonly badgeText: string | undefined;
}

export function drawnOf(input: DrawInput): Drawn {
  const { tile, size, state, read, words } = input;
  const { kind, look } = read;
  const shownCommandId = input.dragged === undefined ? input.settledId : undefined;
  const laid = overlay({ tile, kind, look, state, shownCommandId, t: words });
  const arrangement = arrangementOf(look, kind, size);
  const face = faceOf({ look, laid, arrangement, dragText: dragTextOf(input) });
  const spoken = spokenOf(look, laid);
  return {
    look,
    bodyLook: arrangement === 'whole' ? wordedLook(look, laid) : look,
    act: actOf({ tile, look, state }),
    laid,
    face,
    arrangement,
    ...surfaceOf(input, laid, arrangement),
    ring: input.isHolding ? 'hold' : laid.isPending ? 'pending' : 'none',
    spoken,
    ...targetOf(tile, look, spoken),
    isDraggable: canDrag(look, state, size),
    isDisabled: look.tap.type === 'send' && !canSend(state),
    hasOwnBowl: arrangement === 'tall' && hasOwnBowl(look, size),
    hasBody: showsBody(kind, size),
    isSmall: size === '1x1',
    isWhole: arrangement === 'whole' && !face.isWaiting,
    isNameAlone: face.state === '' && !face.isWaiting,
    badge: face.head === 'plain' ? undefined : laid.badge,
    badgeText: size === '1x1' ? undefined : laid.badgeText,
  };
}

type Surface = Pick<Drawn, 'level' | 'bar' | 'led' | 'isSpreading' | 'isTop' | 'isFlat'>;

function surfaceOf(input: DrawInput, { base, badge }: Overlay, arrangement: Arrangement): Surface {
  const { look } = input.read;
  const isKnown = base === 'live' || base === 'offline';
  return {
    level: isKnown ? look.level : 'quiet',
    bar: arrangement === 'line' && isKnown ? barOf(input) : undefined,
    led: isKnown && (badge === undefined || input.size !== '1x1') ? look.led : undefined,
    isSpreading: input.state.command?.status === 'confirmed',
    isTop: arrangement === 'tall',
    isFlat: base === 'unavailable',
  };
}

const targetOf = (
  { title, tapOpensDetails }: Tile,
  { role, drag, bar }: TileLook,
  spoken: string,
): Pick<Drawn, 'name' | 'isSensor' | 'isSwitch' | 'valueNow'> => ({
  name: spoken === '' ? title : `${title}, ${spoken}`,
  isSensor: role === 'group' || role === 'meter',
  valueNow: drag?.value ?? (bar ?? 0) * 100,
  isSwitch: role === 'switch' && tapOpensDetails !== true,
});

const wordedLook = (look: TileLook, { stateText }: Overlay): TileLook =>
  stateText === undefined ? look : { ...look, stateText };

const canDrag = (look: TileLook, state: TileState, size: TileSize): boolean =>
  look.drag !== undefined && canSend(state) && !state.needsHold && (size === '2x1' || size === '4x1');

function dragTextOf({ isHolding, dragged, preview, read, words }: DrawInput): string | undefined {
  if (isHolding) return words('keepHolding');
  return dragged === undefined ? preview : read.look.drag?.text(dragged);
}

function barOf({ dragged, read: { look } }: DrawInput): number | undefined {
  const { drag } = look;
  if (dragged === undefined || !drag) return look.bar;
  return (dragged - drag.min) / (drag.max - drag.min || 1);
}

function spokenOf(look: TileLook, laid: Overlay): string {
  if (laid.spoken.length === 0) return look.spoken;
  const own = look.spoken.toLowerCase();
  return [look.spoken, ...laid.spoken.filter((part) => part.toLowerCase() !== own)].filter(Boolean).join(', ');
}
