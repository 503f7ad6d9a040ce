import type { JsonPath } from '../../../shared/payload/path.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';

/** Where one value stands in the source text of a JSON message: `[start, end)`. */
export interface JsonSpan {
  readonly path: JsonPath;
  readonly start: number;
  readonly end: number;
  readonly isScalar: boolean;
}

/** Longer texts and deeper messages are not taken apart. */
export const maxSpanText = 16_384;
const maxSpans = 400;
const maxDepth = 16;

/** Thrown inside this file only: the place where the text stops being JSON. */
class NotJson extends Error {
  readonly at: number;
  constructor(at: number) {
    super('not JSON');
    this.at = at;
  }
}

const blank = /[ \t\r\n]*/y;
const scalar = /"(?:[^"\\\u0000-\u001f]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

class Scanner {
  readonly spans: JsonSpan[] = [];
  readonly text: string;
  at = 0;
  constructor(text: string) {
    this.text = text;
  }

  skip(): void {
    blank.lastIndex = this.at;
    blank.exec(this.text);
    this.at = blank.lastIndex;
  }

  next(): string {
    this.skip();
    return this.text[this.at] ?? '';
  }

  expect(sign: string): void {
    if (this.next() !== sign) throw new NotJson(this.at);
    this.at += 1;
  }

  word(): string {
    this.skip();
    scalar.lastIndex = this.at;
    const match = scalar.exec(this.text);
    if (!match) throw new NotJson(this.at);
    this.at = scalar.lastIndex;
    return match[0];
  }

  value(path: JsonPath): void {
    const sign = this.next();
    const start = this.at;
    const isScalar = sign !== '{' && sign !== '[';
    const slot = this.spans.length;
    if (path.length >= maxDepth || slot >= maxSpans) throw new NotJson(start);
    this.spans.push({ path, start, end: start, isScalar });
    if (isScalar) this.word();
    else this.list(path, sign === '{');
    this.spans[slot] = { path, start, end: this.at, isScalar };
  }

  list(path: JsonPath, isObject: boolean): void {
    const close = isObject ? '}' : ']';
    this.at += 1;
    if (this.next() === close) {
      this.at += 1;
      return;
    }
    for (let index = 0; ; index += 1) {
      this.value([...path, isObject ? this.key() : index]);
      if (this.next() !== ',') break;
      this.at += 1;
    }
    this.expect(close);
  }

  key(): string {
    const at = this.at;
    const word = this.word();
    if (!word.startsWith('"')) throw new NotJson(at);
    this.expect(':');
    const key: unknown = JSON.parse(word);
    return typeof key === 'string' ? key : '';
  }
}

/** Every value of a JSON text with its place, outer ones first. Error: the position where it stops being JSON (or too large). */
export function jsonSpans(text: string): Result<readonly JsonSpan[], { readonly at: number }> {
  if (text.length > maxSpanText) return fail({ at: maxSpanText });
  const scanner = new Scanner(text);
  try {
    scanner.value([]);
    scanner.skip();
  } catch (error) {
    return fail({ at: error instanceof NotJson ? error.at : scanner.at });
  }
  return scanner.at === text.length ? ok(scanner.spans) : fail({ at: scanner.at });
}

/** The line (from 1) of a position. */
export const lineOf = (text: string, at: number): number => text.slice(0, at).split('\n').length;

const isSamePath = (a: JsonPath, b: JsonPath): boolean =>
  a.length === b.length && a.every((key, index) => String(key) === String(b[index]));

/** Where a path points to in the text; undefined when it leads nowhere. */
export const findSpan = (spans: readonly JsonSpan[], path: JsonPath): JsonSpan | undefined =>
  spans.find((span) => isSamePath(span.path, path));
