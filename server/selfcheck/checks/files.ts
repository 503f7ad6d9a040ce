import { found, namesIn, type Check } from '../check.ts';

/** Nobody else on this machine reads database and keys. */
export const files: Check = {
  name: 'files',
  look: ({ looseFiles }) => {
    const loose = looseFiles();
    return loose.length > 0
      ? [found('files-open', { n: loose.length, names: namesIn(loose) })]
      : [found('files-closed')];
  },
};
