import { ownTopics } from '../../shared/acl/own-topics.ts';
import type { DeviceSecret } from '../../shared/api/contract.ts';
import type { TopicRule } from '../../shared/api/people.ts';
import type { Problem } from '../../shared/api/problem.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { DeviceAccount } from '../auth/devices.ts';
import type { ClientInfo } from '../broker/engine/engine.ts';
import { badName, isName, isOf, notFound, toConnection, toInfo } from './device-info.ts';
import type { DeviceList, DeviceListParts, NewDevice } from './device-list.ts';
import { createChange, createRightsOf, stillRefused } from './device-rights.ts';
import { createTurnedAwayList } from './turned-away.ts';

export const maxDevices = 1_000;

/** Simulated devices have no account, and neither have pages and scripts. */
function withoutAccount(clients: readonly ClientInfo[], accounts: readonly DeviceAccount[]): readonly ClientInfo[] {
  const known = new Set(accounts.map((account) => account.id));
  return clients.filter(({ principal }) => principal.kind !== 'device' || !known.has(principal.id));
}

/** Makes an account with a user name that is free at that moment. */
function createAdd({ auth, store, newId, nowMs }: DeviceListParts) {
  const { devices } = auth;
  const insert = (
    name: string,
    secret: string,
    { id, rules }: { id: string; rules: readonly TopicRule[] },
  ): string | undefined => {
    if (devices.count() >= maxDevices) return undefined;
    const username = auth.freeUsername(name);
    const createdAtMs = nowMs();
    devices.insert({ id, name, username, secret, createdAtMs, rules, isBlocked: false, passwordAtMs: createdAtMs });
    return username;
  };
  return async (name: string, { password, rules = ownTopics }: NewDevice): Promise<Result<DeviceSecret, Problem>> => {
    if (!isName(name)) return fail(badName);
    const made = await auth.deviceSecret(password);
    if (!made.ok) return made;
    const id = newId();
    const inserted = store.durable(() => insert(name, made.value.secret, { id, rules }));
    if (!inserted.ok) return inserted;
    const username = inserted.value;
    if (username === undefined) {
      const message = `There may be ${maxDevices} devices.`;
      return fail({ code: 'limit-reached', message, params: { max: maxDevices } });
    }
    return ok({ id, name, username, password: made.value.password });
  };
}

/** A new made-up password; whoever has the old one is cut off. */
function createRenew({ auth, store, engine, nowMs }: DeviceListParts): DeviceList['renew'] {
  const { devices } = auth;
  return async (id) => {
    const made = await auth.deviceSecret();
    const device = devices.byId(id);
    if (!made.ok || !device) return made.ok ? fail(notFound) : made;
    const written = store.durable(() => devices.replacePassword(id, made.value.secret, nowMs()));
    if (!written.ok) return written;
    engine.disconnect((client) => isOf(client, id), 'administrative');
    return ok({ id, name: device.name, username: device.username, password: made.value.password });
  };
}

function createRemove({ auth, store, rights, engine }: DeviceListParts): DeviceList['remove'] {
  return (id) => {
    const removed = store.durable(() => auth.devices.remove(id));
    if (!removed.ok) return removed;
    if (!removed.value) return fail(notFound);
    rights.changed('devices');
    rights.traffic.forget(id);
    engine.endSessions((session) => isOf(session, id));
    return ok(undefined);
  };
}

export function createDeviceList(parts: DeviceListParts): DeviceList {
  const { auth, engine, rights, lastSeen } = parts;
  const { devices } = auth;
  const act = {
    add: createAdd(parts),
    renew: createRenew(parts),
    remove: createRemove(parts),
    change: createChange(parts),
  };
  const turnedAway = createTurnedAwayList();
  const listeners = new Set<() => void>();
  const changed = (): void => listeners.forEach((listener) => listener());
  /** Tells of what worked; whoever was turned away under the user name may come in now. */
  const done = <T>(result: Result<T, Problem>, username?: string): Result<T, Problem> => {
    if (!result.ok) return result;
    if (username !== undefined) turnedAway.forget(username);
    changed();
    return result;
  };
  const noteSeen = ({ principal }: ClientInfo): void => {
    if (principal.kind === 'device') lastSeen.note(principal.id);
  };
  const stop = engine.onEvent((event) => {
    if (event.type === 'turned-away') turnedAway.note(event);
    else if (event.type === 'connected' || event.type === 'disconnected') noteSeen(event.client);
    changed();
  });

  return {
    list: (serverNowMs) => {
      const clients = engine.clients();
      const accounts = devices.all().map((one) => lastSeen.on(one));
      return {
        serverNowMs,
        devices: accounts.map((one) => ({
          ...toInfo(one, clients, serverNowMs),
          refusedTopics: stillRefused(rights, one.id).length,
        })),
        others: withoutAccount(clients, accounts).map(toConnection),
        turnedAway: turnedAway.list(),
      };
    },
    rights: createRightsOf(parts),
    add: async (name, options = {}) => {
      const added = await act.add(name.trim(), options);
      return done(added, added.ok ? added.value.username : undefined);
    },
    renew: async (id) => {
      const renewed = await act.renew(id);
      return done(renewed, renewed.ok ? renewed.value.username : undefined);
    },
    remove: (id) => done(act.remove(id)),
    change: (id, change) => done(act.change(id, change)),
    overlook: turnedAway.overlook,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    dispose: stop,
  };
}
