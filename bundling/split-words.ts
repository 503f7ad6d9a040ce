import { readFileSync, readdirSync } from 'node:fs';
import type { Plugin } from 'vite';

/** Parts of the catalogue that only later pages use: they keep both languages. */
const laterWords = new Set(
  (
    'app ask certificate deed details devices editor gallery groups invite kind limits' +
    ' log login look people pin preset problem selfcheck settings trust wishes'
  ).split(' '),
);
const wordsModule = 'kachel-words';

/**
 * Words of the first screens: one file per language. `words(en, de)` of a part becomes a look-up in what `learn(language)` loaded;
 * `<part>.ts?words=de` holds one half, and each language imports its halves of all parts.
 */
export function splitWords(folder: string): Plugin {
  const parts = readdirSync(folder)
    .filter((name) => !laterWords.has(name.replace(/\.ts$/, '')))
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
