import { duplexPair, type Duplex } from 'node:stream';
import { MqttClient } from 'mqtt';
import type { Engine, Origin, Transport } from '../broker/engine/engine.ts';

/** What a simulated device may do; everything goes over real MQTT packets. */
export interface Wire {
  publish(topic: string, payload: string | object, options?: { readonly retain?: boolean }): void;
  subscribe(filter: string, listener: (payload: string, topic: string) => void): void;
}

/** Time and chance of the demo house; tests give their own. */
export interface Tools {
  /** 0 ≤ x < 1 */
  random(): number;
  /** Runs after `delayMs`, unless the device went away. */
  after(delayMs: number, run: () => void): void;
  /** Runs every `intervalMs`, give or take a fifth. */
  every(intervalMs: number, run: () => void): void;
}

/** One simulated device. `run` is called after every connect and publishes what a real one would. */
export interface DemoDevice {
  readonly clientId: string;
  readonly will?: { readonly topic: string; readonly payload: string };
  readonly run: (wire: Wire, tools: Tools) => void;
  /** Goes offline for a while, again and again, so that its last will can be seen. */
  readonly sulks?: { readonly everyMs: number; readonly forMs: number };
}

/** An in-memory byte stream as the engine wants it. */
export function streamTransport(stream: Duplex): Transport {
  return {
    write: (bytes) => void (stream.destroyed || stream.write(Buffer.from(bytes))),
    get bufferedBytes() {
      return stream.writableLength;
    },
    close: () => stream.end(),
    onData: (listener) => void stream.on('data', listener),
    onDrain: (listener) => void stream.on('drain', listener),
    onClose: (listener) => {
      let isClosed = false;
      const close = (): void => {
        if (isClosed) return;
        isClosed = true;
        stream.destroy();
        listener();
      };
      stream.once('end', close);
      stream.once('close', close);
      stream.on('error', () => undefined);
    },
  };
}

function connect(engine: Engine, device: DemoDevice): MqttClient {
  const origin: Origin = {
    remoteAddress: 'demo',
    via: 'memory',
    // The server's own: it has no account, so no rules.
    principal: { kind: 'server', id: `demo-${device.clientId}`, name: device.clientId },
  };
  const open = (): Duplex => {
    const [ours, theirs] = duplexPair();
    // A destroyed side does not tell the other by itself, as a socket would.
    ours.once('close', () => theirs.destroy());
    theirs.once('close', () => ours.destroy());
    engine.attach(streamTransport(theirs), origin);
    return ours;
  };
  const will = device.will && {
    ...device.will,
    payload: Buffer.from(device.will.payload),
    qos: 0 as const,
    retain: true,
  };
  return new MqttClient(open, {
    clientId: `demo-${device.clientId}`,
    protocolVersion: 4,
    keepalive: 60,
    reconnectPeriod: 5_000,
    queueQoSZero: false,
    ...(will ? { will } : {}),
  });
}

/** Connects a device and keeps it alive; returns dispose. */
export function startDevice(engine: Engine, device: DemoDevice, random: () => number): () => void {
  const client = connect(engine, device);
  const listeners = new Map<string, (payload: string, topic: string) => void>();
  let stopRun: () => void = () => undefined;
  client.on('connect', () => {
    stopRun();
    listeners.clear();
    const { tools, dispose } = toolbox(random);
    stopRun = dispose;
    device.run(wire(client, listeners), tools);
  });
  client.on('close', () => stopRun());
  client.on('error', () => undefined);
  client.on('message', (topic, payload) => listeners.get(topic)?.(payload.toString(), topic));
  const stopSulking = device.sulks ? sulk(client, device.sulks) : (): void => undefined;
  return () => {
    stopSulking();
    stopRun();
    client.end(true);
  };
}

const wire = (client: MqttClient, listeners: Map<string, (payload: string, topic: string) => void>): Wire => ({
  publish: (topic, payload, options) => {
    const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
    client.publish(topic, text, { retain: options?.retain ?? false });
  },
  subscribe: (filter, listener) => {
    listeners.set(filter, listener);
    client.subscribe(filter);
  },
});

function toolbox(random: () => number): { tools: Tools; dispose: () => void } {
  const timers = new Set<NodeJS.Timeout>();
  const after = (delayMs: number, run: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, delayMs);
    timers.add(timer);
  };
  const every = (intervalMs: number, run: () => void): void =>
    after(intervalMs * (0.8 + 0.4 * random()), () => {
      run();
      every(intervalMs, run);
    });
  return { tools: { random, after, every }, dispose: () => timers.forEach((timer) => clearTimeout(timer)) };
}

/** Breaks the stream without a DISCONNECT, so that the broker publishes the will; comes back later. */
function sulk(client: MqttClient, { everyMs, forMs }: { everyMs: number; forMs: number }): () => void {
  let timer: NodeJS.Timeout;
  const leave = (): void => {
    client.options.reconnectPeriod = forMs;
    client.stream.destroy();
    timer = setTimeout(leave, everyMs + forMs);
  };
  timer = setTimeout(leave, everyMs);
  return () => clearTimeout(timer);
}
