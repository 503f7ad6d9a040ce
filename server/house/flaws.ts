import type { ErrorObject } from 'ajv';
import type * as v from 'valibot';

/** What can be wrong with a document; the terminal has a sentence for each, in every language. */
export type FlawName =
  | 'missing'
  | 'unknown'
  | 'kind'
  | 'bounds'
  | 'other'
  | 'twice'
  | 'placed-twice'
  | 'no-room'
  | 'no-tile'
  | 'too-wide'
  | 'overlap';

/** The first place where a document is no house, and why. */
export interface Flaw {
  readonly path: string;
  readonly name: FlawName;
  /** One English clause for people who read JSON. */
  readonly reason: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** Long lists of what is allowed are cut here. */
const maxShown = 120;
const shown = (text: string): string => (text.length > maxShown ? `${text.slice(0, maxShown)}…` : text);

const pathOf = (issue: v.BaseIssue<unknown>): string =>
  (issue.path ?? []).map((item) => `/${String(item.key)}`).join('');

/** A flaw as the envelope's schema found it. */
export function flawOfIssue(issue: v.BaseIssue<unknown>): Flaw {
  const { kind, expected, received, message: reason } = issue;
  const path = pathOf(issue);
  const params = { expected: shown(expected ?? ''), received: shown(received) };
  if (expected === null) return { path, name: 'other', reason };
  if (expected === 'never') return { path, name: 'unknown', reason };
  if (received === 'undefined') return { path, name: 'missing', reason };
  return { path, name: kind === 'validation' ? 'bounds' : 'kind', reason, params };
}

/** A flaw as the schema of the kinds found it. */
export function flawOfError({ instancePath, keyword, message, params }: ErrorObject): Flaw {
  const reason = message ?? 'does not fit';
  const extra: unknown = params['additionalProperty'];
  if (typeof extra === 'string')
    return { path: `${instancePath}/${extra}`, name: 'unknown', reason: 'is not known here' };
  const absent: unknown = params['missingProperty'];
  if (typeof absent === 'string') return { path: `${instancePath}/${absent}`, name: 'missing', reason: 'is missing' };
  const allowed: unknown = params['allowedValues'];
  if (keyword === 'enum' && Array.isArray(allowed))
    return { path: instancePath, name: 'kind', reason, params: { expected: shown(allowed.join(' | ')) } };
  const limit: unknown = params['limit'];
  if (typeof limit === 'number')
    return { path: instancePath, name: 'bounds', reason, params: { expected: `${limitSigns[keyword] ?? ''}${limit}` } };
  return { path: instancePath, name: 'other', reason };
}

const limitSigns: Readonly<Record<string, string>> = {
  minimum: '>=',
  maximum: '<=',
  exclusiveMinimum: '>',
  exclusiveMaximum: '<',
  minLength: '>=',
  maxLength: '<=',
  minItems: '>=',
  maxItems: '<=',
};
