import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig, type UserConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { compileEarly } from './bundling/compile-early.ts';
import { nameEarlyParts } from './bundling/early-parts.ts';
import { chunkOf } from './bundling/first-chunk.ts';
import { slimFonts } from './bundling/slim-fonts.ts';
import { slimPreload } from './bundling/slim-preload.ts';
import { slimSvelte } from './bundling/slim-svelte.ts';
import { splitIcons } from './bundling/split-icons.ts';
import { splitWords } from './bundling/split-words.ts';

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

/** The page: `vite build`, and Vite inside our own server in development. */
const page: UserConfig = {
  root: at('web'),
  publicDir: at('web/public'),
  resolve: { alias: slimMqtt },
  // One host, one port: our server hands requests in, so Vite's own host check would only repeat ours.
  server: { allowedHosts: true },
  plugins: [
    svelte({ configFile: at('svelte.config.js') }),
    slimPreload,
    slimSvelte,
    slimFonts(),
    splitIcons,
    splitWords(at('web/text')),
    nameEarlyParts,
    compileEarly,
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
        // For makers, not for phones; and a page that the server answers itself, with rules of its own.
        globIgnores: ['gallery/**', '**/gallery-page-*', 'trust.html', '**/trust-page-*'],
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
    modulePreload: {
      polyfill: false,
      // Files of later parts ask for what they import themselves: all their names would cost every first load a kilobyte.
      resolveDependencies: (file, parts, { hostType }) => (hostType === 'html' || /\/Body-/.test(file) ? parts : []),
    },
    rollupOptions: {
      // Names that no shared part can have: what is left out of the offline shell is told by them.
      input: {
        index: at('web/index.html'),
        'trust-page': at('web/trust.html'),
        'gallery-page': at('web/gallery/index.html'),
      },
      output: { codeSplitting: { groups: [{ name: chunkOf, debugName: 'first' }] } },
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
