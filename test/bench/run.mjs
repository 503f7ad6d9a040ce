/**
 * `npm run bench [-- name …]`: runs the benchmarks against the built server and prints each figure beside its goal.
 * A benchmark with goals, never a test: a miss is printed, it does not fail anything.
 */
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { createServer } from 'vite';

/** THE LIST of benchmarks. */
const benches = ['page', 'live', 'restart', 'rights'];

const wanted = process.argv.slice(2);
const build = spawnSync(process.execPath, ['server/bootstrap/build.mjs'], { stdio: 'inherit' });
if (build.status !== 0) process.exit(build.status ?? 1);

const vite = await createServer({
  configFile: false,
  server: { middlewareMode: true, watch: null, ws: false },
  appType: 'custom',
  logLevel: 'error',
});
try {
  for (const name of benches.filter((one) => wanted.length === 0 || wanted.includes(one))) {
    const { bench } = await vite.ssrLoadModule(`/test/bench/${name}.ts`);
    for (const row of await bench()) process.stdout.write(`${formatRow(row)}\n`);
  }
} finally {
  await vite.close();
}

/** @param {{ what: string, value: number, unit: string, goal: number, isMore?: boolean }} row */
function formatRow({ what, value, unit, goal, isMore }) {
  const isMet = isMore ? value >= goal : value <= goal;
  const shown = value < 10 ? value.toFixed(2) : value.toFixed(1);
  return `${isMet ? 'ok  ' : 'MISS'}  ${what.padEnd(64)} ${shown.padStart(8)} ${unit.padEnd(7)} goal ${isMore ? '≥' : '≤'} ${goal}`;
}
