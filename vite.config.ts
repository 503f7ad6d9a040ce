import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import * as icons from '@mdi/js';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Oldest browsers that are served; older ones get a plain sentence from index.html. */
export const browserFloor = ['chrome111', 'safari16.4', 'firefox115'];

/** The MQTT client as the page carries it: without its Node baggage (98 kB → about 62 kB). */
const slimMqtt = [
  { find: /^debug$/, replacement: at('web/live/slim/debug.cjs') },
  { find: /^worker-timers$/, replacement: at('web/live/slim/worker-timers.ts') },
  { find: /^rfdc\/default$/, replacement: at('web/live/slim/clone.ts') },
  { find: /^process\/$/, replacement: at('web/live/slim/process.ts') },
];

/** Asks for the one font file of the first paint beside the style sheet instead of after it. */
const preloadFont: Plugin = {
  name: 'kachel-preload-font',
  transformIndexHtml: (_html, { bundle }) =>
    Object.keys(bundle ?? {})
      .filter((file) => /archivo-latin-wdth-normal.*\.woff2$/.test(file))
      .map((file) => ({
        tag: 'link',
        attrs: { rel: 'preload', href: `/${file}`, as: 'font', type: 'font/woff2', crossorigin: true },
        injectTo: 'head',
      })),
};

/** `@mdi/js` is one module, and a module is never divided: all icons of all pages would come first. Each icon becomes its own. */
const iconPrefix = 'kachel-icon:';
const splitIcons: Plugin = {
  name: 'kachel-split-icons',
  apply: 'build',
  resolveId: (id) => (id.startsWith(iconPrefix) ? `\0${id}` : null),
  load: (id) => {
    if (!id.startsWith(`\0${iconPrefix}`)) return null;
    const name = id.slice(iconPrefix.length + 1);
    return `export const ${name} = ${JSON.stringify(Reflect.get(icons, name))};`;
  },
  transform: (code) => {
    if (!code.includes('@mdi/js')) return null;
    const divided = code.replace(/import\s*\{([^}]*)\}\s*from\s*['"]@mdi\/js['"];?/g, (_all, names: string) =>
      names
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '')
        .map((name) => `import { ${name} } from '${iconPrefix}${name}';`)
        .join(''),
    );
    return { code: divided, map: null };
  },
};

interface ModuleGraph {
  getModuleInfo(id: string): { readonly importers: readonly string[] } | null;
}

/** Parts of Svelte's runtime that only later pages use; its one index file hides that from the graph. */
const laterRuntime = /\/svelte\/src\/.*\/(transitions|svelte-element|select|input|bindings\/shared)\.js$/;
/** Small things shared by later pages: one file instead of thirty. */
const laterParts = /\/web\/ui\/|^\0kachel-icon:/;

/**
 * What the first picture needs comes as one file, because many small ones compress and travel worse: whatever is imported
 * statically below main.ts, without main.ts itself, so that the gallery may share it.
 */
function chunkOf(id: string, graph: ModuleGraph): string | null {
  if (id.endsWith('/web/main.ts') || laterRuntime.test(id)) return null;
  const seen = new Set<string>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.endsWith('/web/main.ts')) return 'first';
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...(graph.getModuleInfo(next)?.importers ?? []));
  }
  return laterParts.test(id) ? 'parts' : null;
}

/** The page: `vite build`, and Vite inside our own server in development. */
const page: UserConfig = {
  root: at('web'),
  publicDir: at('web/public'),
  resolve: { alias: slimMqtt },
  // One host, one port: our server hands requests in, so Vite's own host check would only repeat ours.
  server: { allowedHosts: true },
  plugins: [
    svelte({ configFile: at('svelte.config.js') }),
    preloadFont,
    splitIcons,
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'sw',
      filename: 'service-worker.ts',
      // The manifest is a plain file in web/public, registration is our own (updates only on consent).
      manifest: false,
      injectRegister: false,
      injectManifest: {
        rollupFormat: 'iife',
        globPatterns: ['**/*.{html,js,css,woff2,svg,png,webmanifest}'],
        // For makers, not for phones.
        globIgnores: ['gallery/**', '**/gallery-*'],
      },
    }),
  ],
  build: {
    outDir: at('dist/web'),
    emptyOutDir: true,
    target: browserFloor,
    cssTarget: browserFloor,
    // Inlined assets would need `data:` in the CSP and cannot be cached apart.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { index: at('web/index.html'), gallery: at('web/gallery/index.html') },
      output: { codeSplitting: { groups: [{ name: chunkOf }] } },
      // Svelte does not say so itself: its runtime may be left out piece by piece (flags are set by importing them).
      treeshake: { moduleSideEffects: [{ test: /\/svelte\/src\/(?!internal\/flags)/, sideEffects: false }] },
    },
    reportCompressedSize: false,
  },
};

/** The server: `vite build --ssr server/main.ts`; packages stay outside. */
const server: UserConfig = {
  root: at('.'),
  publicDir: false,
  ssr: { external: true },
  build: {
    outDir: at('dist/server'),
    emptyOutDir: true,
    target: 'node20',
    rollupOptions: { output: { entryFileNames: 'main.js', chunkFileNames: 'chunks/[name]-[hash].js' } },
    reportCompressedSize: false,
  },
};

export default defineConfig(({ isSsrBuild }) => (isSsrBuild ? server : page));
