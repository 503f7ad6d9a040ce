import { describe, expect, it } from 'vitest';
import { formatPath, parsePath, readPath } from '../../../shared/payload/path.ts';

const document = { a: { b: [{ 'c d': 1, "it's": 2 }], 0: 'zero' }, state: 'ON', n: null, list: [10, 20] };

describe('JSON paths', () => {
  it.each([
    ['$.a.b[0]["c d"]', 1],
    ['a.b[0]["c d"]', 1],
    ["$.a.b[0]['it\\'s']", 2],
    ['$', document],
    ['', document],
    ['state', 'ON'],
    ['list.1', 20],
    ['list[1]', 20],
    ['a.0', 'zero'],
    ['n', null],
    ['n.x', undefined],
    ['missing', undefined],
    ['list[7]', undefined],
    ['constructor', undefined],
    ['__proto__.polluted', undefined],
    ['state.length', undefined],
  ])('%s', (path, expected) => {
    const parsed = parsePath(path);
    expect(parsed.ok && readPath(document, parsed.value)).toEqual(expected);
  });

  it.each([
    ['$.a[', 3],
    ['a..b', 1],
    ['a["open]', 1],
    ['a b', 1],
    ['x'.repeat(3) + '.y'.repeat(40), 33],
  ])('refuses %s at %i', (path, at) => expect(parsePath(path)).toEqual({ ok: false, error: { at } }));

  it.each(['$', '$.a[0]["c d"]', '$.zimmer.größe', '$["a.b"]', '$["1st"]'])('writes %s as it reads it', (path) => {
    const parsed = parsePath(path);
    expect(parsed.ok && formatPath(parsed.value)).toBe(path);
  });
});
