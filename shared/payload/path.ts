import { fail, ok, type Result } from '../result.ts';

/** A parsed JSON path: keys and array positions from the root. */
export type JsonPath = readonly (string | number)[];

/** Deeper paths than this are refused. */
const maxSegments = 16;
const segment = /\.?([^.[\]"'\s]+)|\[(\d{1,6})\]|\[("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\]/y;

/**
 * Reads `$.a.b[0]["c d"]`; the leading `$` or `$.` may be left out, and a number after a dot (`a.0`) works for arrays too.
 * Errors: the position (0-based) at which the path stops making sense.
 */
export function parsePath(text: string): Result<JsonPath, { readonly at: number }> {
  const trimmed = text.trim();
  const start = trimmed.startsWith('$') ? 1 : 0;
  const path: (string | number)[] = [];
  segment.lastIndex = start;
  while (segment.lastIndex < trimmed.length) {
    const at = segment.lastIndex;
    const match = segment.exec(trimmed);
    if (!match || path.length === maxSegments) return fail({ at });
    path.push(toSegment(match));
  }
  return ok(path);
}

function toSegment(match: RegExpExecArray): string | number {
  if (match[2] !== undefined) return Number(match[2]);
  const quoted = match[3];
  if (quoted === undefined) return match[1] ?? '';
  return quoted.slice(1, -1).replace(/\\(.)/g, '$1');
}

/** Follows a path into parsed JSON; `undefined` when it leads nowhere. Only own properties count. */
export function readPath(root: unknown, path: JsonPath): unknown {
  let current = root;
  for (const key of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    if (!Object.hasOwn(current, key)) return undefined;
    current = (current as Record<string | number, unknown>)[key];
  }
  return current;
}

/** Writes a path in the form `parsePath` reads: `$.a[0]["c d"]`. */
export function formatPath(path: JsonPath): string {
  const parts = path.map((key) => {
    if (typeof key === 'number') return `[${key}]`;
    return /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
  });
  return `$${parts.join('')}`;
}
