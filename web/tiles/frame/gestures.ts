import type { Attachment } from 'svelte/attachments';
import {
  idle,
  step,
  swallowsClick,
  timerMs,
  type Gesture,
  type GestureEffect,
  type GestureEvent,
  type GestureRules,
} from './gesture.ts';

export interface GestureHandlers {
  /** What a press here may become; undefined = the tile takes no press now. */
  readonly rules: (hit: HTMLElement) => GestureRules | undefined;
  readonly onpress: (isPressed: boolean, rules: GestureRules | undefined) => void;
  /** `share` of the tile's width, right is positive. */
  readonly ondrag: (phase: 'start' | 'move' | 'end' | 'cancel', share: number) => void;
  readonly onlongpress: () => void;
  readonly onholddone: () => void;
}

/** Binds the gesture machine to a tile. Listens only to presses on `[data-hit]`; controls inside a body keep their own. */
export const gestures =
  (handlers: GestureHandlers): Attachment<HTMLElement> =>
  (node) => {
    const session = new GestureSession(node, handlers);
    const listen = new AbortController();
    const options = { signal: listen.signal };
    node.addEventListener('pointerdown', session.down, options);
    node.addEventListener('pointermove', session.move, options);
    node.addEventListener('pointerup', session.up, options);
    node.addEventListener('pointercancel', session.cancel, options);
    node.addEventListener('pointerleave', session.leave, options);
    node.addEventListener('click', session.click, { ...options, capture: true });
    node.addEventListener('contextmenu', (event) => event.preventDefault(), options);
    return () => {
      listen.abort();
      session.dispose();
    };
  };

class GestureSession {
  readonly #node: HTMLElement;
  readonly #handlers: GestureHandlers;
  #gesture: Gesture = idle;
  #pointerId: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClickSpent = false;
  #lastShare = 0;

  constructor(node: HTMLElement, handlers: GestureHandlers) {
    this.#node = node;
    this.#handlers = handlers;
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  readonly down = (event: PointerEvent): void => {
    this.#isClickSpent = false;
    const hit = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-hit]') : null;
    if (this.#pointerId !== undefined || event.button !== 0 || !hit) return;
    const rules = this.#handlers.rules(hit);
    if (!rules) return;
    this.#pointerId = event.pointerId;
    this.#lastShare = 0;
    this.#take({ type: 'down', x: event.clientX, y: event.clientY, rules });
    this.#handlers.onpress(true, rules);
    this.#timer = setTimeout(() => this.#take({ type: 'timer' }), timerMs(rules));
  };

  readonly move = (event: PointerEvent): void => {
    if (event.pointerId === this.#pointerId) this.#take({ type: 'move', x: event.clientX, y: event.clientY });
  };

  readonly up = (event: PointerEvent): void => {
    if (event.pointerId !== this.#pointerId) return;
    this.#isClickSpent = swallowsClick(this.#gesture);
    this.#end({ type: 'up' });
  };

  readonly cancel = (event: PointerEvent): void => {
    if (event.pointerId === this.#pointerId) this.#end({ type: 'cancel' });
  };

  /** A finger that slides off has changed its mind; a drag holds the pointer and does not leave. */
  readonly leave = (event: PointerEvent): void => {
    if (this.#gesture.phase !== 'dragging') this.cancel(event);
  };

  readonly click = (event: MouseEvent): void => {
    if (!this.#isClickSpent) return;
    this.#isClickSpent = false;
    event.preventDefault();
    event.stopPropagation();
  };

  #end(event: GestureEvent): void {
    this.#pointerId = undefined;
    clearTimeout(this.#timer);
    this.#take(event);
    this.#handlers.onpress(false, undefined);
  }

  #take(event: GestureEvent): void {
    const { gesture, effect } = step(this.#gesture, event);
    const isOver = gesture.phase !== 'pressed' && this.#gesture.phase === 'pressed';
    this.#gesture = gesture;
    if (isOver) this.#handlers.onpress(false, undefined);
    this.#run(effect);
  }

  #run(effect: GestureEffect): void {
    switch (effect.type) {
      case 'drag-start':
        clearTimeout(this.#timer);
        if (this.#pointerId !== undefined) this.#node.setPointerCapture(this.#pointerId);
        return this.#handlers.ondrag('start', 0);
      case 'drag':
        this.#lastShare = effect.dx / (this.#node.clientWidth || 1);
        return this.#handlers.ondrag('move', this.#lastShare);
      case 'drag-end':
        return this.#handlers.ondrag('end', this.#lastShare);
      case 'drag-cancel':
        return this.#handlers.ondrag('cancel', 0);
      case 'long-press':
        return this.#handlers.onlongpress();
      case 'hold-done':
        return this.#handlers.onholddone();
      case 'none':
    }
  }
}
