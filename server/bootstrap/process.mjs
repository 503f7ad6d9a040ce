import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Where the project lies, with a slash at its end. */
export const projectRoot = fileURLToPath(new URL('../../', import.meta.url));

const isGerman = /^de/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '');

/**
 * Prints one line in the language of the terminal.
 * @param {string} en
 * @param {string} de
 */
export function say(en, de) {
  console.log(isGerman ? de : en);
}

/** Command-line tools by the file that Node runs: no shell, no `npx`, the same on every system. */
export const tools = {
  eslint: 'node_modules/eslint/bin/eslint.js',
  playwright: 'node_modules/playwright/cli.js',
  prettier: 'node_modules/prettier/bin/prettier.cjs',
  svelteCheck: 'node_modules/svelte-check/bin/svelte-check',
  // The compiler in machine code, ten times as fast; `typescript` itself stays the library that ESLint and svelte-check read with.
  tsc: 'node_modules/@typescript/native/bin/tsc',
  vitest: 'node_modules/vitest/vitest.mjs',
};

/**
 * Runs a program in the project's folder and waits for its end.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ isQuiet?: boolean, env?: Record<string, string> }} [options] `isQuiet`: keep the output instead of showing it
 * @returns {Promise<{ code: number, output: string }>} code 127 when the program does not exist
 */
export function run(program, args, options = {}) {
  const stdio = /** @type {import('node:child_process').StdioOptions} */ (
    options.isQuiet ? ['ignore', 'pipe', 'pipe'] : 'inherit'
  );
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: projectRoot, stdio, env: { ...process.env, ...options.env } });
    let output = '';
    child.stdout?.on('data', (/** @type {Buffer} */ chunk) => (output += chunk.toString()));
    child.stderr?.on('data', (/** @type {Buffer} */ chunk) => (output += chunk.toString()));
    child.on('error', (error) => resolve({ code: 127, output: `${output}${error.message}\n` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * @param {keyof typeof tools} tool
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export const runTool = (tool, args, options) => run(process.execPath, [tools[tool], ...args], options);
