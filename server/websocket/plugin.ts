import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Engine, Origin } from '../broker/engine/engine.ts';

export const mqttPath = '/mqtt';

export interface WebSocketOptions {
  /** The broker's own acceptor; handed in because a plugin only names types of others. */
  readonly createAcceptor: (
    engine: Engine,
  ) => (request: IncomingMessage, socket: Duplex, head: Buffer, origin: Origin) => void;
}

/** MQTT over WebSocket on the page's own port, with the login cookie as one way in. */
const plugin = async (app: FastifyInstance, { createAcceptor }: WebSocketOptions): Promise<void> => {
  const { http, auth, broker } = app;
  const accept = createAcceptor(broker);
  http.upgrades.on(mqttPath, (request, socket, head) => {
    const remoteAddress = http.addressOf(request);
    const { origin } = request.headers;
    // Browsers say whose page it is: no other page may use this one's cookie, or try passwords from within the house.
    if (origin !== undefined && !http.isSameOrigin(request)) {
      app.log.warn({ origin, remoteAddress }, 'A page of another address was refused.');
      broker.noteRefused(remoteAddress, 'origin');
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    accept(request, socket, head, { remoteAddress, via: 'websocket', ...auth.originOf(request) });
  });
};

export const websocket = fp(plugin, { name: 'websocket', dependencies: ['http', 'auth', 'broker'] });
