import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run, say } from './process.mjs';

/** Programs of other people that some tests drive, with the Debian package that brings each. */
const programs = [
  { name: 'certutil', debianPackage: 'libnss3-tools' },
  { name: 'mosquitto_sub', debianPackage: 'mosquitto-clients' },
];

/** Debian's packages bring all libraries with them. */
export const canAptGet = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** @param {readonly string[]} names @returns {Promise<{ output: string }>} */
export async function installByApt(...names) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { isQuiet: true, env });
  return run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], { isQuiet: true, env });
}

/** @param {string} name */
export const isOnPath = (name) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));

/**
 * What can be done about missing programs here.
 * @typedef {object} System
 * @property {(name: string) => boolean} has
 * @property {() => boolean} canAptGet
 * @property {(...names: string[]) => Promise<{ output: string }>} aptGet
 */

/**
 * Installs what is missing where that is possible; elsewhere it names the packages, and the tests that need them fail.
 * @param {System} [system]
 * @returns {Promise<readonly string[]>} the packages that are still missing
 */
export async function ensurePrograms(system = { has: isOnPath, canAptGet, aptGet: installByApt }) {
  const missing = () => programs.filter(({ name }) => !system.has(name)).map(({ debianPackage }) => debianPackage);
  if (missing().length > 0 && system.canAptGet()) await system.aptGet(...missing());
  const left = missing();
  if (left.length > 0)
    say(
      `Some tests will fail without ${left.join(', ')}: apt-get install ${left.join(' ')}`,
      `Ohne ${left.join(', ')} scheitern einige Tests: apt-get install ${left.join(' ')}`,
    );
  return left;
}
