// canary: TS2532
export const firstLetter = (words: readonly string[]): string => words[0].slice(0, 1);
