import type { TileSize } from '../../../shared/house/house.ts';
import type { Arranger } from './arranger.svelte.ts';
import { stepSize } from './geometry.ts';

const moves: Readonly<Record<string, readonly [dx: number, dy: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const sizeWays = { ArrowLeft: 'narrower', ArrowRight: 'wider', ArrowUp: 'flatter', ArrowDown: 'taller' } as const;
type ArrowKey = keyof typeof sizeWays;
const isArrow = (key: string): key is ArrowKey => key in sizeWays;

export interface BoardKeyContext {
  readonly arranger: Arranger;
  readonly tileId: string;
  readonly sizes: readonly TileSize[];
  readonly onleave: () => void;
  readonly onremove: (tileId: string) => void;
}

/** Keys on a tile: arrows move, Shift + arrows resize, Delete removes, Esc ends. */
export function boardKey(event: KeyboardEvent, context: BoardKeyContext): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { key } = event;
  if (isArrow(key)) arrow(key, event.shiftKey, context);
  else if (key === 'Delete' || key === 'Backspace') context.onremove(context.tileId);
  else if (key === 'Escape') context.onleave();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function arrow(key: ArrowKey, isResizing: boolean, { arranger, tileId, sizes }: BoardKeyContext): void {
  const placement = arranger.placements.find((one) => one.tileId === tileId);
  if (!placement) return;
  arranger.selectedId = tileId;
  if (isResizing) {
    const size = stepSize(sizes, placement.size, sizeWays[key]);
    if (size) arranger.resize(tileId, size);
    return;
  }
  const [dx, dy] = moves[key] ?? [0, 0];
  arranger.move(tileId, { x: Math.max(0, placement.x + dx), y: Math.max(0, placement.y + dy) });
}

/** Ctrl Z, Ctrl Shift Z, Ctrl Y (⌘ on a Mac) anywhere on the page. Not while somebody types. */
export function historyKey(event: KeyboardEvent, arranger: Pick<Arranger, 'undo' | 'redo'>): void {
  const isTyping = event.target instanceof Element && event.target.closest('input, textarea, select, dialog') !== null;
  if (isTyping || !(event.ctrlKey || event.metaKey) || event.altKey) return;
  const key = event.key.toLowerCase();
  if (key === 'z' && event.shiftKey) arranger.redo();
  else if (key === 'z') arranger.undo();
  else if (key === 'y') arranger.redo();
  else return;
  event.preventDefault();
}
