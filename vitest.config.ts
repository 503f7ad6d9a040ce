import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** Everything runs in Node. Components are rendered with `svelte/server`; what needs a browser is a Playwright test (test/e2e). */
export default defineConfig({
  plugins: [svelte()],
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.contract.ts'],
    exclude: ['test/e2e/**', 'test/bench/**', 'test/canary/**'],
    environment: 'node',
    allowOnly: false,
    testTimeout: 15_000,
    hookTimeout: 15_000,
    restoreMocks: true,
  },
});
