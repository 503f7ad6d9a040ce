import type { IncomingMessage, RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import type { Keeper } from './keeper.ts';

/** As the plain server has them (server/app.ts and Fastify's defaults). */
const requestTimeoutMs = 30_000;
const keepAliveTimeoutMs = 72_000;
/** Open sockets, those in mid-handshake included. */
const maxConnections = 4_096;

export interface HttpsOptions {
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  readonly keeper: Keeper;
  /** The same handlers as without TLS. */
  readonly handle: RequestListener;
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** A handshake failed: an old protocol, no trust, a scan. */
  readonly onRefused: (remoteAddress: string, error: Error) => void;
}

export interface HttpsListener {
  readonly port: number;
  /** No new connections. */
  stop(): void;
  /** Ends what is left. */
  dispose(): Promise<void>;
}

function listening(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port); // a TCP server has a port, not a path
    });
  });
}

/** The whole page on a second, encrypted port. Rejects when the port cannot be opened. */
export async function listenHttps(options: HttpsOptions): Promise<HttpsListener> {
  const { keeper, handle, upgrade, onRefused } = options;
  const server = createServer({ ...keeper.options(), ALPNProtocols: ['http/1.1'] }, handle);
  server.requestTimeout = requestTimeoutMs;
  server.keepAliveTimeout = keepAliveTimeoutMs;
  server.maxConnections = maxConnections;
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('upgrade', upgrade);
  server.on('tlsClientError', (error: Error, socket: TLSSocket) => onRefused(socket.remoteAddress ?? '', error));
  server.on('clientError', (_error: Error, socket: Duplex) => socket.destroy());
  const port = await listening(server, options.host, options.port);
  server.on('error', () => undefined); // too many open files: listening goes on
  const unfollow = keeper.follow(server);
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => (closed ??= new Promise((resolve) => server.close(() => resolve())));
  return {
    port,
    stop: () => void close(),
    dispose: async () => {
      unfollow();
      const done = close();
      for (const socket of sockets) socket.destroy();
      await done;
    },
  };
}
