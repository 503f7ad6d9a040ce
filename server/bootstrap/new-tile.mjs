/** What `npm run new tile` writes: a kind that already works. It shows what a device reports as text, until somebody makes it say more. */

/**
 * The kind's names: `water-tank`, `waterTank`, `WaterTank`, and what people read.
 * @typedef {{ kebab: string, camel: string, pascal: string, en: string, de: string }} KindNames
 */

const capital = (/** @type {string} */ word) => word.charAt(0).toUpperCase() + word.slice(1);

/** Folders beside the kinds that are none. */
const taken = new Set(['frame', 'parts']);

/** Longer names fit no list. */
const maxLabelLength = 40;

/**
 * The names of a kind, or `undefined` when `kebab` is no name for one.
 * @param {string} kebab
 * @param {string} [en]
 * @param {string} [de]
 * @returns {KindNames | undefined}
 */
export function kindNames(kebab, en, de) {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(kebab) || kebab.length > 30 || taken.has(kebab)) return undefined;
  const [first = '', ...rest] = kebab.split('-');
  const camel = first + rest.map(capital).join('');
  const english = en?.trim() || [capital(first), ...rest].join(' ');
  const german = de?.trim() || english;
  if (Math.max(english.length, german.length) > maxLabelLength) return undefined;
  return { kebab, camel, pascal: capital(camel), en: english, de: german };
}

/** @param {KindNames} names */
const indexFile = ({ kebab, camel, pascal }) => `import { defineTile } from '../define.ts';
import { ${camel}Look } from './look.ts';
import type { ${pascal}Options } from './options.ts';

export const ${camel}Tile = defineTile<${pascal}Options>({
  kind: '${kebab}',
  label: 'kind${pascal}',
  icon: 'text-box-outline',
  sizes: ['2x1', '4x1'],
  defaultDomain: 'glaze',
  roles: { value: { type: 'text', direction: 'state', isRequired: true, label: 'roleValue' } },
  defaults: {},
  look: ${camel}Look,
});
`;

/** @param {KindNames} names */
const lookFile = ({ camel, pascal }) => `import type { LookInput, TileLook } from '../define.ts';
import { cutText, iconOf, lowerFirst, missingText, textOf } from '../parts/read.ts';
import type { ${pascal}Options } from './options.ts';

export function ${camel}Look({ tile, state, t, language }: LookInput<${pascal}Options>): TileLook {
  const text = textOf(state, 'value');
  const missing = text === undefined ? missingText(state, 'value', t) : '';
  return {
    level: 'quiet',
    fill: tile.domain ?? 'glaze',
    icon: iconOf(tile, { off: 'text-box-outline' }, false),
    hasBowl: false,
    stateText: text === undefined ? missing : cutText(text),
    spoken: text === undefined ? lowerFirst(missing, language) : cutText(text),
    role: 'group',
    tap: { type: 'details' },
  };
}
`;

/** @param {KindNames} names */
const optionsFile = ({ camel, pascal }) => `import * as v from 'valibot';

export const ${camel}Options = v.strictObject({});
export type ${pascal}Options = v.InferOutput<typeof ${camel}Options>;
`;

/** @param {KindNames} names */
const planFile = ({ camel }) => `import type { TilePlan } from '../define.ts';
import { textFrom, tileFrom } from '../parts/suggest.ts';
import { ${camel}Options } from './options.ts';

export const plan: TilePlan = {
  options: ${camel}Options,
  icons: ['text-box-outline'],
  suggest: (guess) => {
    if (guess.widget !== 'text') return undefined;
    const { commandTopic: _command, ...place } = guess;
    return { ...tileFrom(guess), bindings: { value: textFrom(place) }, options: {} };
  },
};
`;

/** @param {KindNames} names */
const testFile = ({ kebab }) => `import { describe, expect, test } from 'vitest';
import type { Binding } from '../../../shared/house/binding.ts';
import type { TileLook } from '../../../web/tiles/define.ts';
import { lookOf, type Case } from './look-of.ts';

const value: Binding = { type: 'text', stateTopic: 'a' };
const kind = '${kebab}';

describe(kind, () => {
  test.each<[Partial<Case>, Partial<TileLook>]>([
    [{}, { level: 'quiet', stateText: 'No value yet', spoken: 'no value yet' }],
    [{ values: { value: 'Hello' } }, { stateText: 'Hello', spoken: 'Hello', tap: { type: 'details' } }],
  ])('%j', (one, look) => {
    expect(lookOf({ kind, bindings: { value }, ...one })).toMatchObject(look);
  });
});
`;

/**
 * Path → text of every new file.
 * @param {KindNames} names
 * @returns {Readonly<Record<string, string>>}
 */
export const kindFiles = (names) => ({
  [`web/tiles/${names.kebab}/index.ts`]: indexFile(names),
  [`web/tiles/${names.kebab}/look.ts`]: lookFile(names),
  [`web/tiles/${names.kebab}/options.ts`]: optionsFile(names),
  [`web/tiles/${names.kebab}/plan.ts`]: planFile(names),
  [`test/web/tiles/${names.kebab}.test.ts`]: testFile(names),
});

/**
 * The list with one more kind: its import among the others in their order, its entry at the end.
 * @param {string} text of web/tiles/registry.ts
 * @param {KindNames} names
 */
export function addToRegistry(text, { kebab, camel }) {
  const line = `import { ${camel}Tile } from './${kebab}/index.ts';`;
  const pathOf = (/** @type {string} */ one) => /'(.+)'/.exec(one)?.[1] ?? '';
  const imports = text.split('\n').filter((one) => one.startsWith('import '));
  const next = imports.find((one) => pathOf(one) > pathOf(line));
  const last = imports.at(-1) ?? '';
  const imported = next ? text.replace(next, `${line}\n${next}`) : text.replace(last, `${last}\n${line}`);
  return imported.replace(/(tileKinds: .*\[\n(?: {2}.*,\n)*)\]/, `$1  ${camel}Tile,\n]`);
}

/** As Prettier writes it. @param {string} text */
const quoted = (text) => (text.includes("'") && !text.includes('"') ? JSON.stringify(text) : singleQuoted(text));
const singleQuoted = (/** @type {string} */ text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/**
 * The catalogue with the kind's name in both languages, behind the other kinds.
 * @param {string} text of web/text/kind.ts
 * @param {KindNames} names
 */
export function addToWords(text, { pascal, en, de }) {
  const forLanguage = [en, de];
  return text.replace(
    /((?: {4}kind\w+: .*,\n)+)/g,
    (kinds) => `${kinds}    kind${pascal}: ${quoted(forLanguage.shift() ?? en)},\n`,
  );
}
