import { getContext, setContext } from 'svelte';

/** One tab stop per grid: which tile holds it. */
export interface TileFocus {
  /** Reactive. */
  isActive(tileId: string): boolean;
  activate(tileId: string): void;
}

const key = Symbol('tile-focus');
const alone: TileFocus = { isActive: () => true, activate: () => undefined };

export const setTileFocus = (focus: TileFocus): void => {
  setContext(key, focus);
};

/** A tile outside a grid (preview, gallery) is always its own tab stop. */
export const getTileFocus = (): TileFocus => getContext<TileFocus | undefined>(key) ?? alone;
