/**
 * `npm run bench:broker [-- word …]`: our broker beside Mosquitto under the same loads, as a table with goals.
 * `npm run bench:broker -- readme`: all of it, and into the README.
 * `npm run bench:broker -- fairness [word …]`: what the others notice while one attacks.
 * A benchmark, never a test: a miss is printed, it does not fail anything. Words choose lines by their names.
 */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

const words = process.argv.slice(2);
const isBuilt = words[0] === '--built';
if (!isBuilt) {
  const made = spawnSync(process.execPath, ['server/bootstrap/build.mjs'], { stdio: 'inherit' });
  if (made.status !== 0) process.exit(made.status ?? 1);
}

// Beside the packages, so that the program finds them.
const program = resolve('node_modules', `.bench-broker-${process.pid}`);
try {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: program,
      target: 'node20',
      ssr: true,
      rollupOptions: { input: ['test/bench/broker/main.ts', 'test/bench/broker/worker.ts'] },
    },
  });
  const { bench } = await import(pathToFileURL(`${program}/main.js`).href);
  await bench(`${program}/worker.js`, words.slice(isBuilt ? 1 : 0));
} finally {
  rmSync(program, { recursive: true, force: true });
}
