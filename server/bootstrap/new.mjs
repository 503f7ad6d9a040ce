import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { addToRegistry, addToWords, kindFiles, kindNames } from './new-tile.mjs';
import { projectRoot, say } from './process.mjs';

/** `npm run new tile NAME [ENGLISH] [GERMAN]`: a new kind of tile that passes every check. Writes all or nothing. */

const [what, name = '', en, de] = process.argv.slice(2);
const names = what === 'tile' ? kindNames(name, en, de) : undefined;
const at = (/** @type {string} */ path) => join(projectRoot, path);

/** @param {string} english @param {string} german @returns {never} */
function refuse(english, german) {
  say(english, german);
  process.exit(2);
}

if (!names)
  refuse(
    'npm run new tile NAME ["English name" "German name"]; NAME in small letters: water-tank',
    'npm run new tile NAME ["englischer Name" "deutscher Name"]; NAME in Kleinbuchstaben: water-tank',
  );

const registry = 'web/tiles/registry.ts';
const words = 'web/text/kind.ts';
const files = kindFiles(names);
const wordsNow = readFileSync(at(words), 'utf8');
const isTaken = Object.keys(files).some((path) => existsSync(at(path))) || wordsNow.includes(` kind${names.pascal}: `);
if (existsSync(at(`web/tiles/${name}`)) || isTaken)
  refuse(`There is a kind ${name} already.`, `Die Art ${name} gibt es schon.`);

const changed = {
  ...files,
  [registry]: addToRegistry(readFileSync(at(registry), 'utf8'), names),
  [words]: addToWords(wordsNow, names),
};
for (const [path, text] of Object.entries(changed)) {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), text);
  console.log(path);
}
say(
  `The kind ${name} shows text as it is; look.ts decides what it says. Show it in web/gallery/fixtures.ts as well.`,
  `Die Art ${name} zeigt Text, wie er kommt; look.ts bestimmt, was sie sagt. Zeig sie auch in web/gallery/fixtures.ts.`,
);
