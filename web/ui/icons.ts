import { getContext, setContext } from 'svelte';

/** Icons that people chose: looked up by name, delivered by the server with the house. */
export interface IconSource {
  /** SVG path data on a 24 × 24 grid; undefined = not known (yet). */
  path(name: string): string | undefined;
}

const key = Symbol('icons');
const none: IconSource = { path: () => undefined };

/** Gives the icons to everything below. `path` should read reactive state. */
export const setIcons = (source: IconSource): void => {
  setContext(key, source);
};

/** Icons of the nearest source; without one every name is unknown. Call while a component initialises. */
export const getIcons = (): IconSource => getContext<IconSource | undefined>(key) ?? none;
