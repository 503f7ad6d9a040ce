import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { maxIconHits, type IconsReply } from '../../shared/api/contract.ts';
import { german } from './german.ts';

/** Name → `[path data, search words]`, as the build emits it. */
type IconFile = Readonly<Record<string, readonly [path: string, words: string]>>;

/** The whole set takes some ten megabytes: it is let go when nobody searched for this long. */
const keepSetMs = 60_000;

/** The icons that people can choose. */
export interface IconSet {
  /** Path data of these names; unknown names are left out. */
  paths(names: ReadonlySet<string>): Readonly<Record<string, string>>;
  /** Icons in which every word is; without words those of a home. */
  search(text: string): IconsReply;
  /** Icons in which at least one word is: for the name of a tile. */
  fitting(text: string): IconsReply;
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

/** A word and what it is called in English icon names. */
type Wanted = readonly string[];

const wantedIn = (text: string): Wanted[] =>
  text
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => [word, ...(Object.hasOwn(german, word) ? (german[word] ?? []) : [])]);

/** How well an icon fits one word; 0 = not at all. */
function scoreOf(name: string, words: string, wanted: Wanted): number {
  const parts = name.split('-');
  const scores = wanted.map((word) => {
    if (name === word || parts.includes(word)) return 8;
    if (name.startsWith(word) || parts.some((part) => part.startsWith(word))) return 4;
    if (name.includes(word)) return 2;
    return words.includes(word) ? 1 : 0;
  });
  return Math.max(...scores);
}

interface Ask {
  readonly wanted: readonly Wanted[];
  /** One word is enough. */
  readonly isLoose: boolean;
}

/** How well an icon fits all words; 0 = not at all. */
function score([name, words]: readonly [string, string], { wanted, isLoose }: Ask): number {
  const scores = wanted.map((one) => scoreOf(name, words, one));
  const sum = scores.reduce((total, one) => total + one, 0);
  if (sum === 0 || (!isLoose && scores.includes(0))) return 0;
  // Among equals the plainer icon comes first.
  return sum + 1 / (name.split('-').length + 1);
}

/** What is shown before anybody searches: icons of a home. */
const atHome = wantedIn(
  'bed blinds ceiling-light coffee desk door fan fridge garage lamp lightbulb lock power-socket radiator shower sofa speaker stove television thermometer washing-machine water window',
);

/** The best icons of a set. */
function find(set: Source, asked: Ask): IconsReply {
  const isOpen = asked.wanted.length === 0;
  const ask = isOpen ? { wanted: atHome, isLoose: true } : asked;
  const hits = set.words
    .map((icon) => ({ name: icon[0], score: score(icon, ask) }))
    .filter((hit) => hit.score > 0)
    .sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1));
  const icons = hits.slice(0, maxIconHits).flatMap(({ name }) => {
    const path = set.path(name);
    return path === undefined ? [] : [{ name, path }];
  });
  return { icons, found: isOpen ? set.words.length : hits.length, all: set.words.length };
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
    search: (text) => find(source(), { wanted: wantedIn(text), isLoose: false }),
    fitting: (text) => find(source(), { wanted: wantedIn(text), isLoose: true }),
    release: () => {
      if (nowMs() - usedMs >= keepSetMs) loaded = undefined;
    },
  };
}
