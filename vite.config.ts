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
    rollupOptions: { input: { index: at('web/index.html'), gallery: at('web/gallery/index.html') } },
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
