/** The address of the page and the way back. Own and small: paths are plain strings, `routes.ts` says where they lead. */
export interface Router {
  readonly path: string;
  navigate(path: string, options?: { readonly replace?: boolean }): void;
  back(fallback: string): void;
  dispose(): void;
}

/** What the router needs of a window. */
export interface RouterWindow {
  readonly location: { readonly pathname: string };
  readonly history: Pick<History, 'pushState' | 'replaceState' | 'back' | 'state'> & { scrollRestoration: string };
  readonly scrollY: number;
  scrollTo(x: number, y: number): void;
  addEventListener(type: 'popstate' | 'pagehide', listener: () => void): void;
  removeEventListener(type: 'popstate' | 'pagehide', listener: () => void): void;
}

interface Entry {
  /** Pages of ours behind this one: 0 = it was opened directly. */
  readonly depth: number;
  readonly scrollY: number;
  /** Above 0 the entry belongs to an open sheet (web/ui/back-closes.ts). */
  readonly sheetDepth: number;
}

const asRecord = (state: unknown): Record<string, unknown> =>
  typeof state === 'object' && state !== null ? { ...state } : {};

function readEntry(state: unknown): Entry {
  const record = asRecord(state);
  const number = (key: keyof Entry): number => (typeof record[key] === 'number' ? record[key] : 0);
  return { depth: number('depth'), scrollY: number('scrollY'), sheetDepth: number('sheetDepth') };
}

export interface RouterOptions {
  readonly window: RouterWindow;
  /** Resolves when the new page is in the document (Svelte's `tick`). */
  readonly afterDraw: () => Promise<void>;
  /** Moves the focus to the new page; not called for the first one. */
  readonly onArrive: () => void;
}

export function createRouter({ window, afterDraw, onArrive }: RouterOptions): Router {
  const { history } = window;
  let path = $state(window.location.pathname);
  history.scrollRestoration = 'manual';

  const arrive = async (): Promise<void> => {
    // Entries of sheets share the address of their page: nothing to do.
    if (path === window.location.pathname) return;
    path = window.location.pathname;
    await afterDraw();
    window.scrollTo(0, readEntry(history.state).scrollY);
    onArrive();
  };
  const onpopstate = (): void => void arrive();
  const keepScroll = (): void => history.replaceState({ ...asRecord(history.state), scrollY: window.scrollY }, '');
  window.addEventListener('popstate', onpopstate);
  window.addEventListener('pagehide', keepScroll);
  // A reloaded page goes on where it was.
  void afterDraw().then(() => window.scrollTo(0, readEntry(history.state).scrollY));

  const navigate: Router['navigate'] = (next, { replace = false } = {}) => {
    if (next === window.location.pathname) return;
    const { depth, sheetDepth } = readEntry(history.state);
    // The entry of an open sheet becomes the page it leads to: Back then skips the sheet.
    const isFromSheet = sheetDepth > 0;
    const entry: Entry = { depth: replace && !isFromSheet ? depth : depth + 1, scrollY: 0, sheetDepth: 0 };
    if (replace || isFromSheet) {
      history.replaceState(entry, '', next);
    } else {
      keepScroll();
      history.pushState(entry, '', next);
    }
    void arrive();
  };

  return {
    get path() {
      return path;
    },
    navigate,
    back: (fallback) => {
      if (readEntry(history.state).depth > 0) history.back();
      else navigate(fallback, { replace: true });
    },
    dispose: () => {
      window.removeEventListener('popstate', onpopstate);
      window.removeEventListener('pagehide', keepScroll);
    },
  };
}
