import { availableParallelism } from 'node:os';
import { run, runTool } from './process.mjs';

/** @typedef {{ name: string, run: () => Promise<{ code: number, output: string }> }} Check */

const quiet = { isQuiet: true };
const cache = 'node_modules/.cache/kachel';

/** @param {string} room @returns {Check} */
const types = (room) => ({
  name: `types ${room}`,
  run: () =>
    runTool(
      'tsc',
      ['-p', room, '--incremental', '--tsBuildInfoFile', `${cache}/${room.replaceAll('/', '-')}.tsbuildinfo`],
      quiet,
    ),
});

/**
 * What must hold before a push; longest first, so that two cores stay busy.
 * @type {readonly Check[]}
 */
export const checks = [
  {
    name: 'lint',
    run: () => runTool('eslint', ['.', '--max-warnings=0', '--cache', '--cache-location', `${cache}/eslint/`], quiet),
  },
  {
    name: 'types web',
    run: () =>
      runTool('svelteCheck', ['--tsconfig', 'web/tsconfig.json', '--fail-on-warnings', '--output', 'human'], quiet),
  },
  types('test'),
  types('server'),
  { name: 'canary', run: () => run(process.execPath, ['server/bootstrap/canary.mjs'], quiet) },
  types('shared'),
  types('web/sw'),
  {
    name: 'format',
    run: () =>
      runTool(
        'prettier',
        ['--check', '.', '--log-level=warn', '--cache', '--cache-location', `${cache}/prettier`],
        quiet,
      ),
  },
];

/**
 * Runs all checks, as many at once as there are cores; prints one line each, and the output of those that failed.
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runChecks() {
  const count = { passed: 0, failed: 0 };
  const waiting = [...checks];
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const startedMs = performance.now();
      const { code, output } = await check.run();
      const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
      console.log(`${code === 0 ? '✓' : '✗'} ${check.name} (${seconds} s)`);
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
