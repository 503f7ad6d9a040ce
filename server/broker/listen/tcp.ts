import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { Engine, Transport } from '../engine/engine.ts';
import { Farewells } from './farewells.ts';

/** A peer that is silent for so long is asked by the kernel whether it is still there: not every client keeps itself alive. */
const keepAliveDelayMs = 60_000;

/** Connections that may wait to be taken, as when a whole house reconnects after a power cut. */
const backlog = 1_024;
export const socketOptions = { noDelay: true, keepAlive: true, keepAliveInitialDelay: keepAliveDelayMs } as const;

export interface TcpListener {
  /** The port in use, also when any free one was asked for. */
  readonly port: number;
  /** Stops listening; connections are the engine's to end. */
  dispose(): Promise<void>;
}

/** A TCP socket as the engine sees it. A class, so that thousands of idle connections share its methods. */
class SocketTransport implements Transport {
  readonly #socket: Socket;
  readonly #farewells: Farewells;

  constructor(socket: Socket, farewells: Farewells) {
    this.#socket = socket;
    this.#farewells = farewells;
  }

  write(bytes: Uint8Array): void {
    if (!this.#socket.destroyed) this.#socket.write(bytes);
  }

  get bufferedBytes(): number {
    return this.#socket.writableLength;
  }

  close(): void {
    this.#farewells.say(this.#socket);
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.#socket.on('data', listener);
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  onDrain(listener: () => void): void {
    this.#socket.on('drain', listener);
  }

  onClose(listener: () => void): void {
    this.#socket.once('close', listener);
  }
}

export const socketTransport = (socket: Socket, farewells: Farewells): Transport =>
  new SocketTransport(socket, farewells);

export interface TcpAddress {
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  /** Told when a connection could not be taken, for example because there are too many open files; listening goes on. */
  readonly onError?: (error: Error) => void;
  /** Whose connections are taken at all; default everybody's. */
  readonly isAllowed?: (remoteAddress: string) => boolean;
  /** Told of each connection that was not taken. */
  readonly onRefused?: (remoteAddress: string) => void;
}

/** A reset by the peer is followed by 'close', which is all the engine needs to know. */
export const ignoreReset = (): void => undefined;

/** Listens for MQTT over TCP. Rejects with a sentence that names the port when it cannot. */
export const listenTcp = async (engine: Engine, address: TcpAddress): Promise<TcpListener> => {
  const farewells = new Farewells();
  const server = createServer(socketOptions, (socket) => {
    socket.on('error', ignoreReset);
    const remoteAddress = socket.remoteAddress ?? '';
    if (address.isAllowed?.(remoteAddress) === false) {
      socket.destroy();
      address.onRefused?.(remoteAddress);
      return;
    }
    engine.attach(socketTransport(socket, farewells), { remoteAddress, via: 'tcp' });
  });
  const port = await openPort(server, address);
  return {
    port,
    dispose: () =>
      new Promise((done) => {
        server.close(() => done());
        farewells.dispose();
      }),
  };
};

/** Begins to listen; resolves with the port in use, rejects with a sentence that names the port. */
export const openPort = (
  server: Server,
  { host, port, onError }: Pick<TcpAddress, 'host' | 'port' | 'onError'>,
): Promise<number> =>
  new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException): void =>
      reject(new Error(explainListen(error, { host, port }), { cause: error }));
    server.once('error', refuse);
    server.listen({ host, port, backlog }, () => {
      server.off('error', refuse);
      server.on('error', (error) => onError?.(error));
      resolve((server.address() as AddressInfo).port); // a TCP server has a port, not a path
    });
  });

/** Why a port could not be opened, as a sentence. */
const explainListen = (error: NodeJS.ErrnoException, { host, port }: { host: string; port: number }): string => {
  if (error.code === 'EADDRINUSE') return `MQTT port ${port} on ${host} is in use by another program.`;
  if (error.code === 'EACCES') return `MQTT port ${port} on ${host} needs more rights than this program has.`;
  return `MQTT port ${port} on ${host} cannot be opened: ${error.message}.`;
};
