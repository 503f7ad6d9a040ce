import { defineConfig } from 'playwright/test';
import { chromiumArgs, chromiumPath } from '../support/chromium.ts';

/** `npm run screenshots`: pictures of the demo house for the README, into this folder. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.shots.ts',
  outputDir: '../../test-results',
  workers: 1,
  timeout: 120_000,
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: chromiumPath, args: chromiumArgs },
    deviceScaleFactor: 2,
    reducedMotion: 'reduce',
  },
});
