import type { Plugin } from 'vite';

/** Per file of Svelte: what stands there → what stands there instead. */
const changes: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  // Hydration hangs on a variable; as a constant the bundler sees that all of it is dead (1.5 kB of the first load).
  'dom/hydration.js': [
    ['export let hydrating = false;', 'export const hydrating = false;'],
    ['hydrating = value;', ''],
  ],
  // An error made while the file loads lets a watched browser read the whole file again for its line (0.1 s on a slow phone).
  'constants.js': [['class StaleReactionError extends Error {', 'class StaleReactionError {']],
};

/** The page is drawn in the browser only, never from HTML of a server: what Svelte carries for that can go. */
export const slimSvelte: Plugin = {
  name: 'kachel-slim-svelte',
  apply: 'build',
  transform: (code, id) => {
    const file = /\/svelte\/src\/internal\/client\/(.+)$/.exec(id)?.[1];
    const own = file === undefined ? undefined : changes[file];
    if (!own) return null;
    let slim = code;
    for (const [before, after] of own) {
      if (!slim.includes(before)) throw new Error(`Svelte changed ${id}: look at it again`);
      slim = slim.replace(before, after);
    }
    return { code: slim, map: null };
  },
};
