import type { FastifyBodyParser, FastifyError } from 'fastify';

/** A house is 9 levels deep; whatever is much deeper only wants to exhaust whoever walks through it. */
const maxJsonDepth = 64;

const quote = 0x22;
const backslash = 0x5c;
const isOpening = (code: number): boolean => code === 0x5b || code === 0x7b;
const isClosing = (code: number): boolean => code === 0x5d || code === 0x7d;

/** Whether brackets outside of strings nest deeper than so; looks at each character once, before anything is built from them. */
function isDeeperThan(text: string, maxDepth: number): boolean {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (isInString) {
      if (code === backslash) index++;
      else if (code === quote) isInString = false;
    } else if (code === quote) isInString = true;
    else if (isOpening(code)) {
      if (++depth > maxDepth) return true;
    } else if (isClosing(code)) depth--;
  }
  return false;
}

const tooDeep = (): FastifyError =>
  Object.assign(new Error('The request is nested too deeply.'), {
    code: 'KACHEL_TOO_DEEP',
    name: 'TooDeep',
    statusCode: 400,
  });

/** Refuses what nests too deeply, and leaves the rest to Fastify's own parser. */
export const shallowJson =
  (parse: FastifyBodyParser<string>): FastifyBodyParser<string> =>
  (request, body, done): void => {
    if (isDeeperThan(body, maxJsonDepth)) done(tooDeep());
    else void parse(request, body, done);
  };
