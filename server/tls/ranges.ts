import { BlockList, isIP } from 'node:net';
import { fail, ok, type Result } from '../../shared/result.ts';

/** An address range in CIDR terms. */
export interface Range {
  readonly network: string;
  readonly prefixBits: number;
}

/** Addresses of a home or of this machine: the only ones that the home authority may vouch for. Nobody owns them on the internet. */
export const privateRanges: readonly Range[] = [
  { network: '10.0.0.0', prefixBits: 8 },
  { network: '172.16.0.0', prefixBits: 12 },
  { network: '192.168.0.0', prefixBits: 16 },
  { network: '169.254.0.0', prefixBits: 16 },
  { network: '127.0.0.0', prefixBits: 8 },
  { network: 'fc00::', prefixBits: 7 },
  { network: 'fe80::', prefixBits: 10 },
  { network: '::1', prefixBits: 128 },
];

export const loopbackRanges: readonly Range[] = [
  { network: '127.0.0.0', prefixBits: 8 },
  { network: '::1', prefixBits: 128 },
];

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 4 ? 'ipv4' : 'ipv6');

/** How a dual-stack socket names an IPv4 peer is no other address. */
export const plainAddress = (address: string): string =>
  address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '').replace(/%.*$/, '');

/** One way to write an address: `0:0:0:0:0:0:0:1` and `::1` are the same. */
export const canonicalAddress = (address: string): string =>
  isIP(address) === 6 ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;

/** A test whether an address lies in one of the ranges; what is no address does not. */
export function createRangeTest(ranges: readonly Range[]): (address: string) => boolean {
  const list = new BlockList();
  for (const { network, prefixBits } of ranges) list.addSubnet(network, prefixBits, familyOf(network));
  return (address) => {
    const plain = plainAddress(address);
    return isIP(plain) !== 0 && list.check(plain, familyOf(plain));
  };
}

export const isPrivate = createRangeTest(privateRanges);

/** Also what providers and private networks of devices share [RFC 6598]: not this home's own, but nobody reaches it from the internet. */
export const isUnrouted = createRangeTest([...privateRanges, { network: '100.64.0.0', prefixBits: 10 }]);

/** Reads `192.168.1.0/24` or a single address. */
export function readRange(text: string): Result<Range, string> {
  const [network = '', bits, ...rest] = text.trim().split('/');
  const family = isIP(network);
  const longest = family === 4 ? 32 : 128;
  const prefixBits = bits === undefined ? longest : Number(bits);
  const isNumber = bits === undefined || /^\d{1,3}$/.test(bits);
  if (family === 0 || rest.length > 0 || !isNumber || prefixBits > longest) return fail(text.trim());
  return ok({ network, prefixBits });
}
