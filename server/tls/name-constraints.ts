import { isIP } from 'node:net';
import { privateRanges, type Range } from './ranges.ts';

/** DER by hand: the certificate library has no name constraints, and these are five kinds of bytes. RFC 5280, 4.2.1.10. */

const sequence = 0x30;
/** `permittedSubtrees [0]`, `dNSName [2]`, `iPAddress [7]`, all implicit. */
const permittedSubtrees = 0xa0;
const dnsName = 0x82;
const ipAddress = 0x87;

export const nameConstraintsId = '2.5.29.30';

function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const lengthBytes = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...lengthBytes]), content]);
}

function bytesOfIpv6(address: string): number[] {
  const [head = '', tail = ''] = address.split('::');
  const groups = (part: string): number[] => (part === '' ? [] : part.split(':').map((group) => parseInt(group, 16)));
  const [before, after] = [groups(head), groups(tail)];
  const zeros = new Array<number>(8 - before.length - after.length).fill(0);
  return [...before, ...zeros, ...after].flatMap((group) => [group >> 8, group & 0xff]);
}

const bytesOf = (address: string): number[] =>
  isIP(address) === 4 ? address.split('.').map(Number) : bytesOfIpv6(address);

/** Address, then mask, as the standard wants them. */
export function rangeBytes({ network, prefixBits }: Range): Buffer {
  const address = bytesOf(network);
  const mask = address.map((_, index) => (0xff00 >> Math.max(0, Math.min(8, prefixBits - 8 * index))) & 0xff);
  return Buffer.from([...address, ...mask]);
}

const dnsBase = (name: string): Buffer => tagged(dnsName, Buffer.from(name, 'latin1'));

/** Whether the root of these bytes may vouch for a name: it, or what it lies under, is one of the permitted names. */
export function isPermitted(rootDer: Buffer, name: string): boolean {
  const levels = name.split('.');
  return levels.some((_, index) => rootDer.includes(tagged(sequence, dnsBase(levels.slice(index).join('.')))));
}

/** The extension's value: these names (with what lies under them) and private addresses, nothing else. */
export function nameConstraints(names: readonly string[]): Buffer {
  const bases = [...names.map(dnsBase), ...privateRanges.map((range) => tagged(ipAddress, rangeBytes(range)))];
  return tagged(sequence, tagged(permittedSubtrees, ...bases.map((base) => tagged(sequence, base))));
}
