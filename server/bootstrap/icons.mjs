import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * Icon name → `[path data, search words]`: what the server needs of @mdi/svg, in one file.
 * @param {string} target
 */
export function emitIcons(target) {
  const folder = join(createRequire(import.meta.url).resolve('@mdi/svg/package.json'), '..');
  /** @type {readonly { name: string, aliases: readonly string[], tags: readonly string[], deprecated: boolean }[]} */
  const all = JSON.parse(readFileSync(join(folder, 'meta.json'), 'utf8'));
  /** @type {Record<string, readonly [string, string]>} */
  const icons = {};
  for (const { name, aliases, tags, deprecated } of all) {
    const path = /\sd="([^"]+)"/.exec(readFileSync(join(folder, 'svg', `${name}.svg`), 'utf8'))?.[1];
    if (path && !deprecated) icons[name] = [path, [...aliases, ...tags].join(' ').toLowerCase()];
  }
  writeFileSync(target, JSON.stringify(icons));
}
