import { isIPv6 } from 'node:net';

/** An IPv4 address as a socket for both families shows it. */
const mapped = '::ffff:';

/** Whoever has one IPv6 address has 2⁶⁴ of them: the network counts. */
export function placeOf(address: string): string {
  if (!address.includes(':') || !isIPv6(address)) return address;
  return address.startsWith(mapped) && address.includes('.') ? address.slice(mapped.length) : networkOf(address);
}

function networkOf(address: string): string {
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const groups = head === '' ? [] : head.split(':');
  const missing = tail === undefined ? 0 : Math.max(0, 8 - groups.length - (tail === '' ? 0 : tail.split(':').length));
  const all = [...groups, ...Array.from({ length: missing }, () => '0'), ...(tail ? tail.split(':') : [])];
  return all.slice(0, 4).join(':');
}
