import { tick } from 'svelte';
import { backCloses } from '../ui/back-closes.ts';

export interface LeaveGuardOptions {
  /** Where Back leads to. */
  readonly goBack: () => void;
  readonly isDirty: () => boolean;
  readonly navigate: (path: string) => void;
}

const sheetDepth = (): number => {
  const state: unknown = history.state;
  const depth = typeof state === 'object' && state !== null && 'sheetDepth' in state ? state.sheetDepth : 0;
  return typeof depth === 'number' ? depth : 0;
};

/** Resolves when the entries above `depth` have left the history (closing a sheet goes back by itself). */
async function depthAtMost(depth: number): Promise<void> {
  while (sheetDepth() > depth) {
    await new Promise<void>((resolve) => window.addEventListener('popstate', () => resolve(), { once: true }));
  }
}

/** Asks before unsaved changes get lost: on Back, on links of the page, on closing the tab. */
export class LeaveGuard {
  readonly #options: LeaveGuardOptions;
  #release: (() => void) | undefined;
  #depth = 0;
  /** What is to happen when the person agrees to leave; set = the question is open. */
  #wanted = $state.raw<(() => void) | undefined>(undefined);

  constructor(options: LeaveGuardOptions) {
    this.#options = options;
  }

  get isAsking(): boolean {
    return this.#wanted !== undefined;
  }

  /** Stands guard until disposed; call while there may be unsaved changes, or while Back means something else here. */
  watch(): () => void {
    const listen = new AbortController();
    const { signal } = listen;
    window.addEventListener('beforeunload', (event) => this.#options.isDirty() && event.preventDefault(), { signal });
    document.addEventListener('click', (event) => this.#click(event), { signal, capture: true });
    this.#arm();
    return () => {
      listen.abort();
      this.#release?.();
      this.#release = undefined;
    };
  }

  /** Asks, then does `go`; used for the page's own ways out. Without unsaved changes it just goes. */
  ask(go: () => void): void {
    if (this.#options.isDirty()) this.#wanted = go;
    else void this.pass(go);
  }

  stay(): void {
    this.#wanted = undefined;
    if (!this.#release) this.#arm();
  }

  /** Leaves without a further question. */
  async leave(): Promise<void> {
    const go = this.#wanted ?? this.#options.goBack;
    this.#wanted = undefined;
    await this.pass(go);
  }

  /** Takes the guard's own history entry away, then goes. */
  async pass(go: () => void): Promise<void> {
    await tick();
    if (this.#release) {
      await depthAtMost(this.#depth);
      this.#release();
      this.#release = undefined;
      await depthAtMost(this.#depth - 1);
    }
    go();
  }

  #arm(): void {
    this.#release = backCloses(() => {
      this.#release?.();
      this.#release = undefined;
      this.ask(this.#options.goBack);
    });
    this.#depth = sheetDepth();
  }

  #click(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    if (!(link instanceof HTMLAnchorElement) || !isPlain || link.origin !== location.origin) return;
    if (!this.#options.isDirty()) return;
    event.preventDefault();
    event.stopPropagation();
    const { pathname } = link;
    this.ask(() => this.#options.navigate(pathname));
  }
}
