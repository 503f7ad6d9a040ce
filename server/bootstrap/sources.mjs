import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './process.mjs';

const folders = ['shared', 'server', 'web'];
const files = ['package.json', 'package-lock.json', 'vite.config.ts', 'svelte.config.js'];
const stamp = 'dist/.sources';

/** @param {string} path relative to the project */
const read = (path) => readFileSync(join(projectRoot, path));

/** One hash over the content of everything a build reads: right after `git pull`, `cp` and a changed clock alike; some 20 ms. */
export function hashSources() {
  const hash = createHash('sha256');
  const paths = folders.flatMap((folder) =>
    readdirSync(join(projectRoot, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  for (const path of paths.sort()) hash.update(path.slice(projectRoot.length)).update(readFileSync(path));
  for (const file of files) hash.update(file).update(read(file));
  return hash.digest('hex');
}

/** @param {string} hash */
export const isBuilt = (hash) => existsSync(join(projectRoot, stamp)) && read(stamp).toString() === hash;

/** @param {string} hash */
export const markBuilt = (hash) => writeFileSync(join(projectRoot, stamp), hash);
