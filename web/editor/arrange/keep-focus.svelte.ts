/**
 * Moving a tile to another place in the document takes the focus from it; this gives it back, so that the arrow keys go on.
 * Call while the board initialises.
 */
export function keepFocus(board: () => HTMLElement | undefined, placements: () => unknown): void {
  let focusedId: string | undefined;
  $effect.pre(() => {
    placements();
    const focused = document.activeElement;
    const isOnBoard = focused instanceof HTMLElement && board()?.contains(focused) === true;
    focusedId = isOnBoard ? focused.dataset['arrangeTile'] : undefined;
  });
  $effect(() => {
    placements();
    if (focusedId === undefined) return;
    const cover = board()?.querySelector<HTMLElement>(`[data-arrange-tile="${focusedId}"]`);
    if (cover !== document.activeElement) cover?.focus();
  });
}
