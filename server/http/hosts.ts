import { isIP } from 'node:net';
import { homeName } from '../../shared/api/trust.ts';

/** Names that always mean this machine. */
const ownNames = ['localhost', homeName];

/** Splits a Host header into name (lower case, IPv6 without brackets) and port; `undefined` when it is not one. */
export function parseHost(header: string): { readonly name: string; readonly port?: number } | undefined {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^:[\]/?#@\s]+))(?::(\d{1,5}))?$/i.exec(header);
  const name = match?.[1] ?? match?.[2];
  if (name === undefined) return undefined;
  const lower = name.toLowerCase().replace(/\.$/, '');
  return match?.[3] === undefined ? { name: lower } : { name: lower, port: Number(match[3]) };
}

/**
 * Decides by Host whether a request was meant for us. A page of another name that was made to point here (DNS rebinding) is not:
 * a browser would give it our cookies' rights. Addresses are safe, since nobody else can own one.
 */
export function createHostCheck(
  machineName: string,
  publicHosts: readonly string[],
): (header: string | undefined) => boolean {
  const machine = machineName.toLowerCase();
  const names = new Set([
    ...ownNames,
    machine,
    `${machine.split('.')[0]}.local`,
    ...publicHosts.map((name) => name.toLowerCase()),
  ]);
  return (header) => {
    const host = header === undefined ? undefined : parseHost(header);
    return host !== undefined && (isIP(host.name) !== 0 || names.has(host.name));
  };
}
