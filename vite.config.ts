import { svelte } from '@sveltejs/vite-plugin-svelte';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as icons from '@mdi/js';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Oldest browsers that are served; older ones get a plain sentence from index.html. */
export const browserFloor = ['chrome111', 'safari16.4', 'firefox115'];

/** The MQTT client as the page carries it: without its Node baggage (98 kB → about 62 kB). */
const slimMqtt = [
  { find: /^debug$/, replacement: at('web/live/slim/debug.cjs') },
  { find: /^worker-timers$/, replacement: at('web/live/slim/worker-timers.ts') },
  { find: /^rfdc\/default$/, replacement: at('web/live/slim/clone.ts') },
  { find: /^process\/$/, replacement: at('web/live/slim/process.ts') },
];

/** Asks for the one font file of the first paint beside the style sheet instead of after it. */
const preloadFont: Plugin = {
  name: 'kachel-preload-font',
  transformIndexHtml: (_html, { bundle }) =>
    Object.keys(bundle ?? {})
      .filter((file) => /archivo-latin-wdth-normal.*\.woff2$/.test(file))
      .map((file) => ({
        tag: 'link',
        attrs: { rel: 'preload', href: `/${file}`, as: 'font', type: 'font/woff2', crossorigin: true },
        injectTo: 'head',
      })),
};

/** `@mdi/js` is one module, and a module is never divided: all icons of all pages would come first. Each icon becomes its own. */
const iconPrefix = 'kachel-icon:';
const splitIcons: Plugin = {
  name: 'kachel-split-icons',
  apply: 'build',
  resolveId: (id) => (id.startsWith(iconPrefix) ? `\0${id}` : null),
  load: (id) => {
    if (!id.startsWith(`\0${iconPrefix}`)) return null;
    const name = id.slice(iconPrefix.length + 1);
    return `export const ${name} = ${JSON.stringify(Reflect.get(icons, name))};`;
  },
  transform: (code) => {
    if (!code.includes('@mdi/js')) return null;
    const divided = code.replace(/import\s*\{([^}]*)\}\s*from\s*['"]@mdi\/js['"];?/g, (_all, names: string) =>
      names
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '')
        .map((name) => `import { ${name} } from '${iconPrefix}${name}';`)
        .join(''),
    );
    return { code: divided, map: null };
  },
};

interface ModuleGraph {
  getModuleInfo(id: string): { readonly importers: readonly string[] } | null;
}

/** Parts of Svelte's runtime that only later pages use; its one index file hides that from the graph. */
const laterRuntime = /\/svelte\/src\/.*\/(transitions|svelte-element|select|input|bindings\/shared)\.js$/;

/** Entries of the first picture: main.ts loads one of the two pages beside itself. */
const firstEntries = ['/web/main.ts', '/web/pages/home/Home.svelte', '/web/pages/room/Room.svelte'] as const;

/** Which of these a module is imported by, statically, at any distance. */
function entriesAbove(id: string, graph: ModuleGraph): readonly string[] {
  const seen = new Set([id]);
  // A set grows while it is walked.
  for (const one of seen) for (const importer of graph.getModuleInfo(one)?.importers ?? []) seen.add(importer);
  return firstEntries.filter((entry) => [...seen].some((one) => one.endsWith(entry)));
}

/**
 * What every first picture needs comes as one file, because many small ones compress and travel worse. Without main.ts itself,
 * so that the gallery may share it.
 */
function chunkOf(id: string, graph: ModuleGraph): string | null {
  if (id.endsWith('/web/main.ts') || laterRuntime.test(id)) return null;
  const [entry, other] = entriesAbove(id, graph);
  return entry === firstEntries[0] || other ? 'first' : null;
}

/** Parts of the catalogue that only later pages use: they keep both languages. */
const laterWords = /\/(devices|editor|gallery|log|login|problem|settings)\.ts/;
const wordsModule = 'kachel-words';

/**
 * Words of the first screens: one file per language. `words(en, de)` of a part becomes a look-up in what `learn(language)` loaded;
 * `<part>.ts?words=de` holds one half, and each language imports its halves of all parts.
 */
