import type { DevicesReply } from '../../shared/api/contract.ts';

/** Where another phone finds this page. An owner who sits at the server itself says "localhost"; nobody else can. */
export function reachableOrigin(
  { origin, hostname, protocol }: Pick<Location, 'origin' | 'hostname' | 'protocol'>,
  addresses: DevicesReply['addresses'] | undefined,
): string {
  const isHere = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
  if (!isHere || protocol !== 'http:' || !addresses || addresses.host === hostname) return origin;
  return `http://${addresses.host}:${addresses.httpPort}`;
}
