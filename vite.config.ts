import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig, type UserConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Oldest browsers that are served; older ones get a plain sentence from index.html. */
export const browserFloor = ['chrome111', 'safari16.4', 'firefox115'];

/** The page: `vite build`, and Vite inside our own server in development. */
const page: UserConfig = {
  root: at('web'),
  publicDir: at('web/public'),
  // One host, one port: our server hands requests in, so Vite's own host check would only repeat ours.
  server: { allowedHosts: true },
  plugins: [
    svelte({ configFile: at('svelte.config.js') }),
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
