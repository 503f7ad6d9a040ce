import type { TopicRule } from '../../shared/api/people.ts';
import type { Problem } from '../../shared/api/problem.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Auth } from '../auth/auth.ts';
import type { RightsStore } from '../rights/rights-store.ts';
import type { Rights } from '../rights/rights.ts';
import type { Store } from '../store/store.ts';
import { maxDevices } from './create-device-list.ts';

/** Accounts that another broker had, with the hashes of their passwords. */
export interface Luggage {
  readonly accounts: readonly {
    readonly username: string;
    /** A hash that server/auth can open; checked by whoever read it. */
    readonly hash: string;
    readonly rules: readonly TopicRule[];
  }[];
  /** Rules for all of them. */
  readonly sharedRules: readonly TopicRule[];
  /** Name of the group that holds the shared rules. */
  readonly groupName: string;
}

export interface BringInParts {
  readonly auth: Pick<Auth, 'devices' | 'apps'>;
  readonly store: Store;
  readonly rights: Pick<Rights, 'changed'>;
  readonly rightsStore: Pick<RightsStore, 'putGroup'>;
  readonly newId: () => string;
  readonly nowMs: () => number;
}

/** Takes over all accounts of another broker, or none: names that exist already and limits refuse the whole. */
export function bringIn(parts: BringInParts, luggage: Luggage): Result<{ readonly devices: number }, Problem> {
  const { auth, store, rights, rightsStore, newId, nowMs } = parts;
  const { devices, apps } = auth;
  const { accounts, sharedRules, groupName } = luggage;
  const isTaken = (username: string): boolean =>
    devices.byUsername(username) !== undefined || apps.byUsername(username) !== undefined;
  const taken = accounts.find(({ username }) => isTaken(username))?.username;
  if (taken !== undefined) {
    const message = `There is already an MQTT user called ${taken}.`;
    return fail({ code: 'name-taken', message, params: { name: taken } });
  }
  if (devices.count() + accounts.length > maxDevices) {
    const message = `There may be ${maxDevices} devices.`;
    return fail({ code: 'limit-reached', message, params: { max: maxDevices } });
  }
  const made = accounts.map((account) => ({ ...account, id: newId() }));
  const written = store.durable(() => {
    for (const { id, username, hash, rules } of made) {
      devices.insert({ id, name: username, username, secret: hash, createdAtMs: nowMs(), rules, isBlocked: false });
    }
    if (sharedRules.length === 0) return;
    const ids = made.map(({ id }) => id);
    rightsStore.putGroup({ id: newId(), name: groupName, people: [], devices: ids, rules: [...sharedRules] });
  });
  if (!written.ok) return written;
  rights.changed('rules');
  return ok({ devices: made.length });
}
