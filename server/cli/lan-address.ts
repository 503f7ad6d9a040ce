import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os';

/** Interfaces of containers, virtual machines and VPNs: phones at home cannot reach their addresses. */
const virtualName =
  /^(lo|docker|br-|veth|virbr|vmnet|vboxnet|tun|tap|wg|tailscale|zt|utun|ppp|ipsec|lxc|lxdbr|cni|flannel|cali|podman|vEthernet)/i;

export type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>;

const addressOf = (interfaces: Interfaces, name: string): string | undefined =>
  interfaces[name]?.find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

/** Names of the interfaces with a default route in the text of /proc/net/route, best metric first. */
export function defaultRoutes(routeTable: string): readonly string[] {
  return routeTable
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter(([name, destination, , , , , , mask]) => name && destination === '00000000' && mask === '00000000')
    .sort((a, b) => Number(a[6]) - Number(b[6]))
    .map(([name = '']) => name);
}

/** The address that phones of this home reach, or `undefined` when there is none. */
export function chooseLanAddress(routes: readonly string[], interfaces: Interfaces): string | undefined {
  const byRoute = routes.filter((name) => !virtualName.test(name));
  const others = Object.keys(interfaces).filter((name) => !virtualName.test(name));
  for (const name of [...byRoute, ...others]) {
    const address = addressOf(interfaces, name);
    if (address !== undefined && !address.startsWith('169.254.')) return address;
  }
  return undefined;
}

/** Names of the interfaces by which others of this home may reach the machine. */
export const ownInterfaces = (interfaces: Interfaces = networkInterfaces()): readonly string[] =>
  Object.entries(interfaces)
    .filter(([name, addresses = []]) => !virtualName.test(name) && addresses.some(({ internal }) => !internal))
    .map(([name]) => name);

/** Every address under which others of this home may reach the machine. */
export const ownAddresses = (interfaces: Interfaces = networkInterfaces()): readonly string[] =>
  Object.entries(interfaces)
    .filter(([name]) => !virtualName.test(name))
    .flatMap(([, addresses = []]) => addresses.filter(({ internal }) => !internal).map(({ address }) => address));

/** Outside Linux: connecting a UDP socket sends nothing, but makes the system choose the interface of the default route. */
function routeByConnecting(interfaces: Interfaces): Promise<readonly string[]> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const finish = (names: readonly string[]): void => {
      socket.close();
      resolve(names);
    };
    socket.on('error', () => finish([]));
    // 192.0.2.0/24 is reserved for documentation: never anybody's home.
    socket.connect(9, '192.0.2.1', () => {
      const { address } = socket.address();
      finish(Object.keys(interfaces).filter((name) => addressOf(interfaces, name) === address));
    });
  });
}

/** Finds the address to show and to put into the QR code. */
export async function findLanAddress(): Promise<string | undefined> {
  const interfaces = networkInterfaces();
  if (process.platform !== 'linux') return chooseLanAddress(await routeByConnecting(interfaces), interfaces);
  try {
    return chooseLanAddress(defaultRoutes(readFileSync('/proc/net/route', 'utf8')), interfaces);
  } catch {
    return chooseLanAddress([], interfaces);
  }
}

/** Whether listening there means listening on every interface. */
export const isAnyAddress = (host: string): boolean => ['0.0.0.0', '::', '::0'].includes(host);
