import type { Problem } from '../../shared/api/problem.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Clock } from '../broker/engine/clock.ts';
import type { Store } from '../store/store.ts';
import { checkPassword, createAccounts } from './accounts.ts';
import { createAppAccess } from './app-access.ts';
import { createAppPasswords } from './app-passwords.ts';
import type { AccountChange, Auth, Ended } from './auth.ts';
import { createAtHome, type HomePlaces } from './at-home.ts';
import { createDeviceAccounts } from './devices.ts';
import { createInvites } from './invites.ts';
import { createInviting } from './inviting.ts';
import { createListeners } from './listeners.ts';
import { createLiving } from './living.ts';
import { createLogins } from './logins.ts';
import { createMembers } from './members.ts';
import { createMqttAuth } from './mqtt.ts';
import { createPasswordHasher } from './password.ts';
import { createPeople, everything, ownerFor, type Person } from './people.ts';
import { createPlainLogins } from './plain-logins.ts';
import { createPinKeeper } from './pin-keeper.ts';
import { createPinProofs } from './pin-proofs.ts';
import { createPins } from './pins.ts';
import { newPassword, sealGenerated } from './secret.ts';
import { createSetup, tooManyTries } from './setup.ts';
import { createThrottle } from './throttle.ts';
import { findFreeUsername } from './username.ts';
import { createVisits, type VisitParts } from './visits.ts';
import { createWallClock } from './wall-clock.ts';
import { createWeakPasswords } from './weak-passwords.ts';

export interface AuthParts extends Pick<VisitParts, 'http' | 'parseCookie'> {
  readonly store: Store;
  readonly clock: Clock;
  readonly allowAnonymous: boolean;
  readonly places: HomePlaces;
}

const busyMs = 1_000;
const ownAddress = 'here';
const setupDone: Problem = { code: 'setup-done', message: 'This house already has an owner.' };

/** What lies in the database. */
const tablesOf = ({ db }: Store) => ({
  people: createPeople(db),
  logins: createLogins(db),
  devices: createDeviceAccounts(db),
  apps: createAppPasswords(db),
  invites: createInvites(db),
  pins: createPins(db),
});

/** What everything about accounts is made of. */
function createKit({ store, clock, places }: AuthParts) {
  const wallClock = createWallClock(store, clock);
  const nowMs = (): number => wallClock.now();
  const ended = createListeners<Ended>();
  const changes = createListeners<AccountChange>();
  const ranOut = createListeners<Person>();
  const kit = {
    store,
    ...tablesOf(store),
    hasher: createPasswordHasher(),
    // Waiting is measured by the machine's clock alone: it must end even when that lies behind.
    throttle: createThrottle(() => clock.now()),
    wallClock,
    nowMs,
    ended,
    changes,
    ranOut,
    onListChanged: () => changes.tell('list'),
  };
  const onAllLoginsEnded = (personId: string): void => ended.tell({ personId });
  const accounts = createAccounts({ ...kit, onAdded: kit.onListChanged, onAllLoginsEnded });
  return {
    ...kit,
    accounts,
    living: createLiving(kit),
    atHome: createAtHome({ ...kit, ...places }),
    weakPasswords: createWeakPasswords(kit),
    plainLogins: createPlainLogins(kit.logins, nowMs),
  };
}
type Kit = ReturnType<typeof createKit>;

function createSetUp({ people, accounts }: Kit, setup: ReturnType<typeof createSetup>): Auth['setUp'] {
  return async ({ code, name, password, address }) => {
    const refusal = setup.check(code, address) ?? checkPassword(password);
    if (refusal) return fail(refusal);
    const onlyIf = (): Problem | undefined => (people.count() > 0 ? setupDone : undefined);
    return accounts.add({ name, password, role: 'owner', grants: everything }, { address, onlyIf });
  };
}

const createDeviceSecret =
  ({ hasher }: Kit): Auth['deviceSecret'] =>
  async (chosen) => {
    if (chosen === undefined) {
      const password = newPassword();
      return ok({ password, secret: sealGenerated(password) });
    }
    const refusal = checkPassword(chosen);
    if (refusal) return fail(refusal);
    const hashed = await hasher.hash(chosen, { line: 'person', address: ownAddress });
    return hashed.ok ? ok({ password: chosen, secret: hashed.value }) : fail(tooManyTries(busyMs));
  };

