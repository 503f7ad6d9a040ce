import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** Takes over the socket of one WebSocket upgrade. */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Which path belongs to whom; one HTTP server has one `upgrade` event. */
export interface Upgrades {
  /** Gives every upgrade of exactly this path to the handler. */
  on(path: string, handler: UpgradeHandler): void;
  /** The listener for the HTTP server. */
  readonly handle: UpgradeHandler;
}

/** Refuses an upgrade with a plain status. */
export function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

export function createUpgrades(
  isHostAllowed: (header: string | undefined) => boolean,
  isClosed: (request: IncomingMessage) => boolean,
  onForeignHost: (request: IncomingMessage) => void,
): Upgrades {
  const handlers = new Map<string, UpgradeHandler>();
  return {
    on: (path, handler) => void handlers.set(path, handler),
    handle: (request, socket, head) => {
      // A reset before the handshake ends must not end the process.
      socket.on('error', () => socket.destroy());
      const handler = handlers.get((request.url ?? '').split('?')[0] ?? '');
      if (!isHostAllowed(request.headers.host)) {
        onForeignHost(request);
        refuseUpgrade(socket, '421 Misdirected Request');
      } else if (isClosed(request)) refuseUpgrade(socket, '403 Forbidden');
      else if (handler) handler(request, socket, head);
      else refuseUpgrade(socket, '404 Not Found');
    },
  };
}
