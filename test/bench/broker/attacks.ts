import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { Client, type Target } from './client.ts';
import { upgradeRequest } from './frames.ts';
import { connectPacket, publishTemplate, subscribePacket } from './packets.ts';
import { Publisher } from './publisher.ts';
import { newClientId, payloadBytes, type Attack, type Outcome } from './scene.ts';

/** Attackers come from an address of their own, so that limits per address hit nobody else. */
const attackerAddress = '127.0.0.2';
const atOnce = 20;
const floodBlockBytes = 64 * 1024;
const tickMs = 1;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Everything an attack has opened, so that it ends with the attack. */
class Sockets {
  readonly #open = new Set<Socket>();

  /** A connection that is never read from. */
  open({ port }: Target): Socket {
    const socket = connect({ host: '127.0.0.1', port, localAddress: attackerAddress });
    this.#open.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => this.#open.delete(socket));
    return socket;
  }

  get count(): number {
    return this.#open.size;
  }

  dispose(): void {
    for (const socket of this.#open) socket.destroy();
  }
}

interface Field {
  readonly target: Target;
  readonly sockets: Sockets;
  isOver(): boolean;
}

/** How often it did what it does. */
type Run = (field: Field) => Promise<number>;

const until = async (field: Field): Promise<void> => {
  while (!field.isOver()) await pause(50);
};

const logIn = ({ target, sockets }: Field, clientId = newClientId(), isKept = false): Socket => {
  const socket = sockets.open(target);
  socket.write(connectPacket(clientId, target.credentials, isKept));
  return socket;
};

const closed = (socket: Socket): Promise<void> =>
  new Promise((resolve) => (socket.destroyed ? resolve() : socket.once('close', () => resolve())));

/** A subscriber that stops reading. */
const stall =
  (qos: 0 | 1): Run =>
  async (field) => {
    const clientId = newClientId();
    const socket = logIn(field, clientId, qos > 0);
    socket.write(subscribePacket(['bench/house/#'], qos));
    await until(field);
    socket.destroy();
    await closed(socket);
    await (await Client.open(field.target, clientId)).close(); // its session goes with what waits in it
    return 1;
  };

const halfOpen: Run = async (field) => {
  for (let index = 0; index < 500; index++) field.sockets.open(field.target);
  await until(field);
  return field.sockets.count;
};

/** Connections that stay as long as they are let. */
const connects: Run = async (field) => {
  let count = 0;
  while (count < 10_000 && !field.isOver()) {
    for (let index = 0; index < atOnce; index++, count++) logIn(field).resume();
    await pause(tickMs);
  }
  await until(field);
  return count;
};

const publish =
  (perSecond: number, topic: string): Run =>
  async (field) => {
    const client = await Client.open(field.target, newClientId());
    const publisher = new Publisher(client, 0, publishTemplate(topic, { qos: 0, payloadBytes }));
    const startedMs = performance.now();
    while (!field.isOver()) {
      const due = Math.floor(((performance.now() - startedMs) * perSecond) / 1_000) - publisher.sent;
      if (due > 0 && !publisher.isBusy) publisher.send(Math.min(due, perSecond / 20));
      await pause(tickMs);
    }
    await client.close();
    return publisher.sent;
  };

/** Retained, each under a topic of its own that shares no level with another. */
const deepTopics: Run = async (field) => {
  const client = await Client.open(field.target, newClientId());
  let count = 0;
  while (!field.isOver()) {
    for (let index = 0; index < 20 && client.waitingBytes < floodBlockBytes; index++, count++) {
      const topic = Array.from({ length: 100 }, (_, level) => `${count}x${level}`).join('/');
      client.write(publishTemplate(topic, { qos: 0, payloadBytes: 1, retain: true }).bytes);
    }
    await pause(tickMs);
  }
  await client.close();
  return count;
};

const deepLevels = 100;
/** As many as the limit of levels lets one client have. */
const deepFilters = 490;
const deepClients = 10;
const deepPauseMs = 50;
const filtersPerPacket = 49;

/** Filter number `index`: wildcards in its first levels, so that no two are the same and all match the topics below. */
const deepFilter = (index: number): string =>
  [...Array.from({ length: deepLevels - 1 }, (_, level) => ((index >> level) & 1 ? '+' : 'd')), '#'].join('/');

/** Ten clients with thousands of filters that begin alike, and topics that all of them match, each a new one. */
const deepFilterRun: Run = async (field) => {
  const clients: Client[] = [];
  for (let one = 0; one < deepClients; one++) {
    const client = await Client.open(field.target, newClientId());
    clients.push(client);
    for (let at = 0; at < deepFilters; at += filtersPerPacket) {
      const filters = Array.from({ length: filtersPerPacket }, (_, index) =>
        deepFilter(one * deepFilters + at + index),
      );
      await client.subscribe(filters, 0);
    }
  }
  let count = 0;
  for (; !field.isOver(); count++) {
    const topic = [...Array<string>(deepLevels).fill('d'), `${count}`].join('/');
    clients[0]?.write(publishTemplate(topic, { qos: 0, payloadBytes }).bytes);
    await pause(deepPauseMs);
  }
  await Promise.all(clients.map((client) => client.close()));
  return count;
};

/** The same few bytes, as fast as they are taken; the answers are not read. */
const flood =
  (packet: readonly number[]): Run =>
  async (field) => {
    const block = Buffer.concat(Array<Buffer>(floodBlockBytes / packet.length).fill(Buffer.from(packet)));
    let count = 0;
    while (!field.isOver()) {
      const socket = logIn(field);
      while (!field.isOver() && !socket.destroyed) {
        if (socket.writableLength < floodBlockBytes) {
          socket.write(block);
          count += floodBlockBytes / packet.length;
        }
        await pause(tickMs);
      }
      socket.destroy();
    }
    return count;
  };

/** Connects, says it, waits to be thrown out, and comes again. */
const churn =
  (content: (target: Target) => readonly Buffer[]): Run =>
  async (field) => {
    let count = 0;
    const loop = async (): Promise<void> => {
      while (!field.isOver()) {
        const socket = field.sockets.open(field.target).resume();
        for (const part of content(field.target)) socket.write(part);
        await Promise.race([closed(socket), pause(1_000)]);
        socket.destroy();
        count++;
      }
    };
    await Promise.all(Array.from({ length: atOnce }, loop));
    return count;
  };

const login = ({ credentials }: Target): Buffer => connectPacket(newClientId(), credentials);
const announced = Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f]);
const tlsHello = Buffer.from('16030100c8010000c40303', 'hex');
const httpRequest = Buffer.from('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n');

