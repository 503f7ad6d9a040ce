import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { Engine, Transport } from '../engine/engine.ts';

/** A peer that does not take its last bytes within this time is cut off. */
const closeTimeoutMs = 5_000;

/** A peer that is silent for so long is asked by the kernel whether it is still there: not every client keeps itself alive. */
const keepAliveDelayMs = 60_000;

export interface TcpListener {
  /** The port in use, also when any free one was asked for. */
  readonly port: number;
  /** Stops listening; connections are the engine's to end. */
  dispose(): Promise<void>;
}

/** A TCP socket as the engine sees it. */
export const socketTransport = (socket: Socket): Transport => ({
  write: (bytes) => void (socket.destroyed || socket.write(bytes)),
  get bufferedBytes() {
    return socket.writableLength;
  },
  close: () => {
    socket.destroySoon();
    const timer = setTimeout(() => socket.destroy(), closeTimeoutMs).unref();
    socket.once('close', () => clearTimeout(timer));
  },
  onData: (listener) => void socket.on('data', listener),
  onDrain: (listener) => void socket.on('drain', listener),
  onClose: (listener) => void socket.once('close', listener),
});

/** Listens for MQTT over TCP. Rejects with a sentence that names the port when it cannot. */
export const listenTcp = (engine: Engine, address: { host: string; port: number }): Promise<TcpListener> => {
  const server = createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: keepAliveDelayMs }, (socket) => {
    // A reset by the peer is followed by 'close', which is all the engine needs to know.
    socket.on('error', () => undefined);
    engine.attach(socketTransport(socket), { remoteAddress: socket.remoteAddress ?? '', via: 'tcp' });
  });
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new Error(explain(error, address), { cause: error })),
    );
    server.listen({ host: address.host, port: address.port, backlog: 1024 }, () => {
      const { port } = server.address() as AddressInfo; // a TCP server has a port, not a path
      resolve({ port, dispose: () => new Promise((done) => server.close(() => done())) });
    });
  });
};

const explain = (error: NodeJS.ErrnoException, { host, port }: { host: string; port: number }): string => {
  if (error.code === 'EADDRINUSE') return `MQTT port ${port} on ${host} is in use by another program.`;
  if (error.code === 'EACCES') return `MQTT port ${port} on ${host} needs more rights than this program has.`;
  return `MQTT port ${port} on ${host} cannot be opened: ${error.message}.`;
};
