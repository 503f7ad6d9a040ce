import type { Language } from './define.ts';

/**
 * Makes a language known. In the built page the words of the first screens are one file per language, so that a phone fetches
 * only the one it speaks (`splitWords` in vite.config.ts writes this function anew); everywhere else both are always there.
 */
export const learn = (_language: Language): Promise<void> => Promise.resolve();
