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
    accept(request, socket, head, { remoteAddress, via: 'websocket', ...auth.originOf(request) });
  });
  // Logout, an ended login, an ended account and a changed password reach open sockets at once.
  const stop = auth.onEnded((ended) => {
    broker.disconnect((client) => auth.isBehind(ended, client), 'not-authorized');
  });
  app.addHook('onClose', async () => stop());
};

export const websocket = fp(plugin, { name: 'websocket', dependencies: ['http', 'auth', 'broker'] });
