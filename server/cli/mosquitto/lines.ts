/** A place in one of Mosquitto's files, for messages that people can follow. */
export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** Something that stops the import: nothing is changed. */
export interface Mistake extends Place {
  readonly code: MistakeCode;
  readonly text: string;
}
export type MistakeCode =
  | 'no-hash'
  | 'bad-hash'
  | 'no-name'
  | 'name-twice'
  | 'bad-access'
  | 'bad-filter'
  | 'unknown-line'
  | 'bad-number'
  | 'too-deep'
  | 'file-missing';

/** Something that Kachel does differently: the import goes on and tells it. */
export interface LeftOut extends Place {
  readonly code: LeftOutCode;
  readonly text: string;
}
export type LeftOutCode =
  | 'anonymous'
  | 'anonymous-rules'
  | 'bridge'
  | 'plugin'
  | 'unix-socket'
  | 'listener'
  | 'address'
  | 'certificate-login'
  | 'psk'
  | 'literal-percent'
  | 'user-without-password'
  | 'setting';

export interface Line extends Place {
  readonly text: string;
}

/** Lines with their numbers; comments (a `#` at the beginning) and empty ones are passed over. */
export const linesOf = (file: string, content: string): Line[] =>
  content
    .split(/\r?\n/)
    .map((text, index) => ({ file, line: index + 1, text: text.trim() }))
    .filter(({ text }) => text !== '' && !text.startsWith('#'));

/** The first word of a line, and the rest of it as it stands. */
export function firstWord(text: string): { readonly word: string; readonly rest: string } {
  const match = /^(\S+)\s*([^]*)$/.exec(text);
  return { word: match?.[1] ?? '', rest: match?.[2] ?? '' };
}
