import type { ConnectionEvents } from './connection.ts';
import type { Environment } from './environment.ts';

/** Where the broker listens for pages: same host, same port, `/mqtt`. */
export const brokerUrl = (page: Pick<Location, 'protocol' | 'host'>): string =>
  `${page.protocol === 'https:' ? 'wss:' : 'ws:'}//${page.host}/mqtt`;

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** A name of its own per page; `getRandomValues` also exists on plain HTTP. */
const newClientId = (): string => `kachel-page-${hex(crypto.getRandomValues(new Uint8Array(8)))}`;

/** Opens connections; the MQTT client is loaded with the first one, beside the first paint. */
export function createOpener(
  environment: Pick<Environment, 'monotonicMs'>,
): (events: ConnectionEvents) => { close(): void } {
  const clientId = newClientId();
  return (events) => {
    let opened: { close(): void } | undefined;
    let isOver = false;
    const end = (): void => {
      if (isOver) return;
      isOver = true;
      events.onDown({ isRefused: false });
    };
    const open = async (): Promise<void> => {
      const { openConnection } = await import('./connection.ts');
      if (isOver) return;
      opened = openConnection({
        openSocket: () => new WebSocket(brokerUrl(location), 'mqtt'),
        clientId,
        monotonicMs: () => environment.monotonicMs(),
        events,
      });
    };
    // Without the chunk there is no connection: the next attempt loads it again.
    open().catch(end);
    return { close: () => (opened ? opened.close() : end()) };
  };
}
