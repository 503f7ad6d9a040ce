import type { Range } from '../api/limits.ts';
import type { Binding, BooleanBinding, ColorBinding, NumberBinding } from '../house/binding.ts';
import { offPayloads, onPayloads } from '../payload/boolean.ts';
import { decodeColor, encodeColor } from '../payload/color-codec.ts';
import { encodeNumber, toShown } from '../payload/number.ts';
import { parsePath } from '../payload/path.ts';
import { matchTemplate } from '../payload/template.ts';
import { decodeUtf8, encodeUtf8 } from '../payload/text.ts';

/** Larger commands are none that a tile writes. */
export const maxCommandBytes = 4_096;

/** A role that sends to a topic, and what it may be set to there. */
export interface Form {
  readonly binding: Binding;
  readonly range?: Range | undefined;
}

/** A number as devices write it to each other: no unit, no exponent, nothing that two programs may read differently. */
const plainNumber = /^[+-]?\d{1,15}(?:\.\d{1,15})?$/;
/** Percent by which the eight bits of a colour miss a brightness. */
const colorRounding = 0.5;

const isJson = (text: string): boolean => /^\s*[{["]/.test(text);
/** Without the blanks that mean nothing. */
const compact = (text: string): string =>
  isJson(text)
    ? text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, (_all, quoted: string | undefined) => quoted ?? '')
    : text.trim();

/** What a device sends that has only this value: `$.a.b` → `{"a":{"b":{{value}}}}`. */
function templateOf(path: string | undefined): string | undefined {
  const parsed = path === undefined ? undefined : parsePath(path);
  if (!parsed?.ok || !parsed.value.every((key) => typeof key === 'string')) return undefined;
  return parsed.value.reduceRight((inside, key) => `{${JSON.stringify(key)}:${inside}}`, '{{value}}');
}

/** What stands at the place of the value in each way that the role has to write it. */
function partsOf({ template, path }: Binding, text: string): readonly string[] {
  const ways = [template ?? '', templateOf(path)].filter((way) => way !== undefined);
  return ways.map((way) => matchTemplate(compact(way), compact(text))).filter((part) => part !== undefined);
}

const isIn = (words: readonly string[], part: string): boolean =>
  words.some((word) => [word, JSON.stringify(word)].some((one) => one.toLowerCase() === part.toLowerCase()));

function booleanFits(binding: BooleanBinding, text: string): true | undefined {
  const wholes = [binding.commandOn, binding.commandOff].filter((whole) => whole !== undefined);
  if (wholes.some((whole) => compact(whole) === compact(text))) return true;
  const words = [...onPayloads(binding), ...offPayloads(binding)];
  return partsOf(binding, text).some((part) => isIn(words, part.trim())) ? true : undefined;
}

/** What the tile itself writes for an end is within, though rounded to what the device can take. */
function isInside(binding: NumberBinding, { min, max }: Range, value: number): boolean {
  const written = (end: number): number => toShown(binding, Number(encodeNumber(binding, end)));
  return (
    (min === undefined || value >= Math.min(min, written(min))) &&
    (max === undefined || value <= Math.max(max, written(max)))
  );
}

function numberFits(binding: NumberBinding, range: Range | undefined, text: string): boolean | undefined {
  const part = partsOf(binding, text).find((one) => plainNumber.test(one.trim()));
  if (part === undefined) return undefined;
  return !range || isInside(binding, range, toShown(binding, Number(part)));
}

/** Only as the tile writes it: `#rrggbbww` says more than a colour. */
function colorFits(binding: ColorBinding, range: Range | undefined, text: string): boolean | undefined {
  for (const part of partsOf(binding, text)) {
    const read = decodeColor({ ...binding, path: '' }, encodeUtf8(part));
    if (!read.ok || encodeColor(binding, read.value).toLowerCase() !== part.toLowerCase()) continue;
    if (!range || binding.format === 'json-hs') return true;
    const { min = 0, max = 100 } = range;
    return read.value.v >= min - colorRounding && read.value.v <= max + colorRounding;
  }
  return undefined;
}

/** Whether the role may write this; undefined: it never would. A text beside a limited number could say anything. */
function fits({ binding, range }: Form, text: string, isLimited: boolean): boolean | undefined {
  switch (binding.type) {
    case 'boolean':
      return booleanFits(binding, text);
    case 'number':
      return numberFits(binding, range, text);
    case 'color':
      return colorFits(binding, range, text);
    case 'text':
      return isLimited ? undefined : true;
  }
}

/**
 * Whether a payload is one that the tiles themselves could have written to their topic, each limited role within its range. Whatever
 * else a device may understand there (`{"brightness":10,"effect":"blink"}`) is refused: nobody can say what it would do.
 */
export function isWritten(forms: readonly Form[], payload: Uint8Array): boolean {
  const text = payload.length <= maxCommandBytes ? decodeUtf8(payload) : undefined;
  if (text === undefined) return false;
  const isLimited = forms.some(({ range }) => range !== undefined);
  const answers = forms.map((form) => fits(form, text, isLimited)).filter((answer) => answer !== undefined);
  return answers.length > 0 && !answers.includes(false);
}
