import { hash, verify } from '@node-rs/argon2';
import type { Result } from '../../shared/result.ts';
import { opensOldHash } from './old-hash.ts';
import { createTurns, type Place } from './turns.ts';

/** argon2id (the default) as OWASP advises for small machines: 19 MiB, two passes, about 15 ms. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Hashes that run at the same time, in threads beside the event loop; two leave a Raspberry Pi air. */
const maxRunning = 2;

/** Computes password hashes without ever piling them up. `fail` = too much at once. */
export interface PasswordHasher {
  hash(password: string, place: Place): Promise<Result<string, 'busy'>>;
  verify(stored: string, password: string, place: Place): Promise<Result<boolean, 'busy'>>;
}

export function createPasswordHasher(): PasswordHasher {
  const inTurn = createTurns({ maxRunning });
  return {
    hash: (password, place) => inTurn(place, () => hash(password, cost)),
    verify: (stored, password, place) =>
      inTurn(place, async () => (await opensOldHash(stored, password)) ?? (await verify(stored, password))),
  };
}
