import { linesOf, type Mistake } from './lines.ts';
import { isMosquittoHash } from '../../auth/old-hash.ts';

export interface PasswordEntry {
  readonly username: string;
  readonly hash: string;
  readonly line: number;
}

/** Reads what `mosquitto_passwd` writes: `name:hash`, one a line. A plain password is a mistake: it was never encrypted. */
export function readPasswordFile(
  file: string,
  content: string,
): { readonly entries: readonly PasswordEntry[]; readonly mistakes: readonly Mistake[] } {
  const entries: PasswordEntry[] = [];
  const mistakes: Mistake[] = [];
  for (const { line, text } of linesOf(file, content)) {
    const colon = text.indexOf(':');
    const [username, hash] = [text.slice(0, Math.max(0, colon)), text.slice(colon + 1)];
    const code =
      username === ''
        ? 'no-name'
        : colon < 0 || !hash.startsWith('$')
          ? 'no-hash'
          : !isMosquittoHash(hash)
            ? 'bad-hash'
            : entries.some((one) => one.username === username)
              ? 'name-twice'
              : undefined;
    // The text of a broken line may hold a password: only the name is told.
    if (code) mistakes.push({ file, line, code, text: username });
    else entries.push({ username, hash, line });
  }
  return { entries, mistakes };
}

/** The other way round. */
export const writePasswordFile = (entries: readonly Omit<PasswordEntry, 'line'>[]): string =>
  entries.map(({ username, hash }) => `${username}:${hash}\n`).join('');
