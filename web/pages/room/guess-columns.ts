import { columnsFor } from '../../tiles/grid-columns.ts';

const railPx = 92;
const sidebarPx = 212;
const pageEdgesPx = 48;
const phoneEdgesPx = 32;

/** Sub-columns by the window alone: right before the first measurement in nearly every case, so that tiles are drawn once. */
export function guessColumns(windowWidthPx: number, remPx: number): number {
  if (windowWidthPx < 600) return columnsFor(windowWidthPx - phoneEdgesPx, remPx);
  const navigationPx = windowWidthPx < 1200 ? railPx : sidebarPx;
  return columnsFor(windowWidthPx - pageEdgesPx - navigationPx, remPx);
}

export const guessColumnsNow = (): number =>
  guessColumns(window.innerWidth, Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16);
