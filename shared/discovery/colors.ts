import type { Guess } from './guess.ts';
import { isColorWord, isHsvWord } from './words.ts';

type Format = NonNullable<Guess['colorFormat']>;

const prefixed = /^(?:#[0-9a-f]{6}(?:[0-9a-f]{2})?|0x[0-9a-f]{6})$/i;
const bare = /^[0-9a-f]{6}$/i;
const triple =
  /^\[?\s*(\d{1,3}(?:\.\d+)?)\s*,\s*(\d{1,3}(?:\.\d+)?)\s*,\s*(\d{1,3}(?:\.\d+)?)\s*(?:,\s*\d{1,3}\s*){0,2}\]?$/;

/** Rules 6-8: how a colour is written; undefined when the text is none or its topic says nothing of colours. */
export function colorFormatOf(text: string, words: readonly string[]): Format | undefined {
  const trimmed = text.length > 60 ? '' : text.trim();
  if (prefixed.test(trimmed)) return 'hex';
  if (!words.some(isColorWord)) return undefined;
  return bare.test(trimmed) ? 'hex-bare' : tripleFormat(trimmed, words.some(isHsvWord));
}

function tripleFormat(text: string, isHsv: boolean): Format | undefined {
  const parts = triple.exec(text)?.slice(1).map(Number);
  if (!parts) return undefined;
  const within = (...limits: readonly number[]): boolean => parts.every((part, index) => part <= (limits[index] ?? 0));
  if (isHsv && within(360, 100, 100)) return 'hsv';
  return within(255, 255, 255) ? 'rgb' : undefined;
}

const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);

/** `{r,g,b}`, `{h,s,v}`, `{h,s}`: an object that is one colour. */
export function colorObjectFormat(value: Readonly<Record<string, unknown>>): Format | undefined {
  const all = (...keys: readonly string[]): boolean => keys.every((key) => isNumber(value[key]));
  if (all('r', 'g', 'b')) return 'json-rgb';
  if (all('h', 's', 'v')) return 'json-hsv';
  if (all('h', 's')) return 'json-hs';
  // Zigbee2MQTT reports hue and saturation and takes r, g, b as well.
  return all('hue', 'saturation') ? 'json-rgb' : undefined;
}
