import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { WebSocket } from 'ws';

/** A listener of this house, as a client reaches it. */
export interface Door {
  readonly kind: 'mqtt' | 'mqtts' | 'ws' | 'wss';
  readonly host: string;
  readonly port: number;
}

export interface Credentials {
  readonly clientId: string;
  readonly username?: string;
  readonly password?: string;
}

/** `no-answer`: nobody opened in time, so that nothing is known. */
export type Answer = 'let-in' | 'turned-away' | 'no-answer';

/** Whoever does not answer within this time does not answer. */
const answerTimeoutMs = 3_000;
const keepAliveSeconds = 10;
const connackType = 0x20;
const connackBytes = 4;
const disconnect = Buffer.from([0xe0, 0]);

const field = (text: string): Buffer => {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
};

/** CONNECT of MQTT 3.1.1 with a clean session. Short enough for a length of one byte. */
export function connectPacket({ clientId, username, password }: Credentials): Buffer {
  const flags = 0x02 | (username === undefined ? 0 : 0x80) | (password === undefined ? 0 : 0x40);
  const fields = [clientId, username, password].filter((one) => one !== undefined).map(field);
  const body = Buffer.concat([field('MQTT'), Buffer.from([4, flags, 0, keepAliveSeconds]), ...fields]);
  return Buffer.concat([Buffer.from([0x10, body.length]), body]);
}

const answerIn = (bytes: Buffer): Answer => (bytes[0] === connackType && bytes[3] === 0 ? 'let-in' : 'turned-away');

/** One way in: what happens on it, whatever carries it. */
interface Line {
  readonly send: (bytes: Buffer) => void;
  readonly end: () => void;
}
interface Heard {
  readonly onOpen: () => void;
  readonly onBytes: (bytes: Buffer) => void;
  readonly onClosed: () => void;
}

// The certificate is this machine's own and nothing secret is said: whom it is trusted by does not matter here.
const trusting = { rejectUnauthorized: false } as const;
const inUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host);

function openSocket({ kind, host, port }: Door, heard: Heard): Line {
  const socket: Socket =
    kind === 'mqtts' ? connectTls({ host, port, ...trusting }, heard.onOpen) : connectTcp({ host, port }, heard.onOpen);
  socket.on('data', heard.onBytes);
  socket.on('error', heard.onClosed);
  socket.on('close', heard.onClosed);
  return { send: (bytes) => void socket.write(bytes), end: () => socket.destroy() };
}

function openWebSocket({ kind, host, port }: Door, heard: Heard): Line {
  const socket = new WebSocket(`${kind}://${inUrl(host)}:${port}/mqtt`, 'mqtt', trusting);
  socket.on('open', heard.onOpen);
  socket.on('message', (data: Buffer) => heard.onBytes(data));
  // The upgrade was answered, and the answer was no.
  socket.on('unexpected-response', () => {
    heard.onOpen();
    heard.onClosed();
  });
  socket.on('error', heard.onClosed);
  socket.on('close', heard.onClosed);
  return { send: (bytes) => socket.send(bytes), end: () => socket.terminate() };
}

/** Tries to get in, as anybody could, and goes at once. */
export function knock(door: Door, credentials: Credentials): Promise<Answer> {
  return new Promise((resolve) => {
    let heard = Buffer.alloc(0);
    let wasOpen = false;
    let isOver = false;
    const finish = (answer: Answer): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      if (answer === 'let-in') line.send(disconnect);
      line.end();
      resolve(answer);
    };
    const timer = setTimeout(() => finish('no-answer'), answerTimeoutMs);
    const events: Heard = {
      onOpen: () => {
        wasOpen = true;
        if (!isOver) queueMicrotask(() => !isOver && line.send(connectPacket(credentials)));
      },
      onBytes: (bytes) => {
        heard = Buffer.concat([heard, bytes]);
        if (heard.length >= connackBytes) finish(answerIn(heard));
      },
      // Closed without a word after it was open is a no; a door that never opened says nothing.
      onClosed: () => finish(wasOpen ? 'turned-away' : 'no-answer'),
    };
    const line = door.kind === 'ws' || door.kind === 'wss' ? openWebSocket(door, events) : openSocket(door, events);
  });
}
