import { found, type Check } from '../check.ts';

/** Lines about single accounts; what is beyond shows when these are put right. */
const maxLines = 10;

/** Nobody has a password that is guessed first. */
export const passwords: Check = {
  name: 'passwords',
  look: async ({ auth, isOver }) => {
    const { weak, tried, untried, guesses, made } = await auth.weakPasswords.look(isOver);
    const weakLines = weak
      .slice(0, maxLines)
      .map(({ kind, id, name }) => found('weak-password', { name }, { kind, id }));
    const isStrong = weak.length === 0 && untried === 0;
    return [
      ...weakLines,
      ...(untried > 0 ? [found('passwords-untried', { n: untried, tried })] : []),
      ...(isStrong ? [found('passwords-strong', { n: tried, guesses, made })] : []),
    ];
  },
};
