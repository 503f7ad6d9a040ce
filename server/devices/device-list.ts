import type { DeviceConnection, DeviceInfo, DeviceSecret, DevicesReply } from '../../shared/api/contract.ts';
import type { TopicRule } from '../../shared/api/people.ts';
import type { Problem } from '../../shared/api/problem.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Auth } from '../auth/auth.ts';
import type { DeviceAccount } from '../auth/devices.ts';
import type { ClientInfo, Engine } from '../broker/engine/engine.ts';
import { cutPayload, toPayloadJson } from '../payload-json.ts';
import type { Store } from '../store/store.ts';
import type { LastSeen } from './last-seen.ts';
import { createTurnedAwayList } from './turned-away.ts';

export const maxDevices = 1_000;
const maxNameLength = 80;
const maxWillPayloadBytes = 256;
/** Bytes of randomness in an id are auth's business; here it only has to be unique and opaque. */
type NewId = () => string;

/** What a device may do when nobody said otherwise: everything but the server's own topics. */
const wide: readonly TopicRule[] = [{ access: 'readwrite', filter: '#' }];

export interface DeviceList {
  /** Everything the devices page shows, but for the addresses. */
  list(nowMs: number): Omit<DevicesReply, 'addresses'>;
  /** Makes an account; without a password one is made. The password is told this once. */
  add(name: string, password?: string): Promise<Result<DeviceSecret, Problem>>;
  /** A new made-up password; live connections of the device end at once. */
  renew(id: string): Promise<Result<DeviceSecret, Problem>>;
  remove(id: string): Result<void, Problem>;
  /** Called when what `list` says has changed. */
  onChange(listener: () => void): () => void;
  dispose(): void;
}

export interface DeviceListParts {
  readonly auth: Pick<Auth, 'devices' | 'deviceSecret' | 'freeUsername'>;
  readonly engine: Engine;
  readonly store: Store;
  readonly lastSeen: Pick<LastSeen, 'note' | 'on'>;
  readonly newId: NewId;
  readonly nowMs: () => number;
}

const notFound: Problem = { code: 'not-found', message: 'This device does not exist any more.' };
const isName = (name: string): boolean =>
  name.length > 0 && name.length <= maxNameLength && !/[\p{Cc}\p{Cs}]/u.test(name);

function toConnection(client: ClientInfo): DeviceConnection {
  const { will } = client;
  const shown = will && toPayloadJson(cutPayload(will.payload, maxWillPayloadBytes), will.payload.length);
  return {
    clientId: client.clientId,
    name: client.principal.name,
    address: client.origin.remoteAddress,
    via: client.origin.via,
    connectedAtMs: client.connectedAtMs,
    messagesIn: client.messagesIn,
    messagesOut: client.messagesOut,
    ...(will ? { will: { topic: will.topic, payload: shown?.text ?? '' } } : {}),
  };
}

const isOf = ({ principal }: ClientInfo, deviceId: string): boolean =>
  principal.kind === 'device' && principal.id === deviceId;

function toInfo(device: DeviceAccount, clients: readonly ClientInfo[], nowMs: number): DeviceInfo {
  const { id, name, username, createdAtMs, lastSeenAtMs } = device;
  const own = clients.filter((client) => isOf(client, id));
  const seen = own.length > 0 ? nowMs : lastSeenAtMs;
  const connections = own.map(toConnection);
  return { id, name, username, createdAtMs, connections, ...(seen === undefined ? {} : { lastSeenAtMs: seen }) };
}

/** Simulated devices have no account, and neither have pages and scripts. */
function withoutAccount(clients: readonly ClientInfo[], accounts: readonly DeviceAccount[]): readonly ClientInfo[] {
  const known = new Set(accounts.map((account) => account.id));
  return clients.filter(({ principal }) => principal.kind !== 'device' || !known.has(principal.id));
}

/** Makes an account with a user name that is free at that moment. */
function createAdd({ auth, store, newId, nowMs }: DeviceListParts) {
  const { devices } = auth;
  const insert = (name: string, secret: string, id: string): string | undefined => {
    if (devices.count() >= maxDevices) return undefined;
    const username = auth.freeUsername(name);
    devices.insert({ id, name, username, secret, createdAtMs: nowMs(), rules: wide, isBlocked: false });
    return username;
  };
  return async (name: string, chosen?: string): Promise<Result<DeviceSecret, Problem>> => {
    if (!isName(name)) return fail({ code: 'bad-name', message: 'A name needs 1 to 80 characters.' });
    const made = await auth.deviceSecret(chosen);
    if (!made.ok) return made;
    const id = newId();
    const inserted = store.durable(() => insert(name, made.value.secret, id));
    if (!inserted.ok) return inserted;
    const username = inserted.value;
    if (username === undefined) {
      const message = `There may be ${maxDevices} devices.`;
      return fail({ code: 'limit-reached', message, params: { max: maxDevices } });
    }
    return ok({ id, name, username, password: made.value.password });
  };
}

export function createDeviceList(parts: DeviceListParts): DeviceList {
  const { auth, engine, store, lastSeen } = parts;
  const { devices } = auth;
  const add = createAdd(parts);
  const turnedAway = createTurnedAwayList();
  const listeners = new Set<() => void>();
  const changed = (): void => listeners.forEach((listener) => listener());
  const cut = (id: string): number => engine.disconnect((client) => isOf(client, id), 'administrative');
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
        devices: accounts.map((one) => toInfo(one, clients, serverNowMs)),
        others: withoutAccount(clients, accounts).map(toConnection),
        turnedAway: turnedAway.list(),
      };
    },
    add: async (name, password) => {
      const added = await add(name.trim(), password);
      if (!added.ok) return added;
      turnedAway.forget(added.value.username);
      changed();
      return added;
    },
    renew: async (id) => {
      const made = await auth.deviceSecret();
      const device = devices.byId(id);
      if (!made.ok || !device) return made.ok ? fail(notFound) : made;
      const written = store.durable(() => devices.setSecret(id, made.value.secret));
      if (!written.ok) return written;
      cut(id);
      turnedAway.forget(device.username);
      changed();
      return ok({ id, name: device.name, username: device.username, password: made.value.password });
    },
    remove: (id) => {
      const removed = store.durable(() => devices.remove(id));
      if (!removed.ok) return removed;
      if (!removed.value) return fail(notFound);
      cut(id);
      changed();
      return ok(undefined);
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    dispose: stop,
  };
}
