import { availableParallelism } from 'node:os';
import { defineConfig } from 'playwright/test';
import { chromiumArgs, chromiumPath } from './test/support/chromium.ts';

/** The phone in hand: journeys in a real browser against the built server (test/e2e). */
export default defineConfig({
  testDir: './test/e2e',
  outputDir: './test-results',
  forbidOnly: true,
  fullyParallel: false,
  // Each journey has a server, ports and a data directory of its own.
  workers: Math.min(2, availableParallelism()),
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: chromiumPath, args: chromiumArgs },
    viewport: { width: 390, height: 844 },
    screenshot: 'only-on-failure',
    // A sixth of the time. Hunting a failure: `npm run e2e -- NAME --trace retain-on-failure`.
    trace: 'off',
  },
});
