import { posix } from 'node:path';

/** One import as it stands in a source file. `to` is a project path (`server/app.ts`) or a package name. */
export interface Import {
  readonly from: string;
  readonly to: string;
  readonly isTypeOnly: boolean;
  readonly isReExport: boolean;
}

const statement =
  /^[ \t]*(?<word>import|export)\s+(?<type>type\s)?(?<names>[^'";]*?\sfrom\s*)?['"](?<target>[^'"\n]+)['"]/gm;
const dynamic = /\bimport\(\s*['"](?<target>[^'"\n]+)['"]\s*\)/g;

const resolve = (from: string, target: string): string =>
  target.startsWith('.') ? posix.join(posix.dirname(from), target.replace(/\?.*$/, '')) : target;

/** Reads all imports of one TypeScript or Svelte file. */
export function importsOf(from: string, text: string): readonly Import[] {
  const found: Import[] = [];
  for (const { groups } of text.matchAll(statement)) {
    if (!groups?.target || (groups.word === 'export' && !groups.names)) continue;
    found.push({
      from,
      to: resolve(from, groups.target),
      isTypeOnly: groups.type !== undefined,
      isReExport: groups.word === 'export',
    });
  }
  for (const { groups } of text.matchAll(dynamic)) {
    if (groups?.target) found.push({ from, to: resolve(from, groups.target), isTypeOnly: false, isReExport: false });
  }
  return found;
}

/** Files that import each other in a ring at run time, each ring once. Types vanish, so they do not count. */
export function cyclesIn(imports: readonly Import[]): readonly string[] {
  const targets = new Map<string, string[]>();
  for (const { from, to, isTypeOnly } of imports) {
    if (!isTypeOnly) targets.set(from, [...(targets.get(from) ?? []), to]);
  }
  const done = new Set<string>();
  const rings: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) rings.push([...path.slice(start), file].join(' → '));
    if (start >= 0 || done.has(file)) return;
    for (const target of targets.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  return rings;
}
