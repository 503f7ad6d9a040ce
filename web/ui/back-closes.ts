/**
 * Makes the Back button close what just opened instead of leaving the page: one history entry per open sheet, same address.
 * Returns a release that takes the entry out again, unless something else was navigated to meanwhile.
 */
export function backCloses(onback: () => void): () => void {
  const depth = depthOf(history.state) + 1;
  history.pushState({ ...asRecord(history.state), sheetDepth: depth }, '');
  const popped = (): void => {
    if (depthOf(history.state) < depth) onback();
  };
  window.addEventListener('popstate', popped);
  return () => {
    window.removeEventListener('popstate', popped);
    if (depthOf(history.state) === depth) history.back();
  };
}

const asRecord = (state: unknown): Record<string, unknown> =>
  typeof state === 'object' && state !== null ? { ...state } : {};

const depthOf = (state: unknown): number => {
  const depth = asRecord(state)['sheetDepth'];
  return typeof depth === 'number' ? depth : 0;
};
