import type { Principal } from '../broker/engine/engine.ts';
import { readViewer } from '../viewer.ts';
import type { AppPasswords } from './app-passwords.ts';
import type { Auth } from './auth.ts';
import type { DeviceAccounts } from './devices.ts';
import type { Logins } from './logins.ts';
import { hasEnded, type People, type Person } from './people.ts';

export interface LivingParts {
  readonly people: People;
  readonly logins: Logins;
  readonly apps: AppPasswords;
  readonly devices: DeviceAccounts;
  readonly nowMs: () => number;
}

/** Whose account is open now. */
export interface Living {
  readonly isOpen: (person: Person) => boolean;
  /** Whether there is (still) an open account behind a connection; the server itself and anonymous clients need none. */
  readonly isThere: (principal: Principal) => boolean;
  /** Name of a person whose account is open. */
  readonly nameOf: (personId: string) => string | undefined;
  readonly isLoginLive: (loginId: string) => boolean;
  /** Whether what has ended stands behind a connection. */
  readonly isBehind: Auth['isBehind'];
}

export function createLiving({ people, logins, apps, devices, nowMs }: LivingParts): Living {
  const isOpen = (person: Person): boolean => !hasEnded(person, nowMs());
  const nameOf = (personId: string): string | undefined => {
    const person = people.byId(personId);
    return person && isOpen(person) ? person.name : undefined;
  };
  const isAppOpen = (id: string): boolean => {
    const app = apps.byId(id);
    return app !== undefined && nameOf(app.personId) !== undefined;
  };
  /** Only owners look with the eyes of others, and only of those who are there. */
  const isViewing = (principal: Principal): boolean => {
    const { ownerId, personId } = readViewer(principal);
    const owner = people.byId(ownerId);
    return owner?.role === 'owner' && isOpen(owner) && nameOf(personId) !== undefined;
  };
  const isThere = (principal: Principal): boolean => {
    const { kind, id } = principal;
    if (kind === 'viewer') return isViewing(principal);
    if (kind === 'person') return nameOf(id) !== undefined;
    if (kind === 'app') return isAppOpen(id);
    return kind !== 'device' || devices.byId(id) !== undefined;
  };
  return {
    isOpen,
    isThere,
    nameOf,
    isLoginLive: (loginId) => {
      const personId = logins.personOf(loginId, nowMs());
      return personId !== undefined && nameOf(personId) !== undefined;
    },
    isBehind: (ended, { principal, origin }) => {
      if ('loginId' in ended) return origin.loginId === ended.loginId;
      if ('appId' in ended) return principal.kind === 'app' && principal.id === ended.appId;
      if (principal.kind === 'person') return principal.id === ended.personId;
      if (principal.kind === 'viewer') return Object.values(readViewer(principal)).includes(ended.personId);
      return principal.kind === 'app' && ended.isAccount === true && !isAppOpen(principal.id);
    },
  };
}
