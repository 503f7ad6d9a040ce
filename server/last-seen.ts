import type { Clock } from './broker/engine/clock.ts';
import type { Store } from './store/store.ts';

/** After a power cut a whole house connects within a second: its times are written together. A kill -9 may cost so much. */
const writeEveryMs = 5_000;

/** What may have been here: a device or an app password. */
interface Seen {
  readonly id: string;
  readonly lastSeenAtMs?: number;
}

/** When devices (or app passwords) were here last. */
export interface LastSeen {
  note(accountId: string): void;
  /** An account with what is newer than the database says. */
  on<T extends Seen>(account: T): T;
  /** Writes what is unwritten. */
  dispose(): void;
}

export interface LastSeenParts {
  readonly accounts: { seen(accountId: string, atMs: number): void };
  readonly store: Pick<Store, 'relaxed'>;
  readonly clock: Clock;
}

/** Holds at most one time per account. */
export function createLastSeen({ accounts, store, clock }: LastSeenParts): LastSeen {
  const unwritten = new Map<string, number>();
  const write = (): void => {
    if (unwritten.size === 0) return;
    const written = store.relaxed(() => unwritten.forEach((atMs, id) => accounts.seen(id, atMs)));
    if (written.ok) unwritten.clear();
  };
  const stop = clock.every(writeEveryMs, write);
  return {
    note: (accountId) => void unwritten.set(accountId, clock.now()),
    on: (account) => {
      const lastSeenAtMs = unwritten.get(account.id);
      return lastSeenAtMs === undefined ? account : { ...account, lastSeenAtMs };
    },
    dispose: () => {
      stop();
      write();
    },
  };
}
