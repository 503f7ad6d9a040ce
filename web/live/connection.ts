// First, because the client reads `process` while it loads.
import './slim/process.ts';
import type { IClientOptions, IClientPublishOptions, MqttClient, Packet } from 'mqtt';
import clientModule from 'mqtt/lib/client';
import { readLimit } from '../../shared/api/limit-refusal.ts';
import { pinRefusal } from '../../shared/api/pin.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { OutgoingMessage, SendFailure } from './commands.ts';
import { socketStream } from './socket-stream.ts';

/** One MQTT session over one WebSocket, from CONNECT to its end. It never reconnects: a new one is made each time. */
export interface Connection {
  /** Ends `fail` when the broker refuses or the line breaks. */
  subscribe(topics: readonly string[], options: SubscribeOptions): Promise<boolean>;
  unsubscribe(topics: readonly string[]): void;
  publish(message: OutgoingMessage): Promise<Result<void, SendFailure>>;
  /** Asks for a sign of life. */
  ping(): void;
  /** Monotonic time of the last packet from the broker, ms. */
  readonly lastHeardMs: number;
  close(): void;
}

export interface SubscribeOptions {
  /** Whether the broker sends retained messages now; values that come with the snapshot make that needless. */
  readonly sendRetained: boolean;
}

export interface ConnectionEvents {
  /** The broker let us in. */
  onUp(connection: Connection): void;
  onMessage(message: { readonly topic: string; readonly payload: Uint8Array; readonly isReplay: boolean }): void;
  /** Fires once, whatever ended it; `isRefused` = the broker said no to CONNECT. */
  onDown(end: { readonly isRefused: boolean }): void;
}

export interface ConnectionOptions {
  readonly openSocket: () => WebSocket;
  readonly clientId: string;
  readonly monotonicMs: () => number;
  readonly events: ConnectionEvents;
}

// CommonJS: bundlers hand over the class, Node an object around it.
const Client = ('default' in clientModule ? clientModule.default : clientModule) as typeof MqttClient;

/** The broker's own watch over us; ours over the broker is much tighter (link.svelte.ts). */
const keepAliveSeconds = 20;
const connectTimeoutMs = 4_000;

const optionsOf = (clientId: string): IClientOptions => ({
  clientId,
  protocolVersion: 5,
  clean: true,
  keepalive: keepAliveSeconds,
  connectTimeout: connectTimeoutMs,
  // Nothing is queued, nothing is sent again.
  reconnectPeriod: 0,
  queueQoSZero: false,
  resubscribe: false,
  // Its worker timer needs a blob: worker, which the CSP forbids.
  timerVariant: 'native',
});

/** Only these say that the message itself, or the person, was the reason [MQTT-3.4.2.1]. */
function failureOf(code: unknown, text: string | undefined): SendFailure {
  if (code === 0x87) return refusalOf(text);
  if (code === 0x95 || code === 0x97) return { reason: 'too-large' };
  return { reason: typeof code === 'number' && code >= 0x80 ? 'broker' : 'offline' };
}

function refusalOf(text: string | undefined): SendFailure {
  if (text === pinRefusal) return { reason: 'pin' };
  const { because = 'not-allowed', ...again } = readLimit(text) ?? {};
  return { reason: because, ...again };
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

/** Why, as the broker's acknowledgement says it. */
const reasonTextOf = (answer: Packet | undefined): string | undefined =>
  answer?.cmd === 'puback' || answer?.cmd === 'pubrec' ? answer.properties?.reasonString : undefined;

const publishOptions = (message: OutgoingMessage): IClientPublishOptions => ({
  qos: message.qos,
  retain: message.retain,
  ...(message.expirySeconds === undefined ? {} : { properties: { messageExpiryInterval: message.expirySeconds } }),
});

export function openConnection(options: ConnectionOptions): { close(): void } {
  const { events } = options;
  const client = new Client(() => socketStream(options.openSocket()), optionsOf(options.clientId));
  let lastHeardMs = options.monotonicMs();
  let isRefused = false;
  let isOver = false;
  const over = (): void => {
    if (isOver) return;
    isOver = true;
    client.end(true);
    events.onDown({ isRefused });
  };
  const connection: Connection = {
    subscribe: (topics, { sendRetained }) => subscribe(client, topics, sendRetained ? 0 : 2),
    unsubscribe: (topics) => {
      if (!isOver && topics.length > 0) client.unsubscribe([...topics]);
    },
    publish: (message) => (isOver ? Promise.resolve(fail({ reason: 'offline' as const })) : publish(client, message)),
    ping: () => {
      if (!isOver) client.sendPing();
    },
    get lastHeardMs() {
      return lastHeardMs;
    },
    close: over,
  };
  client.on('packetreceive', () => {
    lastHeardMs = options.monotonicMs();
  });
  client.on('connect', () => events.onUp(connection));
  client.on('message', (topic, payload, packet) => events.onMessage({ topic, payload, isReplay: packet.retain }));
  client.on('error', (error) => {
    const code = codeOf(error);
    isRefused = typeof code === 'number' && code >= 0x80;
    over();
  });
  client.on('disconnect', over);
  client.on('close', over);
  return { close: over };
}

const publish = (client: MqttClient, message: OutgoingMessage): Promise<Result<void, SendFailure>> =>
  new Promise((resolve) => {
    client.publish(message.topic, message.payload, publishOptions(message), (error, answer) => {
      resolve(error ? fail(failureOf(codeOf(error), reasonTextOf(answer))) : ok(undefined));
    });
  });

/** True when the broker granted every topic. */
const subscribe = (client: MqttClient, topics: readonly string[], rh: 0 | 2): Promise<boolean> =>
  new Promise((resolve) => {
    if (topics.length === 0) {
      resolve(true);
      return;
    }
    client.subscribe([...topics], { qos: 0, rh }, (error) => resolve(!error));
  });
