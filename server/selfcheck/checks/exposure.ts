import { isIP } from 'node:net';
import { found, type Check, type CheckedHouse } from '../check.ts';
import type { Door } from '../knock.ts';

const isPlain = ({ kind }: Door): boolean => kind === 'mqtt' || kind === 'ws';

/** Addresses at which unencrypted listeners can be asked. `0.0.0.0` is every address of the old kind only. */
function boundTo({ host, ownAddresses }: CheckedHouse): readonly string[] {
  if (host === '0.0.0.0') return ownAddresses().filter((address) => isIP(address) === 4);
  return isIP(host) === 6 && /^[0:]+$/.test(host) ? ownAddresses() : [host];
}

/** Whether unencrypted listeners have an address that the internet knows. What the router lets through can only be seen from outside. */
export const exposure: Check = {
  name: 'exposure',
  look: (house) => {
    const plain = house.doors().filter(isPlain);
    if (plain.length === 0) return [];
    const ports = plain.map(({ port }) => port).join(', ');
    const addresses = boundTo(house).filter((address) => !house.isLoopback(address));
    const open = addresses.filter((address) => !house.isUnrouted(address));
    const [v4, v6] = [open.find((one) => isIP(one) === 4), open.find((one) => isIP(one) === 6)];
    if (v4 !== undefined) return [found('address-public', { address: v4, ports })];
    if (v6 !== undefined) return [found('address-public-v6', { address: v6, ports })];
    return addresses.length > 0
      ? [found('address-home', { addresses: addresses.join(', '), ports })]
      : [found('address-here', { ports })];
  },
};
