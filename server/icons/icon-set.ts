import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { maxIconHits, type IconsReply } from '../../shared/api/contract.ts';

/** Name → `[path data, search words]`, as the build emits it. */
type IconFile = Readonly<Record<string, readonly [path: string, words: string]>>;

/** The whole set takes some ten megabytes: it is let go when nobody searched for this long. */
const keepSetMs = 60_000;

/** The icons that people can choose. */
export interface IconSet {
  /** Path data of these names; unknown names are left out. */
  paths(names: ReadonlySet<string>): Readonly<Record<string, string>>;
  search(text: string): IconsReply;
}

interface Source {
  path(name: string): string | undefined;
  readonly words: readonly (readonly [name: string, words: string])[];
}

function emitted(file: string): Source {
  const icons = JSON.parse(readFileSync(file, 'utf8')) as IconFile; // our own build wrote it
  return {
    path: (name) => (Object.hasOwn(icons, name) ? icons[name]?.[0] : undefined),
    words: Object.entries(icons).map(([name, [, words]]) => [name, words]),
  };
}

interface Meta {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly tags: readonly string[];
  readonly deprecated: boolean;
}

/** Before a build: the package itself, one small file per icon. */
function unbuilt(): Source {
  const folder = join(createRequire(import.meta.url).resolve('@mdi/svg/package.json'), '..');
  const all = JSON.parse(readFileSync(join(folder, 'meta.json'), 'utf8')) as readonly Meta[];
  const chosen = all.filter(({ deprecated }) => !deprecated);
  const names = new Set(chosen.map(({ name }) => name));
  return {
    path: (name) => {
      if (!names.has(name)) return undefined;
      return /\sd="([^"]+)"/.exec(readFileSync(join(folder, 'svg', `${name}.svg`), 'utf8'))?.[1];
    },
    words: chosen.map(({ name, aliases, tags }) => [name, [...aliases, ...tags].join(' ').toLowerCase()]),
  };
}

/** How well an icon fits; 0 = not at all. Every word must be somewhere. */
function score(name: string, words: string, wanted: readonly string[]): number {
  const parts = name.split('-');
  const scoreOf = (word: string): number => {
    if (parts.includes(word)) return 8;
    if (parts.some((part) => part.startsWith(word))) return 4;
    if (name.includes(word)) return 2;
    return words.includes(word) ? 1 : 0;
  };
  const scores = wanted.map(scoreOf);
  if (scores.includes(0)) return 0;
  // Among equals the plainer icon comes first.
  return scores.reduce((sum, one) => sum + one, 0) + 1 / (parts.length + 1);
}

export function createIconSet(file: string | undefined, nowMs: () => number): IconSet & { release(): void } {
  let loaded: Source | undefined;
  let usedMs = 0;
  const source = (): Source => {
    usedMs = nowMs();
    loaded ??= file !== undefined && existsSync(file) ? emitted(file) : unbuilt();
    return loaded;
  };
  const cached = new Map<string, string | undefined>();
  return {
    paths: (names) => {
      for (const name of cached.keys()) if (!names.has(name)) cached.delete(name);
      for (const name of names) if (!cached.has(name)) cached.set(name, source().path(name));
      return Object.fromEntries([...cached].flatMap(([name, path]) => (path === undefined ? [] : [[name, path]])));
    },
    search: (text) => {
      const wanted = text
        .toLowerCase()
        .split(/[\s-]+/)
        .filter(Boolean);
      const set = source();
      return set.words
        .map(([name, words]) => ({ name, score: wanted.length === 0 ? 1 : score(name, words, wanted) }))
        .filter((hit) => hit.score > 0)
        .sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1))
        .slice(0, maxIconHits)
        .flatMap(({ name }) => {
          const path = set.path(name);
          return path === undefined ? [] : [{ name, path }];
        });
    },
    release: () => {
      if (nowMs() - usedMs >= keepSetMs) loaded = undefined;
    },
  };
}
