import { describe, expect, it } from 'vitest';
import { findSpan, jsonSpans, lineOf, maxSpanText } from '../../../web/editor/tile/json-spans.ts';
import { maxShownMessage, messagePieces } from '../../../web/editor/tile/message.ts';
import { parsePath } from '../../../shared/payload/path.ts';

const found = (text: string, path: string): string | undefined => {
  const spans = jsonSpans(text);
  const parsed = parsePath(path);
  if (!spans.ok || !parsed.ok) return undefined;
  const span = findSpan(spans.value, parsed.value);
  return span && text.slice(span.start, span.end);
};

describe('where a path stands in the text', () => {
  it.each([
    ['{"state":"ON","brightness":158}', '$.brightness', '158'],
    ['{"state":"ON","brightness":158}', 'state', '"ON"'],
    ['{ "a" : { "b c" : [ 1 , {"d": -2.5e3} ] } }', '$.a["b c"][1].d', '-2.5e3'],
    ['{"a":{"b":1}}', '$.a', '{"b":1}'],
    ['{"a":[1,2]}', 'a.1', '2'],
    ['[true,null]', '$[0]', 'true'],
    ['{"a\\"b":1}', '$["a\\"b"]', '1'],
    ['{"x":"{\\"brightness\\":1}","brightness":2}', '$.brightness', '2'],
    ['{"a":1}', '$.b', undefined],
  ])('%s at %s', (text, path, expected) => expect(found(text, path)).toBe(expected));

  it.each([
    '{"a":1',
    '{a:1}',
    '{"a":1}x',
    '',
    '[1,]',
    `{"a":"${'x'.repeat(maxSpanText)}"}`,
    '['.repeat(5_000),
    '{"a":"\u0001"}',
  ])('refuses what is no JSON %#', (text) => expect(jsonSpans(text).ok).toBe(false));

  it('names the line', () => {
    const text = '{\n"a": 1,\n"b": ?\n}';
    const spans = jsonSpans(text);
    expect(spans.ok ? 0 : lineOf(text, spans.error.at)).toBe(3);
  });
});

describe('pieces of a message', () => {
  it('marks what the path reads and lets every other value be tapped', () => {
    expect(messagePieces('{"state":"ON","brightness":158}', '$.brightness')).toEqual([
      { at: 0, text: '{"state":', isMarked: false },
      { at: 9, text: '"ON"', path: '$.state', isMarked: false },
      { at: 13, text: ',"brightness":', isMarked: false },
      { at: 27, text: '158', path: '$.brightness', isMarked: true },
      { at: 30, text: '}', isMarked: false },
    ]);
  });
  it('marks a whole object once', () => {
    const marked = messagePieces('{"color":{"h":1,"s":2},"x":3}', '$.color').filter((piece) => piece.isMarked);
    expect(marked.map((piece) => piece.text)).toEqual(['{"h":1,"s":2}']);
  });
  it('marks plain text as a whole, nothing without a match, and shows long ones cut', () => {
    expect(messagePieces('22.5', '')).toEqual([{ at: 0, text: '22.5', isMarked: true }]);
    expect(messagePieces('{"a":1}', '$.b').some((piece) => piece.isMarked)).toBe(false);
    const long = messagePieces('x'.repeat(100_000), '');
    expect(long.map((piece) => piece.text.length)).toEqual([maxShownMessage, 1]);
  });
  it.each([`{"a":${'['.repeat(4_000)}`, '<b>x</b>', '{', '"'])('never loses a character: %#', (text) => {
    expect(
      messagePieces(text, '$.a')
        .map((piece) => piece.text)
        .join('')
        .replace(/…$/, ''),
    ).toBe(text.slice(0, maxShownMessage));
  });
});
