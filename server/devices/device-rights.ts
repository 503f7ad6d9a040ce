import { proposeRules } from '../../shared/acl/proposals.ts';
import { maxSeenTopics, type UsedTopic } from '../../shared/api/people.ts';
import { fail, ok } from '../../shared/result.ts';
import type { DeviceAccount } from '../auth/devices.ts';
import type { SessionInfo } from '../broker/engine/engine.ts';
import type { Rights } from '../rights/rights.ts';
import { badName, isName, isOf, isWide, notFound, toInfo } from './device-info.ts';
import type { DeviceList, DeviceListParts } from './device-list.ts';

/** Rules are looked at anew before a blocked device is cut, so that its will is refused as well. */
export function createChange({ auth, store, rights, engine, nowMs }: DeviceListParts): DeviceList['change'] {
  const { devices } = auth;
  return (id, change) => {
    const name = change.name?.trim();
    if (name !== undefined && !isName(name)) return fail(badName);
    const written = store.durable((): DeviceAccount | undefined => {
      const device = devices.byId(id);
      if (device) devices.update(device, { ...change, ...(name === undefined ? {} : { name }) });
      return devices.byId(id);
    });
    if (!written.ok) return written;
    if (!written.value) return fail(notFound);
    rights.changed('devices');
    if (written.value.isBlocked) engine.disconnect((client) => isOf(client, id), 'administrative');
    return ok(toInfo(written.value, engine.clients(), nowMs()));
  };
}

export function createRightsOf({ auth, rights, engine }: DeviceListParts): DeviceList['rights'] {
  return (id) => {
    const device = auth.devices.byId(id);
    if (!device) return fail(notFound);
    const sessions = engine.sessions().filter((session) => isOf(session, id));
    const used = withSubscriptions(rights.traffic.of(id).used, sessions);
    const names = [device.username, device.name, ...sessions.map(({ clientId }) => clientId)];
    const { rules, isBlocked } = device;
    const refused = stillRefused(rights, id);
    return ok({ rules, isBlocked, isWide: isWide(device), used, refused, proposed: proposeRules(used, names) });
  };
}

/** What it wanted and may still not have, whichever rule says so. */
export const stillRefused = (rights: Pick<Rights, 'ask' | 'traffic'>, id: string): readonly UsedTopic[] =>
  rights.traffic.of(id).refused.filter(({ access, filter }) => {
    const action = access === 'write' ? 'publish' : 'subscribe';
    return !rights.ask({ subject: { kind: 'device', id }, action, topic: filter }).isAllowed;
  });

/** What it subscribed to before this start lives on in its session. */
function withSubscriptions(used: readonly UsedTopic[], sessions: readonly SessionInfo[]): readonly UsedTopic[] {
  const isKnown = (filter: string): boolean => used.some((one) => one.access === 'read' && one.filter === filter);
  const older = new Set(sessions.flatMap(({ filters }) => filters).filter((filter) => !isKnown(filter)));
  const added = [...older].map((filter): UsedTopic => ({ filter, access: 'read', count: 0, lastAtMs: 0 }));
  return [...used, ...added].slice(0, maxSeenTopics);
}