function splitWords(): Plugin {
  const folder = at('web/text');
  const parts = readdirSync(folder)
    .filter((name) => !laterWords.test(`/${name}`))
    .filter((name) => /^export const \w+ = words\b/m.test(readFileSync(`${folder}/${name}`, 'utf8')));
  const call = /\bwords\(\s*(\{[\s\S]*?\n {0,2}\}),\s*(\{[\s\S]*?\n {0,2}\}),?\s*\)/;
  return {
    name: 'kachel-split-words',
    apply: 'build',
    resolveId: (id) => (id.startsWith(wordsModule) ? `\0${id}` : null),
    load: (id) => {
      if (id === `\0${wordsModule}`) {
        return `export const learned = {};
          const of = (language, part) => (learned[language] ?? learned.en ?? learned.de)[part];
          export const wordsOf = (part) => ({ get en() { return of('en', part); }, get de() { return of('de', part); } });`;
      }
      const language = id.startsWith(`\0${wordsModule}:`) ? id.slice(-2) : undefined;
      if (language) {
        const imports = parts.map((name, n) => `import w${n} from '${folder}/${name}?words=${language}';`);
        return `${imports.join('\n')}\nexport default { ${parts.map((name, n) => `${JSON.stringify(name)}: w${n}`).join(', ')} };`;
      }
      if (id !== `${folder}/learn.ts`) return null;
      return `import { learned } from '${wordsModule}';
        const load = { en: () => import('${wordsModule}:en'), de: () => import('${wordsModule}:de') };
        export const learn = async (language) => { learned[language] ??= (await load[language]()).default; };`;
    },
    transform: (code, id) => {
      const [path = '', query] = id.split('?');
      const name = path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : '';
      if (!parts.includes(name)) return null;
      const found = call.exec(code);
      if (!found) throw new Error(`${name}: words(en, de) not found`);
      if (query) return { code: `export default ${found[query === 'words=de' ? 2 : 1]};`, map: null };
      const divided = code.replace(call, `wordsOf(${JSON.stringify(name)})`);
      return { code: `import { wordsOf } from '${wordsModule}';\n${divided}`, map: null };
    },
  };
}

/** Tells the early script of index.html which files a language and a page need beside the first one. */
const nameEarlyParts: Plugin = {
  name: 'kachel-name-early-parts',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (html, { bundle = {} }) => {
      const chunks = Object.values(bundle).filter((one) => one.type === 'chunk');
      const filesOf = (module: RegExp): string[] => {
        const chunk = chunks.find((one) => module.test(one.facadeModuleId ?? ''));
        if (!chunk) throw new Error(`No file of its own for ${module.source}`);
        const styles = [...(chunk.viteMetadata?.importedCss ?? [])];
        const own = chunk.imports.filter((file) => !/first|index-/.test(file));
        return [chunk.fileName, ...own, ...styles].map((file) => `/${file}`);
      };
      const parts = {
        en: filesOf(/kachel-words:en$/),
        de: filesOf(/kachel-words:de$/),
        home: filesOf(/\/home\/Home\.svelte$/),
        room: filesOf(/\/room\/Room\.svelte$/),
      };
      return html.replace("'%EARLY_PARTS%'", JSON.stringify(parts));
    },
  },
};

/** The page: `vite build`, and Vite inside our own server in development. */
const page: UserConfig = {
  root: at('web'),
  publicDir: at('web/public'),
  resolve: { alias: slimMqtt },
  // One host, one port: our server hands requests in, so Vite's own host check would only repeat ours.
  server: { allowedHosts: true },
  plugins: [
    svelte({ configFile: at('svelte.config.js') }),
    preloadFont,
    splitIcons,
    splitWords(),
    nameEarlyParts,
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'sw',
      filename: 'service-worker.ts',
      // The manifest is a plain file in web/public, registration is our own (updates only on consent).
      manifest: false,
      injectRegister: false,
      injectManifest: {
        rollupFormat: 'iife',
        globPatterns: ['**/*.{html,js,css,woff2,svg,png,webmanifest}'],
        // For makers, not for phones.
        globIgnores: ['gallery/**', '**/gallery-*'],
      },
    }),
  ],
  build: {
    outDir: at('dist/web'),
    emptyOutDir: true,
    target: browserFloor,
    cssTarget: browserFloor,
    // Inlined assets would need `data:` in the CSP and cannot be cached apart.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { index: at('web/index.html'), gallery: at('web/gallery/index.html') },
      output: { codeSplitting: { groups: [{ name: chunkOf, debugName: 'first' }] } },
      // Svelte does not say so itself: its runtime may be left out piece by piece (flags are set by importing them).
      treeshake: { moduleSideEffects: [{ test: /\/svelte\/src\/(?!internal\/flags)/, sideEffects: false }] },
    },
    reportCompressedSize: false,
  },
};

/** The server: `vite build --ssr server/main.ts`; packages stay outside. */
const server: UserConfig = {
  root: at('.'),
  publicDir: false,
  ssr: { external: true },
  build: {
    outDir: at('dist/server'),
    emptyOutDir: true,
    target: 'node20',
    rollupOptions: { output: { entryFileNames: 'main.js', chunkFileNames: 'chunks/[name]-[hash].js' } },
    reportCompressedSize: false,
  },
};

export default defineConfig(({ isSsrBuild }) => (isSsrBuild ? server : page));
