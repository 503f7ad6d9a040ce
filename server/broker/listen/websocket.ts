import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { Engine, Origin, Transport } from '../engine/engine.ts';

/** Largest WebSocket frame; MQTT packets may span frames [MQTT-6.0.0-2]. */
const maxFrameBytes = 1024 * 1024;
const closeTimeoutMs = 5_000;
/** `mqttv3.1` is what clients of that age ask for. */
const subprotocols = ['mqtt', 'mqttv3.1'] as const;
/** RFC 6455: the endpoint got a kind of data it cannot accept. */
const unsupportedData = 1003;

const socketTransport = (socket: WebSocket, stream: Duplex): Transport => {
  let onData: (bytes: Uint8Array) => void = () => undefined;
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (isBinary) {
      onData(data);
      return;
    }
    onData = () => undefined;
    socket.close(unsupportedData, 'MQTT is binary'); // [MQTT-6.0.0-1]
  });
  const end = (): void => {
    if (socket.readyState === socket.CLOSED) return; // there is no end to wait for
    socket.close();
    const timer = setTimeout(() => socket.terminate(), closeTimeoutMs).unref();
    socket.once('close', () => clearTimeout(timer));
  };
  return {
    write: (bytes) => {
      if (socket.readyState === socket.OPEN) socket.send(bytes, { binary: true });
    },
    get bufferedBytes() {
      return socket.bufferedAmount;
    },
    close: end,
    onData: (listener) => {
      onData = listener;
    },
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    onDrain: (listener) => void stream.on('drain', listener),
    onClose: (listener) => void socket.once('close', listener),
  };
};

/** Takes an upgrade request over to the engine, or refuses it. */
export type AcceptWebSocket = (request: IncomingMessage, socket: Duplex, head: Buffer, origin: Origin) => void;

const offers = (request: IncomingMessage): string[] =>
  (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());

/** MQTT over WebSocket for an HTTP server that routes upgrades itself. */
export const createWebSocketAcceptor = (engine: Engine): AcceptWebSocket => {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: maxFrameBytes,
    handleProtocols: (offered) => subprotocols.find((name) => offered.has(name)) ?? false, // [MQTT-6.0.0-4]
  });
  return (request, socket, head, origin) => {
    if (!offers(request).some((name) => subprotocols.some((known) => known === name))) {
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'); // [MQTT-6.0.0-3]
      return;
    }
    server.handleUpgrade(request, socket, head, (webSocket) => {
      // Broken frames and resets are followed by 'close', which is all the engine needs to know.
      webSocket.on('error', () => undefined);
      engine.attach(socketTransport(webSocket, socket), origin);
    });
  };
};
