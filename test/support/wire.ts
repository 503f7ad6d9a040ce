import { generate, parser as createParser } from 'mqtt-packet';
import type { IConnackPacket, IConnectPacket, Packet } from 'mqtt-packet';
import type { Engine, Origin, Transport } from '../../server/broker/engine/engine.ts';

/** One end of an in-memory connection, with an independent codec: packets in, packets out. */
export interface Wire {
  /** Sends a packet, or bytes as they are. */
  send(packet: Packet | Uint8Array): void;
  /** The next packet from the broker; rejects when the connection closes before one comes. */
  next(): Promise<Packet>;
  /** The next packet, which must be of this type. */
  expect<T extends Packet['cmd']>(cmd: T): Promise<Extract<Packet, { cmd: T }>>;
  /** Skips packets up to and with the next one of this type. */
  expectAnswer(cmd: Packet['cmd']): Promise<void>;
  /** From now on what the broker says is not read. */
  ignore(): void;
  /** Resolves when everything sent so far was handled and answered: nothing else came. */
  expectNothing(): Promise<void>;
  /** Resolves when the broker has closed the connection. */
  readonly closed: Promise<void>;
  readonly isClosed: () => boolean;
  /** Whether the broker does not want to read just now; what is sent comes to it all the same. */
  readonly isPaused: () => boolean;
  /** Cuts the connection without a DISCONNECT. */
  cut(): void;
  /** While true the client takes nothing: bytes pile up as `bufferedBytes`. */
  stall(isStalled: boolean): void;
  /** Every chunk the broker has written, as it was written. */
  readonly writes: readonly Uint8Array[];
}

export interface WireOptions {
  readonly version?: 3 | 4 | 5;
  readonly origin?: Partial<Origin>;
}

const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Turns of the event loop after which a broker that has something to say has said it. */
const quietTurns = 6;

/** Opens an in-memory connection to an engine. */
export const openWire = (engine: Engine, options: WireOptions = {}): Wire => {
  const version = options.version ?? 4;
  const parser = createParser({ protocolVersion: version });
  const arrived: Packet[] = [];
  const waiting: { resolve: (packet: Packet) => void; reject: (error: Error) => void }[] = [];
  const writes: Uint8Array[] = [];
  let onData: (bytes: Uint8Array) => void = () => undefined;
  let onClose: () => void = () => undefined;
  let onDrain: () => void = () => undefined;
  let isClosed = false;
  let isStalled = false;
  let isIgnoring = false;
  let isPaused = false;
  let stalledBytes = 0;
  let finish: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => {
    finish = resolve;
  });

  parser.on('packet', (packet: Packet) => {
    const waiter = waiting.shift();
    if (waiter) waiter.resolve(packet);
    else arrived.push(packet);
  });
  parser.on('error', (error: Error) => {
    throw error;
  });

  const close = (): void => {
    if (isClosed) return;
    isClosed = true;
    setImmediate(() => {
      onClose();
      finish();
      for (const waiter of waiting.splice(0)) waiter.reject(new Error('the connection closed'));
    });
  };

  const transport: Transport = {
    write: (bytes) => {
      if (isClosed) return;
      writes.push(isStalled ? bytes : Uint8Array.from(bytes)); // what it does not take it holds on to, as a socket does
      if (isStalled) stalledBytes += bytes.length;
      else if (!isIgnoring) parser.parse(Buffer.from(bytes));
    },
    get bufferedBytes() {
      return stalledBytes;
    },
    close,
    onData: (listener) => {
      onData = listener;
    },
    pause: () => void (isPaused = true),
    resume: () => void (isPaused = false),
    onDrain: (listener) => {
      onDrain = listener;
    },
    onClose: (listener) => {
      onClose = listener;
    },
  };
  engine.attach(transport, { remoteAddress: '192.0.2.1', via: 'memory', ...options.origin });

  const next = (): Promise<Packet> => {
    const packet = arrived.shift();
    if (packet) return Promise.resolve(packet);
    if (isClosed) return Promise.reject(new Error('the connection closed'));
    return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  };

  return {
    send: (packet) => onData(packet instanceof Uint8Array ? packet : generate(packet, { protocolVersion: version })),
    next,
    expect: async (cmd) => {
      const packet = await next();
      if (packet.cmd !== cmd) throw new Error(`expected ${cmd}, got ${JSON.stringify(packet)}`);
      return packet as Extract<Packet, { cmd: typeof cmd }>;
    },
    expectAnswer: async (cmd) => {
      while ((await next()).cmd !== cmd);
    },
    ignore: () => {
      isIgnoring = true;
    },
    expectNothing: async () => {
      for (let turn = 0; turn < quietTurns; turn++) await pause();
      if (arrived.length > 0) throw new Error(`expected nothing, got ${JSON.stringify(arrived)}`);
    },
    closed,
    isClosed: () => isClosed,
    isPaused: () => isPaused,
    cut: close,
    stall: (value) => {
      isStalled = value;
      if (value) return;
      const taken = writes.length > 0 && stalledBytes > 0;
      stalledBytes = 0;
      if (taken) onDrain();
    },
    writes,
  };
};

export interface ConnectOptions extends WireOptions {
  readonly clientId?: string;
  readonly connect?: Partial<IConnectPacket>;
}

export interface ConnectedWire extends Wire {
  readonly connack: IConnackPacket;
}

/** Opens a connection and logs in; the CONNACK must be a yes. */
export const connectWire = async (engine: Engine, options: ConnectOptions = {}): Promise<ConnectedWire> => {
  const version = options.version ?? 4;
  const wire = openWire(engine, options);
  wire.send({
    cmd: 'connect',
    protocolId: version === 3 ? 'MQIsdp' : 'MQTT',
    protocolVersion: version,
    clean: true,
    keepalive: 0,
    clientId: options.clientId ?? 'client',
    ...options.connect,
  });
  const connack = await wire.expect('connack');
  const code = version === 5 ? connack.reasonCode : connack.returnCode;
  if (code !== 0) throw new Error(`refused with ${String(code)}`);
  return { ...wire, connack };
};
