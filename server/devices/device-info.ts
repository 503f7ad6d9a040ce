import { covers } from '../../shared/acl/filters.ts';
import type { DeviceConnection, DeviceInfo } from '../../shared/api/contract.ts';
import type { Problem } from '../../shared/api/problem.ts';
import type { DeviceAccount } from '../auth/devices.ts';
import type { ClientInfo } from '../broker/engine/engine.ts';
import { cutPayload, toPayloadJson } from '../payload-json.ts';

const maxWillPayloadBytes = 256;
const maxNameLength = 80;

export const badName: Problem = { code: 'bad-name', message: 'A name needs 1 to 80 characters.' };
export const notFound: Problem = { code: 'not-found', message: 'This device does not exist any more.' };
export const isName = (name: string): boolean =>
  name.length > 0 && name.length <= maxNameLength && !/[\p{Cc}\p{Cs}]/u.test(name);

/** A connection as the devices page shows it. */
export function toConnection(client: ClientInfo): DeviceConnection {
  const { will } = client;
  const shown = will && toPayloadJson(cutPayload(will.payload, maxWillPayloadBytes), will.payload.length);
  return {
    clientId: client.clientId,
    name: client.principal.name,
    address: client.origin.remoteAddress,
    via: client.origin.via,
    protocolVersion: client.protocolVersion,
    connectedAtMs: client.connectedAtMs,
    messagesIn: client.messagesIn,
    messagesOut: client.messagesOut,
    ...(will ? { will: { topic: will.topic, payload: shown?.text ?? '' } } : {}),
  };
}

/** Whether a device's account stands behind it. */
export const isOf = ({ principal }: Pick<ClientInfo, 'principal'>, deviceId: string): boolean =>
  principal.kind === 'device' && principal.id === deviceId;

/** A device as the devices page shows it. */
export function toInfo(device: DeviceAccount, clients: readonly ClientInfo[], nowMs: number): DeviceInfo {
  const { id, name, username, createdAtMs, lastSeenAtMs, passwordAtMs, isBlocked } = device;
  const own = clients.filter((client) => isOf(client, id));
  const seen = own.length > 0 ? nowMs : lastSeenAtMs;
  const connections = own.map(toConnection);
  return {
    id,
    name,
    username,
    createdAtMs,
    connections,
    ...(seen === undefined ? {} : { lastSeenAtMs: seen }),
    ...(passwordAtMs === undefined ? {} : { passwordAtMs }),
    isBlocked,
    isWide: isWide(device),
  };
}

/** Whether it may use everything but the server's own topics. */
export const isWide = ({ rules }: DeviceAccount): boolean =>
  rules.some(({ access, filter }) => access === 'readwrite' && covers(filter, '#'));
