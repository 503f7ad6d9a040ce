import type { TileSize } from '../../../shared/house/house.ts';
import { edgeScroll, nearestCell, nearestSize, type GridMeasure, type Point } from './geometry.ts';

const holdMs = 250;
/** A finger that moves further than this before it lifted anything is scrolling; a mouse that does is dragging. */
const slopPx = 8;

/** What is in the air: where its corner is on the screen, where it would land, what it hovers over. */
export interface Drag {
  readonly tileId: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly cell: Point;
  /** A room's id, or `remove`. */
  readonly target?: string;
}

export interface DragHost {
  measure(): GridMeasure & { readonly left: number; readonly top: number };
  sizeOf(tileId: string): TileSize;
  cellOf(tileId: string): Point;
  ondrop(drag: Drag): void;
  /** The corner was pulled to this size; called on every change. */
  onresize(tileId: string, size: TileSize): void;
  sizesOf(tileId: string): readonly TileSize[];
}

const tickHaptic = (): void => {
  if ('vibrate' in navigator) navigator.vibrate(10);
};

/** Lifts, drags and drops tiles with finger, pen and mouse. Keys and buttons do the same elsewhere. */
export class Dragging {
  readonly #host: DragHost;
  #drag = $state.raw<Drag | undefined>(undefined);
  #grip: Point = { x: 0, y: 0 };
  #pointer: Point = { x: 0, y: 0 };
  #stop: (() => void) | undefined;
  #frame = 0;
  /** The click that follows a drag must not select. */
  #swallowClick = false;

  constructor(host: DragHost) {
    this.#host = host;
  }

  get drag(): Drag | undefined {
    return this.#drag;
  }

  /** True once after a drag: the click belongs to it. */
  takeClick(): boolean {
    const was = this.#swallowClick;
    this.#swallowClick = false;
    return was;
  }

  /** A pointer went down on a tile: lifts it after a hold (a mouse: after a few px). */
  press(tileId: string, event: PointerEvent & { readonly currentTarget: HTMLElement }): void {
    if (event.button !== 0 || this.#stop) return;
    this.#swallowClick = false;
    const start = { x: event.clientX, y: event.clientY };
    const rect = event.currentTarget.getBoundingClientRect();
    this.#grip = { x: start.x - rect.left, y: start.y - rect.top };
    this.#pointer = start;
    const lift = (): void => this.#lift(tileId, rect);
    const hold = setTimeout(lift, holdMs);
    const isMouse = event.pointerType === 'mouse';
    this.#listen(event.pointerId, {
      move: (moved) => {
        if (this.#drag) return this.#move(moved);
        if (Math.hypot(moved.x - start.x, moved.y - start.y) < slopPx) return;
        if (isMouse) lift();
        else this.cancel();
      },
      up: () => this.#drop(),
      stop: () => clearTimeout(hold),
    });
  }

  /** The knob at the corner of a tile was taken. */
  pull(tileId: string, event: PointerEvent & { readonly currentTarget: HTMLElement }): void {
    if (event.button !== 0 || this.#stop) return;
    event.preventDefault();
    event.stopPropagation();
    this.#listen(event.pointerId, {
      move: (at) => {
        const measure = this.#host.measure();
        const cell = this.#host.cellOf(tileId);
        const unit = (measure.width + measure.gap) / measure.columns;
        const corner = { x: measure.left + cell.x * unit, y: measure.top + cell.y * (measure.rowHeight + measure.gap) };
        const pulled = { width: at.x - corner.x, height: at.y - corner.y };
        const size = nearestSize(measure, this.#host.sizesOf(tileId), pulled);
        if (size && size !== this.#host.sizeOf(tileId)) this.#host.onresize(tileId, size);
      },
      up: () => (this.#swallowClick = true),
      stop: () => {},
    });
  }

  /** Puts everything back. */
  cancel(): void {
    this.#stop?.();
    this.#drag = undefined;
  }

  #listen(pointerId: number, on: { move: (at: Point) => void; up: () => void; stop: () => void }): void {
    const listen = new AbortController();
    const { signal } = listen;
    const isOurs = (event: PointerEvent): boolean => event.pointerId === pointerId;
    this.#stop = () => {
      this.#stop = undefined;
      listen.abort();
      cancelAnimationFrame(this.#frame);
      on.stop();
    };
    window.addEventListener(
      'pointermove',
      (event) => isOurs(event) && on.move({ x: event.clientX, y: event.clientY }),
      { signal },
    );
    window.addEventListener('pointerup', (event) => isOurs(event) && (on.up(), this.#stop?.()), { signal });
    window.addEventListener('pointercancel', (event) => isOurs(event) && this.cancel(), { signal });
    // A lifted tile must not scroll the page; `touch-action` cannot change while a finger is down.
    window.addEventListener('touchmove', (event) => this.#drag && event.cancelable && event.preventDefault(), {
      signal,
      passive: false,
    });
    window.addEventListener('contextmenu', (event) => event.preventDefault(), { signal });
  }

  #lift(tileId: string, rect: DOMRect): void {
    const { width, height } = rect;
    tickHaptic();
    this.#swallowClick = true;
    this.#drag = { tileId, width, height, left: rect.left, top: rect.top, cell: this.#host.cellOf(tileId) };
    this.#frame = requestAnimationFrame(() => this.#scroll());
  }

  #move(pointer: Point): void {
    this.#pointer = pointer;
    const drag = this.#drag;
    if (!drag) return;
    const [left, top] = [pointer.x - this.#grip.x, pointer.y - this.#grip.y];
    const measure = this.#host.measure();
    const target = dropTarget(pointer);
    const corner = { x: left - measure.left, y: top - measure.top };
    const cell = target === undefined ? nearestCell(measure, corner, this.#host.sizeOf(drag.tileId)) : drag.cell;
    const { tileId, width, height } = drag;
    this.#drag = { tileId, width, height, left, top, cell, ...(target === undefined ? {} : { target }) };
  }

  /** Scrolls while the finger rests near the upper or lower edge. */
  #scroll(): void {
    const panel = document.querySelector('[data-arrange-panel]')?.getBoundingClientRect().top ?? window.innerHeight;
    const isOverPanel = this.#pointer.y > panel;
    const speed = isOverPanel ? 0 : edgeScroll(this.#pointer.y, 0, panel);
    if (speed !== 0) {
      window.scrollBy(0, speed);
      this.#move(this.#pointer);
    }
    if (this.#drag) this.#frame = requestAnimationFrame(() => this.#scroll());
  }

  #drop(): void {
    const drag = this.#drag;
    this.#drag = undefined;
    if (drag) this.#host.ondrop(drag);
  }
}

const dropTarget = ({ x, y }: Point): string | undefined => {
  const element = document.elementFromPoint(x, y)?.closest('[data-drop]');
  return element instanceof HTMLElement ? element.dataset['drop'] : undefined;
};
