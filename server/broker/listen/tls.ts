import type { Socket } from 'node:net';
import { createServer, type TlsOptions, type TLSSocket } from 'node:tls';
import type { Engine } from '../engine/engine.ts';
import { Farewells } from './farewells.ts';
import { ignoreReset, openPort, socketOptions, socketTransport, type TcpListener } from './tcp.ts';

/** Sockets in mid-handshake, which the engine's own limits do not see yet; one more ends the oldest. */
const defaultMaxHandshakes = 1_000;

export interface TlsAddress {
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  /** Certificate, key, and the oldest protocol that is spoken. */
  readonly tls: TlsOptions;
  /** A handshake failed: an old protocol, no trust, a scan. */
  readonly onRefused: (remoteAddress: string, error: Error) => void;
  readonly onError?: (error: Error) => void;
  readonly maxHandshakes?: number;
}

export interface TlsListener extends TcpListener {
  /** Shows another certificate from now on; open connections stay as they are. */
  setSecureContext(options: TlsOptions): void;
}

/** Listens for MQTT over TLS. Rejects with a sentence that names the port when it cannot. */
export const listenTls = async (engine: Engine, address: TlsAddress): Promise<TlsListener> => {
  const { maxHandshakes = defaultMaxHandshakes } = address;
  // Nobody's yet: without this a stop would wait for them.
  const shaking = new Map<string, Socket>();
  const farewells = new Farewells();
  const server = createServer({ ...address.tls, ...socketOptions }, (socket) => {
    shaking.delete(peerOf(socket));
    socket.on('error', ignoreReset);
    engine.attach(socketTransport(socket, farewells), { remoteAddress: socket.remoteAddress ?? '', via: 'tls' });
  });
  server.on('connection', (socket: Socket) => {
    const peer = peerOf(socket);
    if (shaking.size >= maxHandshakes) shaking.values().next().value?.destroy();
    shaking.set(peer, socket);
    socket.once('close', () => shaking.delete(peer));
  });
  server.on('tlsClientError', (error: Error, socket: TLSSocket) =>
    address.onRefused(socket.remoteAddress ?? '', error),
  );
  return {
    port: await openPort(server, address),
    setSecureContext: (options) => server.setSecureContext(options),
    dispose: () =>
      new Promise((done) => {
        server.close(() => done());
        farewells.dispose();
        for (const socket of shaking.values()) socket.destroy();
      }),
  };
};

const peerOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`;
