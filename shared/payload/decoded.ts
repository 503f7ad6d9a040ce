import type { Color } from './color.ts';

/** Any value a role can carry. */
export type Value = boolean | number | string | Color;

/** Why a payload could not be read; each has a text key of the same name. */
export type DecodeProblem =
  | 'not-utf8'
  | 'not-json'
  | 'path-not-found'
  | 'not-a-number'
  | 'not-a-color'
  | 'unknown-value'
  | 'no-value'
  | 'too-large';

/** The result of reading a payload with a binding; `shown` is the (shortened) text that was found, for "Says “2”". */
export type Decoded<T extends Value = Value> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: DecodeProblem; readonly shown?: string };
