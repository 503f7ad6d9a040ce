import type { Value } from '../../../shared/payload/decoded.ts';
import type { TileDrag } from '../define.ts';
import { confirmHoldMs, keyedTo, type Act } from './act.ts';

export interface TileKeyHandlers {
  readonly act: () => Act;
  /** What + and − change now; undefined = nothing. */
  readonly drag: () => TileDrag | undefined;
  readonly onsend: (role: string, value: Value) => void;
  readonly ondetails: () => void;
  /** Space is held on a tile that wants holding. */
  readonly onhold: (isHeld: boolean) => void;
}

export interface TileKeys {
  readonly down: (event: KeyboardEvent) => void;
  readonly up: (event: KeyboardEvent) => void;
  /** The focus has left: whatever was held is let go and nothing happens. */
  readonly leave: () => void;
}

/** Enter opens the details, Space acts, + and − step. A tile to be held wants Space for a second; a short one opens the details. */
export function tileKeys({ act, drag, onsend, ondetails, onhold }: TileKeyHandlers): TileKeys {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const letGo = (): boolean => {
    if (timer === undefined) return false;
    clearTimeout(timer);
    timer = undefined;
    onhold(false);
    return true;
  };
  const sendAct = (): void => {
    const now = act();
    if (now.type !== 'details') onsend(now.role, now.value);
  };
  const hold = (): void => {
    onhold(true);
    timer = setTimeout(() => {
      letGo();
      sendAct();
    }, confirmHoldMs);
  };
  const space = (event: KeyboardEvent): void => {
    event.preventDefault();
    if (event.repeat) return;
    if (act().type === 'hold') hold();
    else sendAct();
  };
  const down = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') {
      event.preventDefault();
      return ondetails();
    }
    if (event.key === ' ' && act().type !== 'details') return space(event);
    const stepped = drag();
    const next = stepped && keyedTo(stepped, event.key);
    if (!stepped || next === undefined) return;
    event.preventDefault();
    onsend(stepped.role, next);
  };
  const up = (event: KeyboardEvent): void => {
    if (event.key !== ' ' || act().type !== 'hold') return;
    event.preventDefault();
    if (letGo()) ondetails();
  };
  return { down, up, leave: () => void letGo() };
}
