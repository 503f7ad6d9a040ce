import type { DeviceAccount, DeviceAccounts } from '../auth/devices.ts';
import type { Clock } from '../broker/engine/clock.ts';
import type { Store } from '../store/store.ts';

/** After a power cut a whole house connects within a second: its times are written together. A kill -9 may cost so much. */
const writeEveryMs = 5_000;

/** When devices (or app passwords) were here last. */
export interface LastSeen {
  note(accountId: string): void;
  /** An account with what is newer than the database says. */
  on(device: DeviceAccount): DeviceAccount;
  /** Writes what is unwritten. */
  dispose(): void;
}

export interface LastSeenParts {
  readonly accounts: Pick<DeviceAccounts, 'seen'>;
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
    on: (device) => {
      const lastSeenAtMs = unwritten.get(device.id);
      return lastSeenAtMs === undefined ? device : { ...device, lastSeenAtMs };
    },
    dispose: () => {
      stop();
      write();
    },
  };
}
