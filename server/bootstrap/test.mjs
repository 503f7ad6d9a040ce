import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runChecks } from './checks.mjs';
import { ensureChromium } from './chromium.mjs';
import { ensureInstalled, requireNode } from './install.mjs';
import { projectRoot, run, runTool } from './process.mjs';
import { ensurePrograms } from './programs.mjs';
import { hashSources, isBuilt } from './sources.mjs';

/** `npm test`: installs what is missing, then everything; the last line is `N passed, N failed`. */

/** @typedef {{ passed: number, failed: number }} Count */

const reports = join(projectRoot, 'node_modules/.cache/kachel');

/** @param {string} text */
const title = (text) => console.log(`\n— ${text} —`);

/**
 * A runner that died without a report, or failed outside any test, counts as one failure.
 * @param {number} code
 * @param {string} file
 * @param {(report: any) => Count} read
 * @returns {Count}
 */
function countOf(code, file, read) {
  const count = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : { passed: 0, failed: 0 };
  return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

/** @returns {Promise<Count>} */
async function runVitest() {
  const file = join(reports, 'vitest.json');
  rmSync(file, { force: true });
  const { code } = await runTool('vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  return countOf(code, file, (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numPendingTests,
  }));
}

/** @returns {Promise<Count>} */
async function buildAll() {
  if (isBuilt(hashSources())) return { passed: 1, failed: 0 };
  const { code } = await run(process.execPath, ['server/bootstrap/build.mjs']);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** @returns {Promise<Count>} */
async function runPlaywright() {
  const file = join(reports, 'playwright.json');
  rmSync(file, { force: true });
  const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: file };
  const { code } = await runTool('playwright', ['test', '--reporter=list,json'], { env });
  return countOf(code, file, ({ stats }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + stats.skipped,
  }));
}

requireNode();
if (!(await ensureInstalled()) || !(await ensureChromium())) {
  console.log('0 passed, 1 failed');
  process.exit(1);
}
await ensurePrograms();
mkdirSync(reports, { recursive: true });

/** The build comes before the tests: some of them start the built server. @type {readonly (readonly [string, () => Promise<Count>])[]} */
const stages = [
  ['Lint, types, canaries', () => runChecks({ isFresh: true })],
  ['Build', buildAll],
  ['Unit, contract and integration tests', runVitest],
];
const hasJourneys = readdirSync(join(projectRoot, 'test/e2e')).some((name) => /\.(spec|test)\.ts$/.test(name));

let passed = 0;
let failed = 0;
for (const [name, work] of hasJourneys ? [...stages, /** @type {const} */ (['Browser', runPlaywright])] : stages) {
  title(name);
  const count = await work();
  passed += count.passed;
  failed += count.failed;
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
