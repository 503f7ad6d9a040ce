import type { Binding } from '../../../shared/house/binding.ts';
import { decode } from '../../../shared/payload/codec.ts';
import { colorToHex } from '../../../shared/payload/color.ts';
import type { Decoded, DecodeProblem, Value } from '../../../shared/payload/decoded.ts';
import { decodeRawNumber } from '../../../shared/payload/number.ts';
import { decodeUtf8 } from '../../../shared/payload/text.ts';
import type { Language, Translate } from '../../text/define.ts';
import type { EditorKey } from '../../text/editor.ts';
import { formatQuantity } from '../../text/format.ts';
import { jsonSpans, lineOf } from './json-spans.ts';

/** The verdict over the last message, in words. */
export interface Reading {
  readonly isMatch: boolean;
  readonly text: string;
}

export interface ReadingInput {
  readonly binding: Binding;
  readonly payload: Uint8Array;
  readonly t: Translate<EditorKey>;
  readonly language: Language;
}

const maxShown = 40;
const cut = (text: string): string => (text.length > maxShown ? `${text.slice(0, maxShown - 1)}…` : text);

/** A value as the tile would say it. */
export function valueText(
  binding: Binding,
  value: Value,
  { t, language }: Pick<ReadingInput, 't' | 'language'>,
): string {
  if (typeof value === 'boolean') return t(value ? 'on' : 'off');
  if (typeof value === 'string') return `“${cut(value)}”`;
  if (typeof value === 'object') return colorToHex(value);
  const { unit, decimals } = binding.type === 'number' ? binding : {};
  return formatQuantity(value, { language, unit, decimals });
}

const problems: Readonly<Record<DecodeProblem, EditorKey>> = {
  'not-utf8': 'problemText',
  'not-json': 'problemJson',
  'path-not-found': 'problemPath',
  'not-a-number': 'problemNumber',
  'not-a-color': 'problemColour',
  'unknown-value': 'problemUnknown',
  'no-value': 'problemEmpty',
  'too-large': 'problemLarge',
};

function jsonLine(payload: Uint8Array): number {
  const text = decodeUtf8(payload) ?? '';
  const spans = jsonSpans(text);
  return spans.ok ? 1 : lineOf(text, spans.error.at);
}

function problemText(input: ReadingInput, decoded: Decoded & { readonly ok: false }): string {
  const n = decoded.error === 'not-json' ? jsonLine(input.payload) : 0;
  return input.t(problems[decoded.error], { value: cut(decoded.shown ?? ''), n });
}

/** What the binding makes of a message: "Matches, 62 %", "Path not found in this message". */
export function readMessage(input: ReadingInput): Reading {
  const { binding, payload, t, language } = input;
  const decoded = decode(binding, payload);
  if (!decoded.ok) return { isMatch: false, text: problemText(input, decoded) };
  const value = valueText(binding, decoded.value, input);
  if (binding.type !== 'number') return { isMatch: true, text: t('matches', { value }) };
  const raw = decodeRawNumber(binding, payload);
  const isSame = !raw.ok || raw.value === decoded.value;
  if (isSame) return { isMatch: true, text: t('matches', { value }) };
  return { isMatch: true, text: t('matchesScaled', { raw: formatQuantity(raw.value, { language }), value }) };
}
