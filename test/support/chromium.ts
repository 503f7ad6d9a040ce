import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

const own = '/usr/bin/chromium';

/** The browser of all tests: `KACHEL_CHROMIUM`, else the system's, else Playwright's (the same order as server/bootstrap/chromium.mjs). */
export const chromiumPath = process.env.KACHEL_CHROMIUM ?? (existsSync(own) ? own : chromium.executablePath());

/** Keeps Chromium quiet and off the network; a test house is reached as `http://kachel.test:PORT`, plain HTTP under a name. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP kachel.test 127.0.0.1',
];
