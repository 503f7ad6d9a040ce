import { defineConfig } from 'playwright/test';
import { chromiumArgs, chromiumPath } from './test/support/chromium.ts';

/** The phone in hand: journeys in a real browser against the built server (test/e2e). */
export default defineConfig({
  testDir: './test/e2e',
  outputDir: './test-results',
  forbidOnly: true,
  fullyParallel: false,
  workers: 1,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: chromiumPath, args: chromiumArgs },
    viewport: { width: 390, height: 844 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
});
