import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { svelteCheck, tsc } from './checkers.mjs';
import { projectRoot, run, runTool } from './process.mjs';
import { hashOf, isStamped, putStamp, rootFiles } from './sources.mjs';

/** @typedef {{ code: number, output: string }} Outcome */
/**
 * `reads`: everything its result depends on; where that is named, the check is not run again while it is as it was when it passed.
 * @typedef {{ name: string, run: () => Promise<Outcome>, reads?: readonly string[] }} Check
 */

const quiet = { isQuiet: true };
const cache = 'node_modules/.cache/kachel/check';
const stamp = (/** @type {Check} */ { name }) => `${cache}/${name.replaceAll('/', '-')}.passed`;
const cached = (/** @type {string} */ tool) => [
  '--cache',
  '--cache-strategy',
  'content',
  '--cache-location',
  `${cache}/${tool}`,
];

/** What every check depends on besides the rooms it reads: the tools, and how they are called. */
const tools = [
  'package-lock.json',
  'tsconfig.json',
  'svelte.config.js',
  'server/bootstrap/checks.mjs',
  'server/bootstrap/checkers.mjs',
  'server/bootstrap/process.mjs',
];
const everything = ['bundling', 'server', 'shared', 'test', 'web', ...rootFiles()];

/** @param {string} room @param {readonly string[]} reads @returns {Check} */
const types = (room, reads) => ({
  name: `types ${room}`,
  run: () => tsc(room, ['--incremental', '--tsBuildInfoFile', `${cache}/${room.replaceAll('/', '-')}.tsbuildinfo`]),
  reads: [...tools, ...reads],
});

/**
 * What must hold before a push; longest first, so that two cores stay busy.
 * @type {readonly Check[]}
 */
export const checks = [
  {
    name: 'lint',
    run: () => runTool('eslint', ['.', '--max-warnings=0', ...cached('eslint')], quiet),
    reads: everything,
  },
  { name: 'types web', run: () => svelteCheck('web', ['--output', 'human']), reads: [...tools, 'shared', 'web'] },
  {
    name: 'canary',
    run: () => run(process.execPath, ['server/bootstrap/canary.mjs'], quiet),
    reads: [
      ...tools,
      'test/canary',
      'server/bootstrap/canary.mjs',
      'server/tsconfig.json',
      'shared/tsconfig.json',
      'shared/ambient.d.ts',
      'web/tsconfig.json',
      'eslint.config.js',
    ],
  },
  {
    name: 'format',
    run: () => runTool('prettier', ['--check', '.', '--log-level=warn', ...cached('prettier')], quiet),
    reads: everything,
  },
  types('test', everything),
  types('server', ['server', 'shared']),
  types('shared', ['shared']),
  types('web/sw', ['shared', 'web']),
];

/** @param {Check} check @returns {Promise<Outcome & { isOld: boolean }>} */
async function runUnlessPassed(check) {
  if (!check.reads) return { ...(await check.run()), isOld: false };
  const hash = hashOf(check.reads);
  if (isStamped(stamp(check), hash)) return { code: 0, output: '', isOld: true };
  const outcome = await check.run();
  if (outcome.code === 0) putStamp(stamp(check), hash);
  return { ...outcome, isOld: false };
}

/**
 * Runs all checks, as many at once as there are cores; prints one line each, and the output of those that failed.
 * @param {{ isFresh?: boolean }} [options] `isFresh`: forget what earlier runs found. ESLint's cache looks at one file at a time, so a rule
 * that reads types may miss what a change elsewhere did to an unchanged file.
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runChecks({ isFresh = false } = {}) {
  if (isFresh) rmSync(join(projectRoot, cache), { recursive: true, force: true });
  const count = { passed: 0, failed: 0 };
  const waiting = [...checks];
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const startedMs = performance.now();
      const { code, output, isOld } = await runUnlessPassed(check);
      const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
      console.log(`${code === 0 ? '✓' : '✗'} ${check.name} (${isOld ? 'unchanged since it passed' : `${seconds} s`})`);
      if (code === 0) count.passed += 1;
      else {
        count.failed += 1;
        console.log(output.trimEnd());
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, work));
  return count;
}
