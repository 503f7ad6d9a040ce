import { confirmHoldMs } from './act.ts';

/** What fingers mean on a tile: tap, long press, sideways drag, hold to confirm. Pure; times in ms, ways in px. */

export const longPressMs = 450;
export const dragSlopPx = 8;
/** A drag steeper than this is scrolling. */
const maxAngleDegrees = 30;

/** What this press may become. */
export interface GestureRules {
  readonly canDrag: boolean;
  /** Hold 1 s instead of tapping. */
  readonly needsHold: boolean;
}

export type Gesture =
  | { readonly phase: 'idle' }
  | { readonly phase: 'pressed'; readonly x: number; readonly y: number; readonly rules: GestureRules }
  | { readonly phase: 'dragging'; readonly x: number }
  /** Over for the tile, the finger is still down: scrolling, or the long press has fired. */
  | { readonly phase: 'spent' };

export type GestureEvent =
  | { readonly type: 'down'; readonly x: number; readonly y: number; readonly rules: GestureRules }
  | { readonly type: 'move'; readonly x: number; readonly y: number }
  | { readonly type: 'up' }
  | { readonly type: 'cancel' }
  /** `longPressMs` or, with `needsHold`, `confirmHoldMs` have passed since `down`. */
  | { readonly type: 'timer' };

export type GestureEffect =
  | { readonly type: 'none' }
  | { readonly type: 'drag-start' }
  /** Way from where the finger first touched, px, right is positive. */
  | { readonly type: 'drag'; readonly dx: number }
  | { readonly type: 'drag-end' }
  | { readonly type: 'drag-cancel' }
  | { readonly type: 'long-press' }
  | { readonly type: 'hold-done' };

export interface GestureStep {
  readonly gesture: Gesture;
  readonly effect: GestureEffect;
}

export const idle: Gesture = { phase: 'idle' };
const none: GestureEffect = { type: 'none' };
const spent: Gesture = { phase: 'spent' };
const stay = (gesture: Gesture): GestureStep => ({ gesture, effect: none });

/** How long until `timer`, for a press with these rules. */
export const timerMs = (rules: GestureRules): number => (rules.needsHold ? confirmHoldMs : longPressMs);

/** A click that follows belongs to the gesture, not to the tile, unless the press stayed a plain press. */
export const swallowsClick = (gesture: Gesture): boolean => gesture.phase === 'dragging' || gesture.phase === 'spent';

/** One step of the machine. */
export function step(gesture: Gesture, event: GestureEvent): GestureStep {
  switch (event.type) {
    case 'down':
      return stay(
        gesture.phase === 'idle' ? { phase: 'pressed', x: event.x, y: event.y, rules: event.rules } : gesture,
      );
    case 'move':
      return move(gesture, event);
    case 'timer':
      return timer(gesture);
    case 'up':
      return { gesture: idle, effect: gesture.phase === 'dragging' ? { type: 'drag-end' } : none };
    case 'cancel':
      return { gesture: idle, effect: gesture.phase === 'dragging' ? { type: 'drag-cancel' } : none };
  }
}

function timer(gesture: Gesture): GestureStep {
  if (gesture.phase !== 'pressed') return stay(gesture);
  return { gesture: spent, effect: { type: gesture.rules.needsHold ? 'hold-done' : 'long-press' } };
}

function move(gesture: Gesture, to: { readonly x: number; readonly y: number }): GestureStep {
  if (gesture.phase === 'dragging') return { gesture, effect: { type: 'drag', dx: to.x - gesture.x } };
  if (gesture.phase !== 'pressed') return stay(gesture);
  const dx = to.x - gesture.x;
  const dy = to.y - gesture.y;
  if (Math.hypot(dx, dy) < dragSlopPx) return stay(gesture);
  const angle = (Math.atan2(Math.abs(dy), Math.abs(dx)) * 180) / Math.PI;
  if (gesture.rules.canDrag && angle < maxAngleDegrees) {
    return { gesture: { phase: 'dragging', x: gesture.x }, effect: { type: 'drag-start' } };
  }
  return stay(spent);
}
