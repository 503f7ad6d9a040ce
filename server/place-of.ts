import { isIPv6 } from 'node:net';
import { canonicalAddress, plainAddress } from './tls/ranges.ts';

/** Whoever has one IPv6 address has 2⁶⁴ of them: the network counts. */
export function placeOf(address: string): string {
  if (!address.includes(':')) return address; // asked at each CONNECT, and IPv4 is known at a glance
  const plain = plainAddress(address);
  return isIPv6(plain) ? networkOf(canonicalAddress(plain)) : plain;
}

function networkOf(address: string): string {
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const missing = tail === undefined ? 0 : Math.max(0, 8 - groups.length - (tail === '' ? 0 : tail.split(':').length));
  const all = [...groups, ...Array.from({ length: missing }, () => '0'), ...(tail ? tail.split(':') : [])];
  // This machine itself, and IPv4 in other letters: one network of all of them would be no place.
  const isSpecial = all.slice(0, 5).every((group) => group === '0');
  return (isSpecial ? all : all.slice(0, 4)).join(':');
}
