import type { Principal } from '../broker/engine/engine.ts';
import { placeOf } from '../place-of.ts';
import type { AppPasswords } from './app-passwords.ts';
import type { People, Person } from './people.ts';

export interface HomePlaces {
  /** Addresses that nobody has on the internet. */
  readonly isPrivate: (address: string) => boolean;
  /** Of this machine. With IPv6, phones at home come from a public address of the same network. */
  readonly ownAddresses: () => readonly string[];
}

export interface AtHomeParts extends HomePlaces {
  readonly people: People;
  readonly apps: AppPasswords;
}

/** Who may come in only at home, and is somewhere else. Owners always may: they would lock themselves out. */
export function createAtHome({ isPrivate, ownAddresses, people, apps }: AtHomeParts) {
  const isHome = (address: string): boolean =>
    isPrivate(address) ||
    (address.includes(':') && ownAddresses().some((own) => own.includes(':') && placeOf(own) === placeOf(address)));
  const isAway = ({ grants, role }: Person, address: string): boolean =>
    grants.onlyAtHome === true && role !== 'owner' && !isHome(address);
  return {
    isAway,
    /** The same about a page or a program that is connected, or about to be. */
    isAwayAs: ({ kind, id }: Principal, address: string): boolean => {
      const personId = kind === 'app' ? apps.byId(id)?.personId : id;
      if ((kind !== 'person' && kind !== 'app') || personId === undefined) return false;
      const person = people.byId(personId);
      return person !== undefined && isAway(person, address);
    },
  };
}
export type AtHome = ReturnType<typeof createAtHome>;
