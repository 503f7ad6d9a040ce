import type { Plugin } from 'vite';

/** Per file of Svelte: what stands there → what stands there instead. */
const changes: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  // Hydration hangs on a variable; as a constant the bundler sees that all of it is dead (1.5 kB of the first load).
  'dom/hydration.js': [
    ['export let hydrating = false;', 'export const hydrating = false;'],
    ['hydrating = value;', ''],
  ],
  // Four collections for every `{#if}`, most of which stay empty: nearly a thousand objects for a room. They come with what is put in.
  'dom/blocks/branches.js': [
    ['export class BranchManager {', 'const none = new Map();\nexport class BranchManager {'],
    ['#batches = new Map();', '#batches = none;'],
    ['#onscreen = new Map();', '#onscreen = none;'],
    ['#offscreen = new Map();', '#offscreen = none;'],
    ['#outroing = new Set();', '#outroing = none;'],
    ['this.#outroing.add(k);', '(this.#outroing === none ? (this.#outroing = new Set()) : this.#outroing).add(k);'],
    ['this.#onscreen.set(key, offscreen.effect);', 'this.#show(key, offscreen.effect);'],
    ['this.#onscreen.set(\n', 'this.#show(\n'],
    ['this.#offscreen.set(key, {', 'this.#hide(key, {'],
    ['this.#offscreen.set(k, {', 'this.#hide(k, {'],
    [
      'this.#batches.set(batch, key);',
      // What is drawn for the first time, and at once, has nothing to take away.
      'if (!defer && this.#isFirst) { this.#isFirst = false; return; }\n' +
        'this.#isFirst = false;\n' +
        '(this.#batches === none ? (this.#batches = new Map()) : this.#batches).set(batch, key);',
    ],
    // Two functions for each, for the rare case that drawing is put off.
    ['#commit = (batch) => {', '#commit(batch) {'],
    ['#discard = (batch) => {', '#discard(batch) {'],
    ['batch.oncommit(this.#commit);', 'batch.oncommit((one) => this.#commit(one));'],
    ['batch.ondiscard(this.#discard);', 'batch.ondiscard((one) => this.#discard(one));'],
    [
      '#transition = true;',
      '#transition = true;\n#isFirst = true;\n' +
        '#show(key, effect) { (this.#onscreen === none ? (this.#onscreen = new Map()) : this.#onscreen).set(key, effect); }\n' +
        '#hide(key, one) { (this.#offscreen === none ? (this.#offscreen = new Map()) : this.#offscreen).set(key, one); }',
    ],
  ],
  // Most `{#if}` are false at first, and many for good: what manages their branches comes with the first one that is drawn.
  'dom/blocks/if.js': [
    ['var branches = new BranchManager(node);', 'var branches;'],
    [
      'branches.ensure(key, fn);\n\t}\n\n\tblock',
      '(branches ??= new BranchManager(node)).ensure(key, fn);\n\t}\n\n\tblock',
    ],
    ['if (!has_branch) {', 'if (!has_branch && branches) {'],
  ],
  // Nearly all template effects await nothing: four empty lists and two detours for each of a thousand.
  'reactivity/effects.js': [
    [
      'export function template_effect(fn, sync = [], async = [], blockers = []) {',
      'export function template_effect(fn, sync = [], async = [], blockers = []) {\n' +
        'if (arguments.length === 1) { create_effect(RENDER_EFFECT, () => { fn(); }); return; }',
    ],
  ],
  // `before` takes any number of nodes and texts, and looks at each; there is one node.
  'dom/template.js': [
    ['anchor.before(/** @type {Node} */ (dom));', 'anchor.parentNode?.insertBefore(dom, anchor);'],
    ['frag.append(start, anchor);', 'frag.appendChild(start);\nfrag.appendChild(anchor);'],
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
