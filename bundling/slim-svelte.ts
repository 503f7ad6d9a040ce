import type { Plugin } from 'vite';

const state = 'export let hydrating = false;';
const assignment = 'hydrating = value;';

/**
 * The page is drawn in the browser only, never from HTML of a server: all of Svelte's hydration can go (1.5 kB of the first load).
 * Svelte keeps it behind a variable; as a constant the bundler sees that it is dead.
 */
export const slimSvelte: Plugin = {
  name: 'kachel-slim-svelte',
  apply: 'build',
  transform: (code, id) => {
    if (id.endsWith('/svelte/src/internal/client/dom/hydration.js')) {
      if (!code.includes(state) || !code.includes(assignment))
        throw new Error(`Svelte changed ${id}: look at it again`);
      return { code: code.replace(state, state.replace('let', 'const')).replace(assignment, ''), map: null };
    }
    return null;
  },
};
