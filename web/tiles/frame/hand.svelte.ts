import type { Value } from '../../../shared/payload/decoded.ts';
import type { TileDrag } from '../define.ts';
import { draggedTo } from './act.ts';
import type { GestureRules } from './gesture.ts';

/** A sent command shows only when no answer came for this long. */
export const pendingShownAfterMs = 120;

/** The id once it has stayed the same for `pendingShownAfterMs`. Call while a component initialises. */
export function settledId(id: () => number | undefined): { readonly id: number | undefined } {
  let settled = $state<number>();
  $effect(() => {
    const now = id();
    if (now === undefined) return;
    const timer = setTimeout(() => (settled = now), pendingShownAfterMs);
    return () => clearTimeout(timer);
  });
  return {
    get id() {
      return settled;
    },
  };
}

interface HandOptions {
  readonly drag: () => TileDrag | undefined;
  readonly isLive: () => boolean;
  readonly send: (role: string, value: Value, phase: 'live' | 'final') => void;
}

/** Short buzz where the device can; nothing elsewhere. */
const tick = (): void => {
  if ('vibrate' in navigator) navigator.vibrate(8);
};

/** What one finger does to one tile. While it drags, its value wins over whatever the device echoes. */
export class Hand {
  isPressed = $state(false);
  isHolding = $state(false);
  /** Value under the finger. */
  dragged = $state<number>();
  readonly #options: HandOptions;
  #grabbed: TileDrag | undefined;

  constructor(options: HandOptions) {
    this.#options = options;
  }

  readonly press = (isPressed: boolean, rules: GestureRules | undefined): void => {
    this.isPressed = isPressed;
    this.isHolding = isPressed && rules?.needsHold === true;
  };

  readonly drag = (phase: 'start' | 'move' | 'end' | 'cancel', share: number): void => {
    if (phase === 'start') this.#grabbed = this.#options.drag();
    const grabbed = this.#grabbed;
    if (!grabbed) return;
    if (phase === 'start') tick();
    if (phase === 'start' || phase === 'move') return this.#follow(grabbed, draggedTo(grabbed, share));
    if (phase === 'end' && this.dragged !== undefined) this.#options.send(grabbed.role, this.dragged, 'final');
    this.#grabbed = undefined;
    this.dragged = undefined;
  };

  #follow(grabbed: TileDrag, value: number): void {
    if (value === this.dragged) return;
    const isEnd = value === grabbed.min || value === grabbed.max;
    if (this.dragged !== undefined && isEnd) tick();
    this.dragged = value;
    if (this.#options.isLive()) this.#options.send(grabbed.role, value, 'live');
  }
}
