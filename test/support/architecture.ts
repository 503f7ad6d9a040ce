import { cyclesIn, importsOf, type Import } from './imports.ts';

/** Who may import whom: ARCHITECTURE.md as code. Works on any set of files, so that a planted violation can be tested. */

interface Rule {
  readonly says: string;
  readonly breaks: (it: Import, facts: Facts) => boolean;
}
interface Facts {
  /** Folder of server/ → plugins it declares as dependencies. */
  readonly declared: ReadonlyMap<string, ReadonlySet<string>>;
  /** Folders of web/tiles that are kinds: they have an index.ts. */
  readonly kinds: ReadonlySet<string>;
}

const isIn = (folder: string, path: string): boolean => path.startsWith(`${folder}/`);
const isOurs = (path: string): boolean => /^(shared|server|web)\//.test(path);
const isBetween = (it: Import, from: string, to: string): boolean => isIn(from, it.from) && isIn(to, it.to);
const folderIn = (room: string, path: string): string | undefined => new RegExp(`^${room}/([^/]+)/`).exec(path)?.[1];

/** Compose the parts, so they may import them all. */
const composers = ['server/app.ts', 'server/main.ts', 'server/dev.ts', 'server/cli/', 'server/control/'];
/** Framework-free contracts that every plugin may name as types. */
const contracts = ['server/broker/engine/', 'server/config.ts'];

const startsWithAny = (path: string, starts: readonly string[]): boolean =>
  starts.some((start) => path.startsWith(start));

function reachesOver(it: Import, { declared }: Facts): boolean {
  if (!isBetween(it, 'server', 'server') || startsWithAny(it.from, composers)) return false;
  const from = folderIn('server', it.from);
  const to = folderIn('server', it.to);
  if (from === undefined || to === undefined || from === to) return false;
  if (it.isTypeOnly && startsWithAny(it.to, contracts)) return false;
  // plugin.ts wires its folder to the plugins it declares; all other files know them by their types.
  const mayUse = it.isTypeOnly || it.from.endsWith('/plugin.ts');
  return !mayUse || !declared.get(from)?.has(to);
}

function joinsKinds(it: Import, { kinds }: Facts): boolean {
  const from = folderIn('web/tiles', it.from);
  const to = folderIn('web/tiles', it.to);
  return from !== undefined && to !== undefined && from !== to && kinds.has(to);
}

const rules: readonly Rule[] = [
  {
    says: 'shared/ knows only shared/ and valibot',
    breaks: (it) => isIn('shared', it.from) && !isIn('shared', it.to) && !/^(valibot|@valibot\/.*)$/.test(it.to),
  },
  { says: 'server/ does not know the page', breaks: (it) => isBetween(it, 'server', 'web') },
  { says: 'the page does not know the server', breaks: (it) => isBetween(it, 'web', 'server') },
  { says: 'a plugin names only types of plugins it declares as dependencies', breaks: reachesOver },
  {
    says: 'the engine is framework-free',
    breaks: (it) => isIn('server/broker/engine', it.from) && /fastify/.test(it.to),
  },
  {
    says: 'the engine knows only itself and shared/',
    breaks: (it) =>
      isIn('server/broker/engine', it.from) && isIn('server', it.to) && !isIn('server/broker/engine', it.to),
  },
  {
    says: 'parts know props only',
    breaks: (it) => isIn('web/ui', it.from) && /^web\/(live|tiles|pages|editor)\//.test(it.to),
  },
  {
    says: 'a kind never imports another kind',
    breaks: joinsKinds,
  },
  { says: 'tiles know no pages', breaks: (it) => isIn('web/tiles', it.from) && /^web\/(pages|editor)\//.test(it.to) },
  {
    says: 'only web/live/connection.ts speaks MQTT',
    breaks: (it) => isIn('web', it.from) && it.from !== 'web/live/connection.ts' && /^mqtt($|\/)/.test(it.to),
  },
  { says: 'no barrels: import from the file itself', breaks: (it) => isOurs(it.from) && it.isReExport },
];

/** Reads `dependencies: ['store', 'auth']` out of every server/<folder>/plugin.ts, and which kinds there are. */
function factsOf(files: ReadonlyMap<string, string>): Facts {
  const declared = new Map<string, ReadonlySet<string>>();
  const kinds = new Set<string>();
  for (const [path, text] of files) {
    const folder = /^server\/([^/]+)\/plugin\.ts$/.exec(path)?.[1];
    const list = /dependencies:\s*\[([^\]]*)\]/.exec(text)?.[1] ?? '';
    if (folder) declared.set(folder, new Set([...list.matchAll(/'([^']+)'/g)].map((match) => match[1]!)));
    const kind = /^web\/tiles\/([^/]+)\/index\.ts$/.exec(path)?.[1];
    if (kind) kinds.add(kind);
  }
  return { declared, kinds };
}

/** Every broken rule as `from → to: rule`, and every ring of imports. */
export function violationsIn(files: ReadonlyMap<string, string>): readonly string[] {
  const imports = [...files].flatMap(([path, text]) => importsOf(path, text));
  const facts = factsOf(files);
  const broken = imports.flatMap((it) =>
    rules.filter((rule) => rule.breaks(it, facts)).map((rule) => `${it.from} → ${it.to}: ${rule.says}`),
  );
  return [...broken, ...cyclesIn(imports).map((ring) => `${ring}: files in a ring`)];
}
