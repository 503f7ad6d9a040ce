import { isIP } from 'node:net';
import { homeName } from '../../shared/api/trust.ts';
import { canonicalAddress, isPrivate, plainAddress } from './ranges.ts';

const dnsName = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;
/** An address per interface and family is normal; a machine with more has them for other purposes. */
const maxAddresses = 24;

export interface Place {
  /** The machine's own name. */
  readonly machineName: string;
  /** Names under which people open Kachel, as told by flags. */
  readonly publicHosts: readonly string[];
  /** Addresses of the machine right now. */
  readonly addresses: readonly string[];
}

const unique = (names: readonly string[]): string[] => [
  ...new Set(names.filter((name) => dnsName.test(name) && isIP(name) === 0)),
];

export const shortName = (machineName: string): string => machineName.toLowerCase().split('.')[0] ?? '';

/** Names that mean this house, as the Host check knows them. */
export function ownNames({ machineName, publicHosts }: Place): string[] {
  const short = shortName(machineName);
  return unique([homeName, 'localhost', machineName.toLowerCase(), `${short}.local`, ...publicHosts]);
}

/** What the root may ever vouch for: own names, also those that home routers make of the machine's. */
export function constrainedNames(place: Place): string[] {
  const short = shortName(place.machineName);
  return unique([...ownNames(place), `${short}.lan`, `${short}.home.arpa`]);
}

/**
 * Addresses that the home's certificate names: private ones, in a stable order, so that a new order is no change. A container does not know
 * the address that people use; then a flag tells it.
 */
export function ownAddresses({ addresses, publicHosts }: Place): string[] {
  const plain = [...addresses, ...publicHosts]
    .map((address) => canonicalAddress(plainAddress(address)))
    .filter((address) => isPrivate(address) && !/^fe80:/i.test(address));
  return [...new Set(['127.0.0.1', '::1', ...plain.sort()])].slice(0, maxAddresses);
}
