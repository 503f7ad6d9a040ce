/** The address of the page and the way back. Own and small: paths are plain strings, pages are chosen in `routes.ts`. */
export interface Router {
  readonly path: string;
  navigate(path: string, options?: { readonly replace?: boolean }): void;
  back(fallback: string): void;
  dispose(): void;
}

/** What the router needs of a window. */
export interface RouterWindow {
  readonly location: { readonly pathname: string };
  readonly history: Pick<History, 'pushState' | 'replaceState' | 'back' | 'state'>;
  readonly scrollY: number;
  scrollTo(x: number, y: number): void;
  addEventListener(type: 'popstate', listener: () => void): void;
  removeEventListener(type: 'popstate', listener: () => void): void;
}

interface Entry {
  /** Steps since the page was opened: 0 = nothing of ours is behind. */
  readonly depth: number;
  readonly scrollY: number;
}

const readEntry = (state: unknown): Entry => {
  if (typeof state !== 'object' || state === null || !('depth' in state) || !('scrollY' in state))
    return { depth: 0, scrollY: 0 };
  const { depth, scrollY } = state;
  return typeof depth === 'number' && typeof scrollY === 'number' ? { depth, scrollY } : { depth: 0, scrollY: 0 };
};

export interface RouterOptions {
  readonly window: RouterWindow;
  /** Runs after the new page is in the document (Svelte's `tick`). */
  readonly afterDraw: () => Promise<void>;
  /** Moves the focus to the new page; not called for the first one. */
  readonly onArrive: () => void;
}

export function createRouter({ window, afterDraw, onArrive }: RouterOptions): Router {
  let path = $state(window.location.pathname);

  const arrive = async (scrollY: number): Promise<void> => {
    path = window.location.pathname;
    await afterDraw();
    window.scrollTo(0, scrollY);
    onArrive();
  };
  const keepScroll = (): void => {
    const entry = readEntry(window.history.state);
    window.history.replaceState({ ...entry, scrollY: window.scrollY }, '');
  };
  const onpopstate = (): void => {
    // The same address: a sheet closed, the page below stays as it is.
    if (window.location.pathname !== path) void arrive(readEntry(window.history.state).scrollY);
  };
  window.addEventListener('popstate', onpopstate);

  const navigate: Router['navigate'] = (next, options = {}) => {
    if (next === window.location.pathname) return;
    const { depth } = readEntry(window.history.state);
    if (options.replace) {
      window.history.replaceState({ depth, scrollY: 0 }, '', next);
    } else {
      keepScroll();
      window.history.pushState({ depth: depth + 1, scrollY: 0 }, '', next);
    }
    void arrive(0);
  };

  return {
    get path() {
      return path;
    },
    navigate,
    back: (fallback) => {
      if (readEntry(window.history.state).depth > 0) window.history.back();
      else navigate(fallback, { replace: true });
    },
    dispose: () => window.removeEventListener('popstate', onpopstate),
  };
}
