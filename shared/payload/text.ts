import type { DecodeProblem } from './decoded.ts';
import { parsePath, readPath } from './path.ts';

/** Larger payloads are not parsed as JSON on a phone. */
export const maxJsonBytes = 262_144;
/** Longer texts are cut when shown. */
export const maxShownLength = 120;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });
const encoder = new TextEncoder();

/** Strict UTF-8; `undefined` when the bytes are anything else. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
}

export const encodeUtf8 = (text: string): Uint8Array => encoder.encode(text);

/** Cuts a payload's text for display. */
export const shorten = (text: string, max = maxShownLength): string =>
  text.length <= max ? text : `${text.slice(0, max - 1)}…`;

/** What a path found: a scalar or a JSON sub-tree, or why not. */
export type Extracted =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: DecodeProblem; readonly shown?: string };

/** Takes the part of a payload that a binding's path names. Without a path the whole text is the value. */
export function extract(payload: Uint8Array, path: string | undefined): Extracted {
  const text = decodeUtf8(payload);
  if (text === undefined) return { ok: false, error: 'not-utf8' };
  if (path === undefined || path.trim() === '') return { ok: true, value: text };
  if (payload.length > maxJsonBytes) return { ok: false, error: 'too-large', shown: shorten(text) };
  return extractJson(text, path);
}

function extractJson(text: string, path: string): Extracted {
  const parsedPath = parsePath(path);
  if (!parsedPath.ok) return { ok: false, error: 'path-not-found', shown: shorten(text) };
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return { ok: false, error: 'not-json', shown: shorten(text) };
  }
  const value = readPath(root, parsedPath.value);
  if (value === undefined) return { ok: false, error: 'path-not-found', shown: shorten(text) };
  return { ok: true, value };
}

/** A scalar as the text a device would have sent; sub-trees as JSON. */
export function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  return JSON.stringify(value) ?? '';
}
