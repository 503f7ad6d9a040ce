import type { Result } from '../../shared/result.ts';
import type { Authentication, ConnectRequest, Origin, Principal } from '../broker/engine/engine.ts';
import type { AppPasswords } from './app-passwords.ts';
import type { DeviceAccounts } from './devices.ts';
import type { PasswordHasher } from './password.ts';
import { isOldHash } from './old-hash.ts';
import { opensGenerated } from './secret.ts';
import type { Throttle } from './throttle.ts';
import { createVerified, type Sealed } from './verified.ts';

const maxPasswordBytes = 256;

const anonymous: Principal = { kind: 'anonymous', id: 'anonymous', name: 'anonymous' };

export interface MqttAuthParts {
  readonly devices: DeviceAccounts;
  readonly apps: AppPasswords;
  /** Name of a person whose account is open. */
  readonly livingName: (personId: string) => string | undefined;
  /** Whether somebody may come in only at home, and is somewhere else. */
  readonly isAway: (principal: Principal, address: string) => boolean;
  readonly hasher: PasswordHasher;
  readonly throttle: Throttle;
  readonly allowAnonymous: boolean;
  readonly isLoginLive: (loginId: string) => boolean;
  /** A device came in by a hash that a Mosquitto home brought along: the password is known now and can be kept better. */
  readonly onOldHash: (deviceId: string, password: string) => void;
}

/** Whoever has an MQTT user name and a password. */
interface Holder extends Sealed {
  readonly principal: Principal;
  /** Let in by nobody, whatever the password. */
  readonly isBlocked: boolean;
}

/** Finds who has a user name: a device, or a person's app password. */
function createFinder({ devices, apps, livingName }: MqttAuthParts): (username: string) => Holder | undefined {
  const asApp = (username: string): Holder | undefined => {
    const app = apps.byUsername(username);
    const person = app && livingName(app.personId);
    if (!app || person === undefined) return undefined;
    const principal = { kind: 'app', id: app.id, name: `${person} · ${app.name}` } as const;
    return { id: app.id, username, principal, secret: app.secret, isBlocked: false };
  };
  return (username) => {
    const device = devices.byUsername(username);
    if (!device) return asApp(username);
    const { id, name, secret, isBlocked } = device;
    return { id, username, principal: { kind: 'device', id, name }, secret, isBlocked };
  };
}

interface Attempt {
  readonly username: string;
  readonly holder: Holder | undefined;
  /** What failed tries are counted by, together with the address. */
  readonly name: string;
  readonly address: string;
}

/** Computes whether a chosen password fits. Whoever tries the same again meanwhile waits for the same answer. */
function createCompute({ hasher }: MqttAuthParts) {
  const verified = createVerified();
  const computing = new Map<string, Promise<Result<boolean, 'busy'>>>();
  const compute = async (holder: Holder, password: string, address: string): Promise<Result<boolean, 'busy'>> => {
    const checked = await hasher.verify(holder.secret, password, { line: 'device', name: holder.username, address });
    if (checked.ok && checked.value) verified.add(holder, password);
    return checked;
  };
  return {
    verified,
    check: (holder: Holder, password: string, address: string): Promise<Result<boolean, 'busy'>> => {
      const key = JSON.stringify([holder.id, holder.secret, password, address]);
      const answer = computing.get(key) ?? compute(holder, password, address).finally(() => computing.delete(key));
      computing.set(key, answer);
      return answer;
    },
  };
}

/** Decides who may connect with MQTT. Credentials in CONNECT always win and never fall back to the login cookie. */
export function createMqttAuth(parts: MqttAuthParts) {
  const { throttle } = parts;
  const { verified, check } = createCompute(parts);
  const find = createFinder(parts);

  /** `undefined`: has to be computed, which takes a while. */
  const opensAtOnce = (holder: Holder, password: string): boolean | undefined =>
    opensGenerated(holder.secret, password) ?? (verified.has(holder, password) || undefined);

  const settle = ({ holder, name, address }: Attempt, isRight: boolean): Authentication => {
    if (isRight && holder) {
      throttle.succeeded(name, address);
      const isOut = holder.isBlocked || parts.isAway(holder.principal, address);
      return isOut ? { ok: false, reason: 'blocked' } : { ok: true, principal: holder.principal };
    }
    throttle.failed(name, address);
    return { ok: false, reason: 'bad-credentials' };
  };

  const compute = async (attempt: Attempt, holder: Holder, password: string): Promise<Authentication> => {
    const checked = await check(holder, password, attempt.address);
    if (!checked.ok) return { ok: false, reason: 'throttled' };
    // Looked up again: it may have been deleted or blocked while its password was computed.
    const now = find(attempt.username);
    const isRight = checked.value && now?.secret === holder.secret;
    if (isRight && isOldHash(holder.secret)) parts.onOldHash(holder.principal.id, password);
    return settle({ ...attempt, holder: now }, isRight);
  };

  const withPassword = (
    username: string,
    bytes: Uint8Array,
    address: string,
  ): Authentication | Promise<Authentication> => {
    const name = `mqtt ${username}`;
    if (throttle.waitMs(name, address) > 0) return { ok: false, reason: 'throttled' };
    const holder = find(username);
    const attempt: Attempt = { username, holder, name, address };
    if (!holder || bytes.length > maxPasswordBytes) return settle(attempt, false);
    const password = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
    const isRight = opensAtOnce(holder, password);
    return isRight === undefined ? compute(attempt, holder, password) : settle(attempt, isRight);
  };

  const withoutPassword = ({ principal, loginId, remoteAddress }: Origin): Authentication => {
    if (principal && parts.isAway(principal, remoteAddress)) return { ok: false, reason: 'blocked' };
    if (principal && (loginId === undefined || parts.isLoginLive(loginId))) return { ok: true, principal };
    return parts.allowAnonymous ? { ok: true, principal: anonymous } : { ok: false, reason: 'no-credentials' };
  };

  return ({ origin, username, password }: ConnectRequest): Authentication | Promise<Authentication> => {
    if (username === undefined && password === undefined) return withoutPassword(origin);
    // Where everybody may do everything, a name that no account has is no reason to turn anybody away.
    if (parts.allowAnonymous && !find(username ?? '')) return { ok: true, principal: anonymous };
    return withPassword(username ?? '', password ?? new Uint8Array(), origin.remoteAddress);
  };
}
