import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isSqliteCompiled, sqlitePackage } from '../which-sqlite.mjs';
import { projectRoot, run, say } from './process.mjs';

const oldestNode = [20, 19];
const progressEveryMs = 10_000;
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** @param {string} path @returns {Record<string, { version?: string, optional?: boolean, link?: boolean }>} */
const packagesOf = (path) => JSON.parse(readFileSync(join(projectRoot, path), 'utf8')).packages;

/** True when every package of the lock file lies in node_modules in exactly that version. */
function isInstalled() {
  if (!existsSync(join(projectRoot, 'node_modules/.package-lock.json'))) return false;
  const installed = packagesOf('node_modules/.package-lock.json');
  return Object.entries(packagesOf('package-lock.json')).every(
    ([path, wanted]) =>
      path === '' ||
      wanted.optional ||
      (installed[path]?.version === wanted.version && existsSync(join(projectRoot, path))),
  );
}

/** SQLite is native code, and may be built for another version of Node. @returns {boolean} */
function doesSqliteLoad() {
  try {
    const Database = createRequire(join(projectRoot, 'package.json'))(sqlitePackage);
    new Database(':memory:').close();
    return true;
  } catch {
    return false;
  }
}

/** @param {readonly string[]} args @param {string} name */
async function runNpm(args, name) {
  const startedMs = performance.now();
  const timer = setInterval(() => {
    const seconds = Math.round((performance.now() - startedMs) / 1_000);
    say(`  … ${name}, ${seconds} s so far`, `  … ${name}, bisher ${seconds} s`);
  }, progressEveryMs);
  const result = await run(npm, args, { isQuiet: true });
  clearInterval(timer);
  return result;
}

/** After an upgrade only what changed is installed, so that SQLite is not compiled again; what npm cannot mend is made anew. */
async function installPackages() {
  // Nothing but SQLite 12 has to run a script.
  const scripts = isSqliteCompiled ? [] : ['--ignore-scripts'];
  const options = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=error', ...scripts];
  if (existsSync(join(projectRoot, 'node_modules/.package-lock.json'))) {
    const result = await runNpm(['install', '--no-save', ...options], 'npm install');
    if (result.code === 0 && isInstalled()) return result;
  }
  return runNpm(['ci', ...options], 'npm ci');
}

/** @param {string} output */
function explainFailure(output) {
  console.error(output.trimEnd());
  say(
    'Installing failed; the reason stands above. If it is about compiling: `apt-get install build-essential python3`, then again.',
    'Das Installieren ist gescheitert, der Grund steht oben. Geht es ums Übersetzen: `apt-get install build-essential python3`, dann noch einmal.',
  );
}

/** Ends with a plain sentence on a Node that is too old. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldestNode;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  say(
    `Kachel needs Node.js ${oldestNode.join('.')} or newer; this is ${process.versions.node}. See https://nodejs.org.`,
    `Kachel braucht Node.js ${oldestNode.join('.')} oder neuer; dies ist ${process.versions.node}. Siehe https://nodejs.org.`,
  );
  process.exit(2);
}

/** Installs what is missing. Costs a few milliseconds when nothing is. @returns {Promise<boolean>} false when it failed */
export async function ensureInstalled() {
  if (!isInstalled()) {
    if (isSqliteCompiled) {
      say(
        'Installing packages, once. SQLite may be compiled: one to three minutes, on a Raspberry Pi up to ten.',
        'Installiere Pakete, einmalig. SQLite wird womöglich übersetzt: eine bis drei Minuten, auf dem Raspberry Pi bis zu zehn.',
      );
    } else say('Installing packages, once: a minute or so.', 'Installiere Pakete, einmalig: etwa eine Minute.');
    const { code, output } = await installPackages();
    if (code !== 0) {
      explainFailure(output);
      return false;
    }
  }
  if (doesSqliteLoad()) return true;
  say(
    'Compiling SQLite for this Node.js, a minute or two.',
    'Übersetze SQLite für dieses Node.js, ein bis zwei Minuten.',
  );
  const { code, output } = await runNpm(['rebuild', sqlitePackage], `npm rebuild ${sqlitePackage}`);
  if (code === 0 && doesSqliteLoad()) return true;
  explainFailure(output);
  return false;
}
