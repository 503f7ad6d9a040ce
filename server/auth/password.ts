import { hash, verify } from '@node-rs/argon2';
import { fail, ok, type Result } from '../../shared/result.ts';
import { opensOldHash } from './old-hash.ts';

/** argon2id (the default) as OWASP advises for small machines: 19 MiB, two passes, about 15 ms. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Hashes that run at the same time, in threads beside the event loop; two leave a Raspberry Pi air. */
const maxRunning = 2;
/** Waiting ones in all, and from one address: a flood from one place may not push others out. */
const maxWaiting = 64;
const maxPerAddress = 4;

interface Job {
  readonly address: string;
  readonly start: () => void;
}

/** Computes password hashes without ever piling them up. `fail` = too much at once. */
export interface PasswordHasher {
  hash(password: string, address: string): Promise<Result<string, 'busy'>>;
  verify(stored: string, password: string, address: string): Promise<Result<boolean, 'busy'>>;
}

/** Work with a bounded queue. Addresses take turns, so that one with many jobs does not hold up one with a single one. */
export function createTurns(limits = { maxRunning, maxWaiting, maxPerAddress }) {
  const waiting = new Map<string, Job[]>();
  let waitingCount = 0;
  let running = 0;

  const next = (): void => {
    if (running >= limits.maxRunning) return;
    const [address, jobs] = waiting.entries().next().value ?? [];
    const job = jobs?.shift();
    if (address === undefined || jobs === undefined || job === undefined) return;
    waiting.delete(address);
    if (jobs.length > 0) waiting.set(address, jobs);
    waitingCount -= 1;
    running += 1;
    job.start();
  };

  return async <T>(address: string, work: () => Promise<T>): Promise<Result<T, 'busy'>> => {
    const own = waiting.get(address) ?? [];
    if (waitingCount >= limits.maxWaiting || own.length >= limits.maxPerAddress) return fail('busy');
    waitingCount += 1;
    await new Promise<void>((start) => {
      waiting.set(address, [...own, { address, start }]);
      next();
    });
    try {
      return ok(await work());
    } finally {
      running -= 1;
      next();
    }
  };
}

export function createPasswordHasher(): PasswordHasher {
  const inTurn = createTurns();
  return {
    hash: (password, address) => inTurn(address, () => hash(password, cost)),
    verify: (stored, password, address) =>
      inTurn(address, async () => (await opensOldHash(stored, password)) ?? (await verify(stored, password))),
  };
}
