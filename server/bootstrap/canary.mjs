import { ESLint } from 'eslint';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { svelteCheck, tsc } from './checkers.mjs';
import { projectRoot } from './process.mjs';

/**
 * `npm run check:canary`: checkers have been seen to pass on nothing. Each file in test/canary holds one known mistake, named in its
 * `canary:` comment; this fails when the checker does not find exactly that. `as PATH`: linted as if it were that file.
 */
const folder = join(projectRoot, 'test/canary');

const canaries = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.(ts|svelte)$/.test(path))
  .map((path) => {
    const text = readFileSync(join(folder, path), 'utf8');
    const note = /canary: (?<code>\S+)(?: as (?<as>\S+))?/.exec(text)?.groups;
    if (!note?.code) throw new Error(`test/canary/${path} does not say what is wrong with it`);
    return { path, text, code: note.code, as: note.as };
  });

const eslint = new ESLint({ cwd: projectRoot });

/** @param {{ text: string, as?: string | undefined }} canary */
async function lint({ text, as }) {
  const [result] = await eslint.lintText(text, { filePath: join(projectRoot, as ?? '') });
  return (result?.messages ?? []).map((message) => `${message.ruleId}`).join(' ');
}

const [shared, server, web] = await Promise.all([
  tsc('test/canary/shared', ['--pretty', 'false']),
  tsc('test/canary/server', ['--pretty', 'false']),
  svelteCheck('test/canary/web', ['--output', 'machine-verbose']),
]);
const lines = `${shared.output}\n${server.output}\n${web.output}`.split('\n');

/** @param {typeof canaries[number]} canary */
async function isNoticed(canary) {
  if (canary.as) return (await lint(canary)).includes(canary.code);
  const name = canary.path.slice(canary.path.lastIndexOf('/') + 1);
  return lines.some((line) => line.includes(name) && line.includes(canary.code));
}

let missed = 0;
for (const canary of canaries) {
  if (await isNoticed(canary)) continue;
  missed += 1;
  console.error(`Not noticed: ${canary.code} in test/canary/${canary.path}. A checker has gone blind.`);
}
if (missed > 0) console.error(lines.join('\n'));
else console.log(`${canaries.length} known mistakes, all found.`);
process.exitCode = missed === 0 ? 0 : 1;
