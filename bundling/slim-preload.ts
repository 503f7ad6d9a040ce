import type { Plugin } from 'vite';

const helper = '\0vite/preload-helper.js';

/** Loads a later part beside its styles (it waits for those) and, where a part names them, its own imports. */
const code = `
const asked = {};
const ask = (href) => asked[href] ??= new Promise((done, fail) => {
  const isStyle = href.endsWith('.css');
  const early = document.querySelector('link[href="' + href + '"]');
  if (early && (early.sheet || !isStyle)) return done();
  const link = early || document.createElement('link');
  link.onload = done;
  link.onerror = () => { delete asked[href]; link.remove(); fail(new Error(href)); };
  if (early) return;
  link.rel = isStyle ? 'stylesheet' : 'modulepreload';
  link.crossOrigin = '';
  link.href = href;
  document.head.append(link);
  if (!isStyle) done();
});
export const __vitePreload = (load, parts = []) => Promise.all(parts.map((part) => ask('/' + part))).then(load);
`;

/**
 * Vite's own helper for later parts also serves nonces, relative bases and settled errors: 0.3 kB of the first load. This page has
 * fixed addresses and its own way to say that the network is gone.
 */
export const slimPreload: Plugin = {
  name: 'kachel-slim-preload',
  apply: 'build',
  enforce: 'pre',
  load: { order: 'pre', handler: (id) => (id === helper ? { code, moduleSideEffects: false } : null) },
};