/** Replaces a hash from a Mosquitto home by argon2id. When it cannot now, the next login tries again. */
const createRenewHash =
  ({ hasher, devices, store }: Kit) =>
  (deviceId: string, password: string): void => {
    const before = devices.byId(deviceId)?.secret;
    void hasher.hash(password, { line: 'later', name: deviceId }).then((hashed) => {
      const isSame = before !== undefined && devices.byId(deviceId)?.secret === before;
      if (hashed.ok && isSame) store.durable(() => devices.setSecret(deviceId, hashed.value));
    });
  };

/** Proofs end with what they hang on. */
function createPin(kit: Kit) {
  const proofs = createPinProofs(kit.nowMs);
  kit.ended.on((ended) => {
    if (!('appId' in ended)) proofs.end(ended);
  });
  return createPinKeeper({ ...kit, proofs, onSet: () => kit.changes.tell('rights') });
}

function createMembersOf(kit: Kit, clock: Clock) {
  return createMembers({
    ...kit,
    clock: kit.wallClock,
    every: (intervalMs, run) => clock.every(intervalMs, run),
    onChanged: () => kit.changes.tell('rights'),
    onAccountEnded: (personId) => kit.ended.tell({ personId, isAccount: true }),
    onRanOut: kit.ranOut.tell,
  });
}

const createAppAccessOf = (kit: Kit, freeUsername: (name: string) => string): Auth['appAccess'] =>
  createAppAccess({
    ...kit,
    freeUsername,
    onChanged: kit.onListChanged,
    onEnded: (appId) => {
      kit.changes.tell('rights');
      kit.ended.tell({ appId });
    },
  });

/** Everything about accounts without Fastify's part; `plugin.ts` adds the routes. */
export function createAuth(parts: AuthParts) {
  const { clock, allowAnonymous } = parts;
  const kit = createKit(parts);
  const { people, logins, devices, apps, accounts, living, atHome, throttle, wallClock, ended, changes, nowMs } = kit;
  const setup = createSetup(() => people.count() === 0, throttle);
  const { loginOf, ...visits } = createVisits({ ...parts, ...kit });
  const members = createMembersOf(kit, clock);
  const freeUsername = (name: string): string =>
    findFreeUsername(name, (one) => devices.byUsername(one) !== undefined || apps.byUsername(one) !== undefined);
  const auth: Omit<Auth, 'routes'> = {
    authenticateMqtt: createMqttAuth({
      ...kit,
      allowAnonymous,
      isLoginLive: living.isLoginLive,
      livingName: living.nameOf,
      isAway: atHome.isAwayAs,
      onOldHash: createRenewHash(kit),
    }),
    setupCode: () => setup.code(),
    setUp: createSetUp(kit, setup),
    ...visits,
    addUser: accounts.addUser,
    resetUser: accounts.resetUser,
    onEnded: ended.on,
    isBehind: living.isBehind,
    isThere: living.isThere,
    isAway: atHome.isAwayAs,
    onChanged: changes.on,
    onRanOut: kit.ranOut.on,
    nowMs,
    people,
    members,
    ownerFor: (personId) => {
      const person = people.byId(personId);
      return person && ownerFor(person, people.all());
    },
    hasEnded: (person) => !living.isOpen(person),
    inviting: createInviting({ ...kit, onChanged: kit.onListChanged }),
    logins,
    apps,
    appAccess: createAppAccessOf(kit, freeUsername),
    pin: createPin(kit),
    devices,
    weakPasswords: kit.weakPasswords,
    plainLogins: kit.plainLogins,
    freeUsername,
    deviceSecret: createDeviceSecret(kit),
  };
  const dispose = (): void => {
    members.dispose();
    wallClock.dispose();
  };
  return { ...kit, auth, loginOf, isClockBehind: wallClock.isBehind, dispose };
}
export type AuthCore = ReturnType<typeof createAuth>;
