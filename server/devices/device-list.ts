import type { DeviceInfo, DeviceSecret, DevicesReply } from '../../shared/api/contract.ts';
import type { DeviceChange, DeviceRights, TopicRule } from '../../shared/api/people.ts';
import type { Problem } from '../../shared/api/problem.ts';
import type { Result } from '../../shared/result.ts';
import type { Auth } from '../auth/auth.ts';
import type { Engine } from '../broker/engine/engine.ts';
import type { Rights } from '../rights/rights.ts';
import type { Store } from '../store/store.ts';
import type { LastSeen } from '../last-seen.ts';

/** Bytes of randomness in an id are auth's business; here it only has to be unique and opaque. */
type NewId = () => string;

export interface DeviceList {
  /** Everything the devices page shows, but for the addresses. */
  list(nowMs: number): Omit<DevicesReply, 'addresses'>;
  /** Makes an account; without a password one is made. The password is told this once. */
  add(name: string, options?: NewDevice): Promise<Result<DeviceSecret, Problem>>;
  /** What it may, did, wanted, and which narrow rules would do. */
  rights(id: string): Result<DeviceRights, Problem>;
  /** Acts at once; blocking cuts its connections. */
  change(id: string, change: DeviceChange): Result<DeviceInfo, Problem>;
  /** A new made-up password; live connections of the device end at once. */
  renew(id: string): Promise<Result<DeviceSecret, Problem>>;
  remove(id: string): Result<void, Problem>;
  /** A client id of the self-check: that it is turned away is no news. Returns dispose. */
  overlook(clientId: string): () => void;
  /** Called when what `list` says has changed. */
  onChange(listener: () => void): () => void;
  dispose(): void;
}

export interface NewDevice {
  /** Chosen; absent: one is made. */
  readonly password?: string | undefined;
  /** Absent: topics that carry its name. */
  readonly rules?: readonly TopicRule[] | undefined;
}

export interface DeviceListParts {
  readonly auth: Pick<Auth, 'devices' | 'deviceSecret' | 'freeUsername'>;
  readonly engine: Engine;
  readonly store: Store;
  readonly rights: Pick<Rights, 'ask' | 'traffic' | 'changed'>;
  readonly lastSeen: Pick<LastSeen, 'note' | 'on'>;
  readonly newId: NewId;
  readonly nowMs: () => number;
}
