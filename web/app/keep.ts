import type { Keep } from './theme.svelte.ts';

/** localStorage that never throws. */
export const browserKeep: Keep = {
  read: (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  write: (key, value) => {
    try {
      localStorage.setItem(key, value);
    } catch {
      // Full or forbidden: the choice lasts as long as the page.
    }
  },
};
