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

export function createSetup(needsOwner: () => boolean, throttle: Throttle): Setup {
  const secret = newSetupCode();
  return {
    code: () => (needsOwner() ? secret : undefined),
    check: (typed, address) => {
      if (!needsOwner()) return { code: 'setup-done', message: 'This house already has an owner.' };
      const waitMs = throttle.waitMs(throttleName, address);
      if (waitMs > 0) return tooManyTries(waitMs);
      if (isSameSecret(normalizeSetupCode(typed), normalizeSetupCode(secret))) return undefined;
      throttle.failed(throttleName, address);
      return { code: 'wrong-setup-code', message: 'This is not the set-up code that the terminal shows.' };
    },
  };
}

export const tooManyTries = (waitMs: number): Problem => ({
  code: 'too-many-tries',
  message: 'Too many tries. Wait a moment, then try again.',
  params: { seconds: Math.max(1, Math.ceil(waitMs / 1_000)) },
});
