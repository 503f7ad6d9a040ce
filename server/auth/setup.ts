import type { Problem } from '../../shared/api/problem.ts';
import { isSameSecret, newSetupCode, normalizeSetupCode } from './secret.ts';
import type { Throttle } from './throttle.ts';

/** Guards the first account with a code that only the terminal showed. It lives in memory: every start makes a new one. */
export interface Setup {
  /** Present while nobody owns the house. */
  code(): string | undefined;
  /** Why this try is refused, if it is. */
  check(typed: string, address: string): Problem | undefined;
}

/** One name for all tries, so that only the address counts. */
const throttleName = '\0setup';

const wrong: Problem = { code: 'wrong-setup-code', message: 'This is not the set-up code that the terminal shows.' };

export function createSetup(needsOwner: () => boolean, throttle: Throttle): Setup {
  const secret = newSetupCode();
  return {
    code: () => (needsOwner() ? secret : undefined),
    check: (typed, address) => {
      if (!needsOwner()) return { code: 'setup-done', message: 'This house already has an owner.' };
      const isRight = (): boolean => isSameSecret(normalizeSetupCode(typed), normalizeSetupCode(secret));
      return refusalOf({ throttle, name: throttleName, address, isRight, wrong });
    },
  };
}

export const tooManyTries = (waitMs: number): Problem => ({
  code: 'too-many-tries',
  message: 'Too many tries. Wait a moment, then try again.',
  params: { seconds: Math.max(1, Math.ceil(waitMs / 1_000)) },
});

interface Guess {
  readonly throttle: Throttle;
  /** What is guessed at, for the throttle. */
  readonly name: string;
  readonly address: string;
  readonly isRight: () => boolean;
  readonly wrong: Problem;
}

/** Why one guess at a secret is refused, if it is; wrong ones slow their address down. */
export function refusalOf({ throttle, name, address, isRight, wrong }: Guess): Problem | undefined {
  const waitMs = throttle.waitMs(name, address);
  if (waitMs > 0) return tooManyTries(waitMs);
  if (isRight()) return undefined;
  throttle.failed(name, address);
  return wrong;
}
