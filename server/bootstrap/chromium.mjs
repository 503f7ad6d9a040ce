import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run, runTool, say } from './process.mjs';

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

/** Debian's package brings all libraries with it, Playwright's download does not. */
const canAptGet = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** @param {string} name */
async function installByApt(name) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { isQuiet: true, env });
  return run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], { isQuiet: true, env });
}

/** One journey lets Chromium trust a home authority; without this tool it fails and says what is missing. */
export async function ensureCertutil() {
  const isThere = (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, 'certutil')));
  if (!isThere && canAptGet()) await installByApt('libnss3-tools');
}

/** Installs Chromium when there is none. @returns {Promise<boolean>} false when it failed */
export async function ensureChromium() {
  if (await findChromium()) return true;
  say('Installing Chromium for the tests, once.', 'Installiere Chromium für die Tests, einmalig.');
  const { output } = canAptGet() ? await installByApt('chromium') : { output: '' };
  if (await findChromium()) return true;
  const download = await runTool('playwright', ['install', 'chromium'], { isQuiet: true });
  if (await findChromium()) return true;
  console.error(`${output}${download.output}`.trimEnd());
  say(
    'Chromium could not be installed. Install it by hand and name it: KACHEL_CHROMIUM=/path npm test',
    'Chromium ließ sich nicht installieren. Installiere es selbst und nenne es: KACHEL_CHROMIUM=/pfad npm test',
  );
  return false;
}
