import { openConnection, type ConnectionEvents } from './connection.ts';
import type { Environment } from './environment.ts';

/** Where the broker listens for pages: same host, same port, `/mqtt`; `seenAs` asks for the rights of somebody else, without sending. */
export const brokerUrl = (page: Pick<Location, 'protocol' | 'host'>, seenAs?: string): string =>
  `${page.protocol === 'https:' ? 'wss:' : 'ws:'}//${page.host}/mqtt${seenAs === undefined ? '' : `?as=${encodeURIComponent(seenAs)}`}`;

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** A name of its own per page; `getRandomValues` also exists on plain HTTP. */
const newClientId = (): string => `kachel-page-${hex(crypto.getRandomValues(new Uint8Array(8)))}`;

/** Opens connections. */
export function createOpener(
  environment: Pick<Environment, 'monotonicMs'>,
  seenAs?: string,
): (events: ConnectionEvents) => { close(): void } {
  const clientId = newClientId();
  return (events) =>
    openConnection({
      openSocket: () => new WebSocket(brokerUrl(location, seenAs), 'mqtt'),
      clientId,
      monotonicMs: () => environment.monotonicMs(),
      events,
    });
}
