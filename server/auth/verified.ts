import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** More than there are devices; whoever was there longest ago goes first. */
const maxVerified = 2_000;
const keyBytes = 32;

/** An account as its owner shows it, with what is kept of its password. */
export interface Sealed {
  readonly id: string;
  readonly username: string;
  readonly secret: string;
}

/**
 * Passwords that opened an account since the start, one per account, so that a house reconnects in a moment after its network was away.
 * Kept as keyed hashes, whose key is in memory only; a new password or name makes an entry worthless.
 */
export interface Verified {
  has(account: Sealed, password: string): boolean;
  add(account: Sealed, password: string): void;
}

export function createVerified({ maxAccounts = maxVerified } = {}): Verified {
  const key = randomBytes(keyBytes).toString('hex');
  const known = new Map<string, Buffer>();
  // The key in front is enough, as nobody ever sees a digest that could be continued; HMAC would take four times as long.
  const digestOf = ({ id, username, secret }: Sealed, password: string): Buffer =>
    hash('sha256', key + JSON.stringify([id, username, secret, password]), 'buffer');
  const put = (id: string, digest: Buffer): void => {
    known.delete(id);
    known.set(id, digest);
    const [oldest] = known.keys();
    if (known.size > maxAccounts && oldest !== undefined) known.delete(oldest);
  };
  return {
    has: (account, password) => {
      const before = known.get(account.id);
      if (!before || !timingSafeEqual(before, digestOf(account, password))) return false;
      put(account.id, before);
      return true;
    },
    add: (account, password) => put(account.id, digestOf(account, password)),
  };
}
