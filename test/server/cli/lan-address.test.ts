import type { NetworkInterfaceInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import {
  chooseLanAddress,
  defaultRoutes,
  ownAddresses,
  ownInterfaces,
  type Interfaces,
} from '../../../server/cli/lan-address.ts';

const at = (address: string): NetworkInterfaceInfo[] => [
  { address, netmask: '255.255.255.0', family: 'IPv4', mac: '', internal: address.startsWith('127.'), cidr: null },
];

const home: Interfaces = {
  lo: at('127.0.0.1'),
  docker0: at('172.17.0.1'),
  tun0: at('10.8.0.2'),
  wlan0: at('192.168.1.30'),
  eth0: at('192.168.1.20'),
};

const head = 'Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n';
const route = (name: string, metric: number, destination = '00000000', mask = '00000000'): string =>
  `${name}\t${destination}\t0101A8C0\t0003\t0\t0\t${metric}\t${mask}\t0\t0\t0\n`;

describe('the LAN address', () => {
  it('reads default routes, best metric first', () => {
    const table = head + route('wlan0', 600) + route('eth0', 100) + route('docker0', 0, '000011AC', '0000FFFF');
    expect(defaultRoutes(table)).toEqual(['eth0', 'wlan0']);
  });

  it.each([
    ['the default route', ['eth0', 'wlan0'], home, '192.168.1.20'],
    ['not the VPN, though it is the default route', ['tun0', 'wlan0'], home, '192.168.1.30'],
    ['a real interface when there is no route', [], home, '192.168.1.30'],
    ['nothing but containers: none', ['docker0'], { lo: home.lo, docker0: home.docker0 }, undefined],
    ['no address of its own: none', ['eth0'], { eth0: at('169.254.7.7') }, undefined],
  ])('is that of %s', (_, routes, interfaces, expected) => {
    expect(chooseLanAddress(routes, interfaces)).toBe(expected);
  });

  it('of certificates are all but those of containers and tunnels, on the interfaces where people are', () => {
    expect(ownAddresses(home)).toEqual(['192.168.1.30', '192.168.1.20']);
    expect(ownInterfaces({ ...home, eth1: [] })).toEqual(['wlan0', 'eth0']);
  });
});
