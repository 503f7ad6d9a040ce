import { gridColumns, type GridColumns } from '../../../shared/house/house.ts';
import { kindOf } from '../../tiles/registry.ts';
import type { Arranger } from './arranger.svelte.ts';
import { Dragging } from './dragging.svelte.ts';
import type { GridMeasure } from './geometry.ts';

/** Columns that a layout can be saved for: with very large text (2 columns) the phone's 4 are arranged. */
export const boardColumns = (columns: number): GridColumns => gridColumns.find((one) => one === columns) ?? 4;

/** How the grid is drawn right now, and where on the screen. */
function measureGrid(grid: HTMLElement, columns: number): GridMeasure & { left: number; top: number } {
  const rect = grid.getBoundingClientRect();
  const style = getComputedStyle(grid);
  const gap = Number.parseFloat(style.rowGap) || 0;
  const rows = style.gridTemplateRows.split(' ').length;
  return {
    columns,
    gap,
    width: rect.width,
    rowHeight: (rect.height + gap) / rows - gap,
    left: rect.left,
    top: rect.top,
  };
}

export interface DraggingHost {
  readonly grid: () => HTMLElement | undefined;
  readonly arranger: () => Arranger;
  readonly onremove: (tileId: string) => void;
  readonly ontoroom: (tileId: string, roomId: string) => void;
}

/** Ties dragging to the board and the draft. */
export function createDragging({ grid, arranger, onremove, ontoroom }: DraggingHost): Dragging {
  const placementOf = (tileId: string) => arranger().placements.find((one) => one.tileId === tileId);
  const nowhere = { columns: 4, width: 0, rowHeight: 1, gap: 0, left: 0, top: 0 };
  return new Dragging({
    measure: () => {
      const element = grid();
      return element ? measureGrid(element, arranger().columns) : nowhere;
    },
    sizeOf: (tileId) => placementOf(tileId)?.size ?? '1x1',
    cellOf: (tileId) => {
      const { x = 0, y = 0 } = placementOf(tileId) ?? {};
      return { x, y };
    },
    sizesOf: (tileId) => kindOf(arranger().tile(tileId)?.kind ?? '')?.sizes ?? [],
    onresize: (tileId, size) => arranger().resize(tileId, size),
    ondrop: ({ tileId, target, cell }) => {
      if (target === undefined) arranger().move(tileId, cell);
      else if (target === 'remove') onremove(tileId);
      else ontoroom(tileId, target);
    },
  });
}
