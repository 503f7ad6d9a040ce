import type * as v from 'valibot';
import { kindWords, type KindKey } from '../../text/kind.ts';

/** One option of a kind that a plain field can edit. */
export type OptionField =
  | { readonly name: string; readonly type: 'choice'; readonly choices: readonly string[]; readonly byDefault: string }
  | { readonly name: string; readonly type: 'switch'; readonly byDefault: boolean }
  | { readonly name: string; readonly type: 'text'; readonly byDefault: string }
  | { readonly name: string; readonly type: 'zones' }
  | { readonly name: string; readonly type: 'words' };

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Unwraps `optional` and `pipe` to the schema inside. */
function inner(schema: unknown): Readonly<Record<string, unknown>> {
  if (!isRecord(schema)) return {};
  return isRecord(schema['wrapped']) ? inner(schema['wrapped']) : schema;
}

function fieldOf(name: string, schema: unknown): OptionField | undefined {
  const { type, options } = inner(schema);
  const byDefault = isRecord(schema) ? schema['default'] : undefined;
  if (name === 'zones') return { name, type: 'zones' };
  if (type === 'boolean') return { name, type: 'switch', byDefault: byDefault === true };
  if (type === 'string') return { name, type: 'text', byDefault: typeof byDefault === 'string' ? byDefault : '' };
  if (type === 'record') return { name, type: 'words' };
  if (type !== 'picklist' || !Array.isArray(options)) return undefined;
  const choices = options.filter((one): one is string => typeof one === 'string');
  return { name, type: 'choice', choices, byDefault: typeof byDefault === 'string' ? byDefault : (choices[0] ?? '') };
}

/** The options of a kind that the editor can offer by itself, read from its schema. */
export function optionFields(schema: v.GenericSchema): OptionField[] {
  const entries = 'entries' in schema && isRecord(schema.entries) ? schema.entries : {};
  return Object.entries(entries).flatMap(([name, entry]) => fieldOf(name, entry) ?? []);
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const isKindKey = (key: string): key is KindKey => key in kindWords.en;

/** Text key of an option (`optionQuantity`). */
export const optionKey = (name: string): KindKey | undefined => {
  const key = `option${capital(name)}`;
  return isKindKey(key) ? key : undefined;
};

const prefixes: Readonly<Record<string, string>> = { deviceClass: 'class' };

/** Text key of a choice: `quantityPower`, `classWindow`, `controlGroove`. */
export const choiceKey = (name: string, choice: string): KindKey | undefined => {
  const key = `${prefixes[name] ?? name}${capital(choice)}`;
  return isKindKey(key) ? key : undefined;
};

/** `2 = Rinsing`, one per line, as people type a table of words. */
export const wordsToText = (words: unknown): string =>
  isRecord(words)
    ? Object.entries(words)
        .map(([from, to]) => `${from} = ${typeof to === 'string' ? to : ''}`)
        .join('\n')
    : '';

const maxWords = 50;

export function textToWords(text: string): Record<string, string> {
  const lines = text.split('\n').flatMap((line) => {
    const at = line.indexOf('=');
    const from = line.slice(0, Math.max(0, at)).trim();
    return at > 0 && from !== ''
      ? [
          [
            from.slice(0, 80),
            line
              .slice(at + 1)
              .trim()
              .slice(0, 80),
          ] as const,
        ]
      : [];
  });
  return Object.fromEntries(lines.slice(0, maxWords));
}
