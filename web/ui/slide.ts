import type { Attachment } from 'svelte/attachments';

/** Where the finger is inside the element, 0-1 from the left and from the top. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Slide {
  /** `both` = everything follows the finger; `x` = the page may still scroll up and down. */
  readonly axis: 'x' | 'y' | 'both';
  readonly isDisabled: () => boolean;
  readonly onmove: (point: Point, phase: 'live' | 'final') => void;
  /** The browser took the finger away (scrolling): nothing happened. */
  readonly oncancel: () => void;
}

/** Way in px before a touch that may also be scrolling counts as sliding. */
const slopPx = 8;

const inside = (node: HTMLElement, event: PointerEvent): Point => {
  const box = node.getBoundingClientRect();
  const share = (at: number, start: number, size: number): number =>
    Math.min(1, Math.max(0, (at - start) / (size || 1)));
  return { x: share(event.clientX, box.left, box.width), y: share(event.clientY, box.top, box.height) };
};

interface Finger {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  isSliding: boolean;
}

const begins = (slide: Slide, finger: Finger, event: PointerEvent): boolean => {
  if (slide.axis !== 'x') return true;
  return Math.abs(event.clientX - finger.x) >= slopPx;
};

/** Follows one finger or the mouse over an element: a tap sets, a drag is absolute. Keys are the business of the range input inside. */
export const sliding =
  (slide: Slide): Attachment<HTMLElement> =>
  (node) => {
    let finger: Finger | undefined;
    const down = (event: PointerEvent): void => {
      if (finger || slide.isDisabled() || event.button !== 0) return;
      event.stopPropagation();
      finger = { id: event.pointerId, x: event.clientX, y: event.clientY, isSliding: false };
      node.setPointerCapture(event.pointerId);
    };
    const move = (event: PointerEvent): void => {
      if (finger?.id !== event.pointerId) return;
      finger.isSliding ||= begins(slide, finger, event);
      if (finger.isSliding) slide.onmove(inside(node, event), 'live');
    };
    const up = (event: PointerEvent): void => {
      if (finger?.id !== event.pointerId) return;
      finger = undefined;
      slide.onmove(inside(node, event), 'final');
    };
    const cancel = (event: PointerEvent): void => {
      if (finger?.id !== event.pointerId) return;
      finger = undefined;
      slide.oncancel();
    };
    const listen = new AbortController();
    const options = { signal: listen.signal };
    node.addEventListener('pointerdown', down, options);
    node.addEventListener('pointermove', move, options);
    node.addEventListener('pointerup', up, options);
    node.addEventListener('pointercancel', cancel, options);
    return () => listen.abort();
  };
