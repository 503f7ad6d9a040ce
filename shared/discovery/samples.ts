/** Longest text that is looked into; the server cuts payloads at the same size. */
export const maxSampleLength = 16_384;
const maxShownLength = 200;

/** First characters of a text in one line, for lists. */
export const shortText = (text: string): string => {
  const line = text
    .slice(0, maxShownLength * 2)
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > maxShownLength ? `${line.slice(0, maxShownLength - 1)}…` : line;
};

const imageStart = /^(?:data:image\/|\/9j\/|iVBORw0KGgo|R0lGOD|UklGR|GIF8|RIFF)/;
/* Control characters other than tab and line ends, and the sign a decoder leaves behind for broken UTF-8. */
const binarySign = /[^\P{Cc}\t\n\r]|\ufffd/u;

/** Pictures and other bytes that are not text. */
export const isBinary = (text: string): boolean => imageStart.test(text) || binarySign.test(text.slice(0, 1_024));

const noValues = new Set(['', 'nan', 'null', 'none', 'unavailable', 'unknown', 'undefined', 'inf', '-inf']);

/** Texts that say "there is nothing": no decision rests on them. */
export const isNoValue = (text: string): boolean => text.length < 20 && noValues.has(text.trim().toLowerCase());
