import type { Problem } from '../../shared/api/problem.ts';
import { isSameSecret } from './secret.ts';
import { refusalOf } from './setup.ts';
import type { Throttle } from './throttle.ts';

/** A program that watches the house from outside, such as Prometheus: it has a token instead of an account, and sees figures only. */
export interface Watcher {
  /** Why this token does not open, if it does not. */
  refusalOf(token: string, address: string): Problem | undefined;
}

/** One name for all tries, so that only the address counts. */
const throttleName = '\0figures';

const wrong: Problem = { code: 'wrong-login', message: 'This is not the token of --metrics-token.' };

export function createWatcher(secret: string | undefined, throttle: Throttle): Watcher {
  return {
    refusalOf: (token, address) => {
      const isRight = (): boolean => secret !== undefined && isSameSecret(token, secret);
      return refusalOf({ throttle, name: throttleName, address, isRight, wrong });
    },
  };
}

/** The token of an `Authorization: Bearer …` header. */
export const bearerOf = (header: string | undefined): string | undefined =>
  /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1];