/** Text, a frame over every limit, one without a mask, an opcode that does not exist, and what is no MQTT; some say goodbye. */
const brokenFrames = [
  '8182000000006869888000000000',
  '82ff7fffffffffffffff00000000',
  '82050000000000',
  '838000000000',
  '828200000000ffff888000000000',
];
let framesBroken = 0;
const nextBrokenFrame = (): Buffer => Buffer.from(brokenFrames[framesBroken++ % brokenFrames.length] ?? '', 'hex');

const runs: Readonly<Record<Attack, Run>> = {
  none: (field) => until(field).then(() => 0),
  'stalled at QoS 0': stall(0),
  'stalled at QoS 1': stall(1),
  'half-open': halfOpen,
  connects,
  'publish flood': publish(50_000, 'bench/flood'),
  'PUBREL flood': flood([0x62, 2, 0, 7]),
  'PINGREQ flood': flood([0xc0, 0]),
  'deep topics': deepTopics,
  'deep filters': deepFilterRun,
  '256 MB announced': churn((target) => [login(target), announced, Buffer.alloc(floodBlockBytes)]),
  'random bytes': churn(() => [randomBytes(2_000)]),
  'random bytes after login': churn((target) => [login(target), randomBytes(2_000)]),
  'TLS bytes': churn(() => [tlsHello, randomBytes(200)]),
  'HTTP request': churn(() => [httpRequest]),
  'WebSocket rubbish': churn(({ port, path = '' }) => [Buffer.from(upgradeRequest(path, port)), nextBrokenFrame()]),
  'wrong passwords': churn(() => [connectPacket(newClientId(), { username: 'bench', password: 'wrong' })]),
};

/** Does harm for a while; the value is how often. */
export async function attack(
  scene: { readonly attack: Attack; readonly durationMs: number },
  target: Target,
): Promise<Outcome> {
  const endsMs = performance.now() + scene.durationMs;
  const sockets = new Sockets();
  try {
    const value = await runs[scene.attack]({ target, sockets, isOver: () => performance.now() >= endsMs });
    return { value, lost: 0 };
  } finally {
    sockets.dispose();
  }
}
