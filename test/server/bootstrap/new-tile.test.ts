import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const tools = {
  eslint: 'node_modules/eslint/bin/eslint.js',
  new: 'server/bootstrap/new.mjs',
  prettier: 'node_modules/prettier/bin/prettier.cjs',
  tsc: 'node_modules/@typescript/native/bin/tsc',
  vitest: 'node_modules/vitest/vitest.mjs',
};
const copied = ['web', 'shared', 'server', 'bundling', 'test', 'package.json', 'tsconfig.json'].concat(
  ['eslint.config.js', 'svelte.config.js', 'vite.config.ts', 'vitest.config.ts', 'playwright.config.ts'],
  ['.prettierrc', '.prettierignore'],
);
/** A whole program is read twice; on a busy machine that takes its time. */
const patienceMs = 180_000;

let root = '';
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

/** What a tool says in the copy, and how it ends. */
async function inCopy(tool: keyof typeof tools, ...args: string[]): Promise<{ code: unknown; output: string }> {
  const env = { ...process.env, LANG: 'C', LC_ALL: 'C', NO_COLOR: '1', FORCE_COLOR: '' };
  const options = { cwd: root, env };
  return promisify(execFile)(process.execPath, [tools[tool], ...args], options).then(
    ({ stdout }) => ({ code: 0, output: stdout }),
    (error: { code: unknown; stdout: string; stderr: string }) => ({
      code: error.code,
      output: error.stdout + error.stderr,
    }),
  );
}

const written = [
  ...['index', 'look', 'options', 'plan'].map((name) => `web/tiles/water-tank/${name}.ts`),
  'test/web/tiles/water-tank.test.ts',
  'web/tiles/registry.ts',
  'web/text/kind.ts',
];

describe('npm run new tile', () => {
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'kachel-new-'));
    for (const path of copied) cpSync(resolve(path), join(root, path), { recursive: true });
    symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it.each([[['tile']], [['tile', 'Tank']], [['tile', '../x']], [['tile', 'parts']], [['room', 'tank']]])(
    'refuses %j',
    async (args) => {
      const { code, output } = await inCopy('new', ...args);
      expect([code, output.slice(0, 21)]).toEqual([2, 'npm run new tile NAME']);
    },
  );

  it('refuses a kind that is there already, and changes nothing', async () => {
    const before = textOf('web/tiles/registry.ts');
    expect(await inCopy('new', 'tile', 'gauge')).toEqual({ code: 2, output: 'There is a kind gauge already.\n' });
    expect(textOf('web/tiles/registry.ts')).toBe(before);
  });

  it(
    'makes a kind that passes types, lint, format, the contract of all kinds and its own test',
    { timeout: patienceMs },
    async () => {
      const made = await inCopy('new', 'tile', 'water-tank', "Cook's tank", 'Wassertank');
      expect(made.output.split('\n')).toEqual(expect.arrayContaining(written));
      expect(textOf('web/text/kind.ts').match(/kindWaterTank: .*/g)).toEqual([
        `kindWaterTank: "Cook's tank",`,
        `kindWaterTank: 'Wassertank',`,
      ]);
      expect(await inCopy('tsc', '--noEmit', '-p', 'test')).toEqual({ code: 0, output: '' });
      expect(await inCopy('prettier', '--list-different', ...written)).toEqual({ code: 0, output: '' });
      expect(await inCopy('eslint', '--max-warnings=0', ...written)).toEqual({ code: 0, output: '' });
      const tests = ['test/contracts/tile.contract.ts', 'test/web/tiles/water-tank.test.ts', '-t', 'water-tank'];
      const { code, output } = await inCopy('vitest', 'run', ...tests);
      expect(code, output).toBe(0);
      expect(Number(/Tests\s+(\d+) passed/.exec(output)?.[1])).toBeGreaterThan(60);
    },
  );
});
