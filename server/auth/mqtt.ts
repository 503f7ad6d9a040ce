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

interface Attempt {
  readonly device: DeviceAccount | undefined;
  /** What failed tries are counted by, together with the address. */
  readonly name: string;
  readonly address: string;
}

/** Decides who may connect with MQTT. Credentials in CONNECT always win and never fall back to the login cookie. */
export function createMqttAuth(parts: MqttAuthParts) {
  const { devices, hasher, throttle } = parts;
  const verified = createVerified(parts.nowMs);

  /** `undefined`: has to be computed, which takes a while. */
  const opensAtOnce = (device: DeviceAccount, password: string): boolean | undefined =>
    opensGenerated(device.secret, password) ?? (verified.has(device, password) || undefined);

  const settle = ({ device, name, address }: Attempt, isRight: boolean): Authentication => {
    if (isRight && device) {
      throttle.succeeded(name, address);
      return { ok: true, principal: principalOf(device) };
    }
    throttle.failed(name, address);
    return { ok: false, reason: 'bad-credentials' };
  };

  const compute = async (attempt: Attempt, device: DeviceAccount, password: string): Promise<Authentication> => {
    const checked = await hasher.verify(device.secret, password, attempt.address);
    if (!checked.ok) return { ok: false, reason: 'throttled' };
    if (checked.value) verified.add(device, password);
    // Looked up again: it may have been deleted while its password was computed.
    return settle(attempt, checked.value && devices.byId(device.id)?.secret === device.secret);
  };

  const asDevice = (username: string, bytes: Uint8Array, address: string): Authentication | Promise<Authentication> => {
    const name = `mqtt ${username}`;
    if (throttle.waitMs(name, address) > 0) return { ok: false, reason: 'throttled' };
    const device = devices.byUsername(username);
    const attempt: Attempt = { device, name, address };
    if (!device || bytes.length > maxPasswordBytes) return settle(attempt, false);
    const password = Buffer.from(bytes).toString();
    const isRight = opensAtOnce(device, password);
    return isRight === undefined ? compute(attempt, device, password) : settle(attempt, isRight);
  };

  return (request: ConnectRequest): Authentication | Promise<Authentication> => {
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
  if (principal.kind === 'device')
    return !topic.startsWith('$') || !(isUnder('$SYS', topic) || isUnder('$kachel', topic));
  return action !== 'publish' || !topic.startsWith('$');
}
