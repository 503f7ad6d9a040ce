import { formatPath, parsePath } from '../../../shared/payload/path.ts';
import { findSpan, jsonSpans, type JsonSpan } from './json-spans.ts';

/** A piece of a message; pieces with a path can be tapped to choose that value. */
export interface MessagePiece {
  /** Position in the text, a stable key. */
  readonly at: number;
  readonly text: string;
  readonly path?: string;
  readonly isMarked: boolean;
}

/** A message is shown up to this length, and at most so many values can be tapped. */
export const maxShownMessage = 2_000;
const maxTappable = 60;

/** Cuts a message into pieces: the value the binding reads is marked, every scalar of a JSON message can be chosen. */
export function messagePieces(text: string, path: string): readonly MessagePiece[] {
  const shown = text.slice(0, maxShownMessage);
  const rest: MessagePiece[] = text.length > shown.length ? [{ at: shown.length, text: '…', isMarked: false }] : [];
  const spans = jsonSpans(text);
  if (!spans.ok || !/^\s*[{[]/.test(text)) return [{ at: 0, text: shown, isMarked: path.trim() === '' }, ...rest];
  const wanted = path.trim() === '' ? undefined : parsePath(path);
  const marked = wanted?.ok ? findSpan(spans.value, wanted.value) : undefined;
  const cuts = spans.value
    .filter((span) => span.isScalar && span.end <= shown.length)
    .slice(0, maxTappable)
    .filter((span) => !marked || span.end <= marked.start || span.start >= marked.end);
  const all = marked && marked.end <= shown.length ? [...cuts, marked] : cuts;
  return [
    ...pieces(
      shown,
      all.toSorted((a, b) => a.start - b.start),
      marked,
    ),
    ...rest,
  ];
}

function pieces(text: string, cuts: readonly JsonSpan[], marked: JsonSpan | undefined): MessagePiece[] {
  const found: MessagePiece[] = [];
  let at = 0;
  for (const span of cuts) {
    if (span.start > at) found.push({ at, text: text.slice(at, span.start), isMarked: false });
    const isMarked = span === marked;
    found.push({ at: span.start, text: text.slice(span.start, span.end), path: formatPath(span.path), isMarked });
    at = span.end;
  }
  if (at < text.length) found.push({ at, text: text.slice(at), isMarked: false });
  return found;
}
