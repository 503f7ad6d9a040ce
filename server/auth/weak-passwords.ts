import { minPasswordLength } from '../../shared/api/contract.ts';
import type { AppPasswords } from './app-passwords.ts';
import { guessesFor } from './common-passwords.ts';
import type { DeviceAccounts } from './devices.ts';
import type { PasswordHasher } from './password.ts';
import { hasEnded, type People } from './people.ts';

/**
 * Tries of one look, over all accounts: each costs what a login costs, 15 ms or five times that on a small machine. What was not reached
 * is tried by the next look.
 */
const maxTriesPerLook = 600;

/** How this program writes argon2id; hashes of others may have been made of shorter passwords. */
const ownHash = '$argon2id$v=19$m=19456,t=2,p=1$';

export interface Guessed {
  readonly kind: 'person' | 'device';
  readonly id: string;
  readonly name: string;
}

export interface WeakReport {
  readonly weak: readonly Guessed[];
  /** Chosen passwords for which all guesses are through, and those whose turn has not come. */
  readonly tried: number;
  readonly untried: number;
  /** How many guesses that were, this time or at an earlier look. */
  readonly guesses: number;
  /** Made by Kachel: 192 bits that nobody guesses. */
  readonly made: number;
}

export interface WeakPasswords {
  /** Guesses chosen passwords, one after the other, when nobody else waits for a password; until it `isOver`. */
  look(isOver: () => boolean): Promise<WeakReport>;
}

export interface WeakPasswordParts {
  readonly people: People;
  readonly devices: DeviceAccounts;
  readonly apps: AppPasswords;
  readonly hasher: PasswordHasher;
  readonly nowMs: () => number;
}

interface Account extends Guessed {
  readonly secret: string;
  readonly names: readonly string[];
}

/** How a secret stood the guesses, for as long as it is the same. */
interface Outcome {
  readonly isWeak: boolean;
  readonly guesses: number;
}

interface Bounds {
  readonly maxTries: number;
  readonly isOver: () => boolean;
}

const isMade = (secret: string): boolean => secret.startsWith('sha256:');

/** Who can come in now: a password of an ended card or a blocked device opens nothing. */
function accountsOf({ people, devices, nowMs }: WeakPasswordParts): readonly Account[] {
  const persons = people.all().flatMap((person): Account[] => {
    const { id, name, passwordHash: secret } = person;
    return secret === '' || hasEnded(person, nowMs()) ? [] : [{ kind: 'person', id, name, secret, names: [name] }];
  });
  const things = devices.all().flatMap(({ id, name, username, secret, isBlocked }): Account[] => {
    return isBlocked ? [] : [{ kind: 'device', id, name, secret, names: [...new Set([name, username])] }];
  });
  return [...persons, ...things];
}

/** Shorter passwords than Kachel takes can only stand behind a hash that came from elsewhere. */
function guessesOf({ secret, names }: Account, thisYear: number): readonly string[] {
  const all = guessesFor(names, thisYear);
  return secret.startsWith(ownHash) ? all.filter((guess) => guess.length >= minPasswordLength) : all;
}

export function createWeakPasswords(parts: WeakPasswordParts): WeakPasswords {
  const { hasher, apps, nowMs } = parts;
  /** By secret; forgotten with it. */
  let known = new Map<string, Outcome>();

  /** Undefined: there is no place or no time, or the tries are used up. */
  const guess = async (account: Account, { maxTries, isOver }: Bounds): Promise<Outcome | undefined> => {
    const guesses = guessesOf(account, new Date(nowMs()).getUTCFullYear());
    if (guesses.length > maxTries) return undefined;
    for (const [index, one] of guesses.entries()) {
      const opened = await hasher.verify(account.secret, one, { line: 'later', name: account.id });
      if (!opened.ok || isOver()) return undefined;
      if (opened.value) return { isWeak: true, guesses: index + 1 };
    }
    return { isWeak: false, guesses: guesses.length };
  };

  return {
    look: async (isOver) => {
      const accounts = accountsOf(parts);
      const chosen = accounts.filter(({ secret }) => !isMade(secret));
      const outcomes = new Map<string, Outcome>();
      let left = maxTriesPerLook;
      for (const account of chosen) {
        const before = known.get(account.secret);
        const outcome = before ?? (await guess(account, { maxTries: left, isOver }));
        if (!outcome) continue;
        outcomes.set(account.secret, outcome);
        if (!before) left -= outcome.guesses;
      }
      known = outcomes;
      const through = chosen.filter(({ secret }) => outcomes.has(secret));
      return {
        weak: through.filter(({ secret }) => outcomes.get(secret)?.isWeak),
        tried: through.length,
        untried: chosen.length - through.length,
        guesses: [...outcomes.values()].reduce((sum, { guesses }) => sum + guesses, 0),
        made: accounts.length - chosen.length + apps.all().length,
      };
    },
  };
}
