import { existsSync } from 'node:fs';
import { runTool, say } from './process.mjs';
import { canAptGet, installByApt } from './programs.mjs';

const own = '/usr/bin/chromium';

/** Where Playwright put its own download, or `undefined`. */
async function playwrightsOwn() {
  const { chromium } = await import('playwright');
  const path = chromium.executablePath();
  return existsSync(path) ? path : undefined;
}

/**
 * The browser of all tests: `KACHEL_CHROMIUM`, else the system's, else Playwright's.
 * @returns {Promise<string | undefined>}
 */
export async function findChromium() {
  const named = process.env.KACHEL_CHROMIUM;
  if (named) return named;
  return existsSync(own) ? own : playwrightsOwn();
}

/**
 * What can be done about a missing Chromium here.
 * @typedef {object} System
 * @property {() => Promise<string | undefined>} find
 * @property {() => boolean} canAptGet
 * @property {() => Promise<{ output: string }>} aptGet
 * @property {() => Promise<{ output: string }>} download
 */

/** @type {System} */
const thisSystem = {
  find: findChromium,
  canAptGet,
  aptGet: () => installByApt('chromium'),
  download: () => runTool('playwright', ['install', 'chromium'], { isQuiet: true }),
};

/**
 * Installs Chromium when there is none: Debian's as root, else Playwright's download, which also steps in when Debian's fails.
 * @param {System} [system]
 * @returns {Promise<{ isThere: boolean, output: string }>} what the installers said
 */
export async function installChromium({ find, canAptGet, aptGet, download } = thisSystem) {
  if (await find()) return { isThere: true, output: '' };
  say('Installing Chromium for the tests, once.', 'Installiere Chromium für die Tests, einmalig.');
  const { output } = canAptGet() ? await aptGet() : { output: '' };
  if (await find()) return { isThere: true, output };
  const downloaded = await download();
  return { isThere: (await find()) !== undefined, output: output + downloaded.output };
}

/** Installs Chromium when there is none. @returns {Promise<boolean>} false when it failed */
export async function ensureChromium() {
  const { isThere, output } = await installChromium();
  if (isThere) return true;
  console.error(output.trimEnd());
  say(
    'Chromium could not be installed. Install it by hand and name it: KACHEL_CHROMIUM=/path npm test',
    'Chromium ließ sich nicht installieren. Installiere es selbst und nenne es: KACHEL_CHROMIUM=/pfad npm test',
  );
  return false;
}
