/**
 * Makes the Back button close what just opened instead of leaving the page: one history entry per open sheet, same address.
 * Returns a release that takes the entry out again, unless something else was navigated to meanwhile.
 */
export function backCloses(onback: () => void): () => void {
  const depth = enter();
  const popped = (): void => {
    if (depthOf(history.state) < depth) onback();
  };
  window.addEventListener('popstate', popped);
  return () => {
    window.removeEventListener('popstate', popped);
    if (depthOf(history.state) !== depth) return;
    mark({ isReleased: true });
    // Going back takes time; whatever opens in this turn takes the entry over instead, or it would be closed by it.
    setTimeout(() => {
      if (depthOf(history.state) === depth && isReleased()) history.back();
    });
  };
}

/** Returns the depth of the entry that is now ours. */
function enter(): number {
  if (isReleased()) {
    mark({ isReleased: false });
    return depthOf(history.state);
  }
  const depth = depthOf(history.state) + 1;
  history.pushState({ ...asRecord(history.state), sheetDepth: depth }, '');
  return depth;
}

const mark = (change: { readonly isReleased: boolean }): void =>
  history.replaceState({ ...asRecord(history.state), ...change }, '');

const asRecord = (state: unknown): Record<string, unknown> =>
  typeof state === 'object' && state !== null ? { ...state } : {};

const isReleased = (): boolean => asRecord(history.state)['isReleased'] === true;

const depthOf = (state: unknown): number => {
  const depth = asRecord(state)['sheetDepth'];
  return typeof depth === 'number' ? depth : 0;
};
