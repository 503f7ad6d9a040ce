import type { Action, Authentication, ConnectRequest, Principal } from '../broker/engine/engine.ts';
import { sha256, opensGenerated } from './secret.ts';
import type { DeviceAccount, DeviceAccounts } from './devices.ts';
import type { PasswordHasher } from './password.ts';
import type { Throttle } from './throttle.ts';

/** Chosen device passwords that were verified lately, so that a whole house can reconnect after a power cut at once. */
const maxVerified = 1_000;
const verifiedForMs = 10 * 60_000;
const maxPasswordBytes = 256;

const anonymous: Principal = { kind: 'anonymous', id: 'anonymous', name: 'anonymous' };

export interface MqttAuthParts {
  readonly devices: DeviceAccounts;
  readonly hasher: PasswordHasher;
  readonly throttle: Throttle;
  readonly nowMs: () => number;
  readonly allowAnonymous: boolean;
  readonly isLoginLive: (loginId: string) => boolean;
}

const principalOf = (device: DeviceAccount): Principal => ({ kind: 'device', id: device.id, name: device.name });

/** A bounded memory of (stored secret, password) pairs that fit; a new secret makes its entry worthless. */
function createVerified(nowMs: () => number) {
  const untilMs = new Map<string, number>();
  const keyOf = (device: DeviceAccount, password: string): string =>
    sha256(JSON.stringify([device.secret, password])).toString('base64');
  return {
    has: (device: DeviceAccount, password: string): boolean => (untilMs.get(keyOf(device, password)) ?? 0) > nowMs(),
    add: (device: DeviceAccount, password: string): void => {
      const key = keyOf(device, password);
      untilMs.delete(key);
      untilMs.set(key, nowMs() + verifiedForMs);
      const [oldest] = untilMs.keys();
      if (untilMs.size > maxVerified && oldest !== undefined) untilMs.delete(oldest);
    },
  };
}

/** Decides who may connect with MQTT. Credentials in CONNECT always win and never fall back to the login cookie. */
export function createMqttAuth(parts: MqttAuthParts) {
  const { devices, hasher, throttle } = parts;
  const verified = createVerified(parts.nowMs);

  const opens = async (device: DeviceAccount, password: string, address: string): Promise<boolean | 'busy'> => {
    const isGenerated = opensGenerated(device.secret, password);
    if (isGenerated !== undefined) return isGenerated;
    if (verified.has(device, password)) return true;
    const checked = await hasher.verify(device.secret, password, address);
    if (!checked.ok) return 'busy';
    if (checked.value) verified.add(device, password);
    return checked.value;
  };

  const asDevice = async (username: string, password: Uint8Array, address: string): Promise<Authentication> => {
    const name = `mqtt ${username}`;
    if (throttle.waitMs(name, address) > 0) return { ok: false, reason: 'throttled' };
    const device = devices.byUsername(username);
    const isPlausible = device !== undefined && password.length <= maxPasswordBytes;
    const isRight = isPlausible && (await opens(device, Buffer.from(password).toString(), address));
    if (isRight === 'busy') return { ok: false, reason: 'throttled' };
    // Looked up again: it may have been deleted while its password was computed.
    if (isRight && devices.byId(device.id)?.secret === device.secret) {
      throttle.succeeded(name, address);
      return { ok: true, principal: principalOf(device) };
    }
    throttle.failed(name, address);
    return { ok: false, reason: 'bad-credentials' };
  };

  return async (request: ConnectRequest): Promise<Authentication> => {
    const { origin, username, password } = request;
    if (username !== undefined || password !== undefined) {
      return asDevice(username ?? '', password ?? new Uint8Array(), origin.remoteAddress);
    }
    const { principal, loginId } = origin;
    if (principal && (loginId === undefined || parts.isLoginLive(loginId))) return { ok: true, principal };
    return parts.allowAnonymous ? { ok: true, principal: anonymous } : { ok: false, reason: 'no-credentials' };
  };
}

const isUnder = (root: string, topic: string): boolean => topic === root || topic.startsWith(`${root}/`);

/** Until there are rules: devices may use everything but the server's own topics; people may read those too, not write them. */
export function authorizeMqtt(principal: Principal, action: Action, topic: string): boolean {
  if (principal.kind === 'server') return true;
  if (principal.kind === 'device') return !isUnder('$SYS', topic) && !isUnder('$kachel', topic);
  return action !== 'publish' || !topic.startsWith('$');
}
