import { Client, type Target } from './client.ts';
import { publishTemplate } from './packets.ts';
import { Arrivals, Publisher } from './publisher.ts';
import { newClientId, payloadBytes, quietMs, type Outcome, type Scene } from './scene.ts';

type Throughput = Extract<Scene, { kind: 'throughput' }>;

/** What one publisher may have unacknowledged (QoS 1 and 2). */
const maxUnacknowledged = 100;
/** Messages per write: one publisher sends in bursts, many take turns. */
const largestBurst = { alone: 64, together: 8 } as const;

const topicOf = (shape: Throughput['shape'], index: number): string => {
  if (shape === 'one') return 'bench/one';
  return shape === 'pairs' ? `house/room${index}/light/state` : `house/room${index}/sensors/s${index}/temp`;
};

async function openAll(target: Target, count: number): Promise<Client[]> {
  const clients: Client[] = [];
  while (clients.length < count) {
    const some = Array.from({ length: Math.min(50, count - clients.length) }, () => Client.open(target, newClientId()));
    clients.push(...(await Promise.all(some)));
  }
  return clients;
}

interface Crowd {
  readonly scene: Throughput;
  readonly publishers: readonly Publisher[];
  readonly subscribers: readonly Client[];
  readonly arrivals: readonly Arrivals[];
}

async function gather(scene: Throughput, target: Target): Promise<Crowd> {
  const subscribers = await openAll(target, scene.subscribers);
  const filterOf = (index: number): string =>
    scene.shape === 'fan-in' ? 'house/+/sensors/#' : topicOf(scene.shape, index);
  await Promise.all(subscribers.map((client, index) => client.subscribe([filterOf(index)], scene.qos)));
  const arrivals = subscribers.map((client) => {
    const one = new Arrivals(scene.publishers);
    client.onMessage = (bytes, payloadAt) => one.note(bytes, payloadAt);
    return one;
  });
  const clients = await openAll(target, scene.publishers);
  const publishers = clients.map(
    (client, index) =>
      new Publisher(client, index, publishTemplate(topicOf(scene.shape, index), { qos: scene.qos, payloadBytes })),
  );
  return { scene, publishers, subscribers, arrivals };
}

/** Messages a second that reach subscribers, over the time from the first to the last. */
class Run {
  readonly #crowd: Crowd;
  readonly #copies: number;
  readonly #burst: number;
  #sent = 0;
  #received = 0;
  #turn = 0;
  #lastArrivalMs = 0;
  #isDue = false;
  #untilMs = 0;

  constructor(crowd: Crowd) {
    this.#crowd = crowd;
    this.#copies = crowd.scene.shape === 'pairs' ? 1 : crowd.subscribers.length;
    this.#burst = crowd.publishers.length > 1 ? largestBurst.together : largestBurst.alone;
  }

  async measure(): Promise<Outcome> {
    const { scene, publishers, subscribers, arrivals } = this.#crowd;
    for (const { client } of publishers) client.onProgress = () => this.#wake();
    for (const client of subscribers) client.onProgress = () => this.#arrived();
    const startedMs = performance.now();
    this.#lastArrivalMs = startedMs;
    this.#untilMs = startedMs + scene.durationMs;
    this.#send();
    while (!this.#isOver()) await new Promise((resolve) => setTimeout(resolve, 5));
    const disordered = arrivals.reduce((sum, one) => sum + one.disordered, 0);
    const lost = this.#sent * this.#copies - this.#received;
    return { value: (this.#received * 1_000) / (this.#lastArrivalMs - startedMs), lost: lost + disordered };
  }

  #isOver(): boolean {
    const nowMs = performance.now();
    if (nowMs < this.#untilMs) return false;
    return this.#received >= this.#sent * this.#copies || nowMs - this.#lastArrivalMs > quietMs;
  }

  #arrived(): void {
    let received = 0;
    for (const client of this.#crowd.subscribers) received += client.received;
    if (received !== this.#received) this.#lastArrivalMs = performance.now();
    this.#received = received;
    this.#wake();
  }

  /** A single message must not wait for the turn to end; a burst may. */
  #wake(): void {
    if (this.#crowd.scene.window === 1) return this.#send();
    if (this.#isDue) return;
    this.#isDue = true;
    setImmediate(() => {
      this.#isDue = false;
      this.#send();
    });
  }

  #send(): void {
    if (performance.now() >= this.#untilMs) return;
    const { publishers } = this.#crowd;
    for (let isMoving = true; isMoving;) {
      isMoving = false;
      for (let step = 0; step < publishers.length; step++) {
        const publisher = publishers[(this.#turn + step) % publishers.length];
        if (publisher && this.#sendFrom(publisher)) isMoving = true;
      }
      this.#turn++;
    }
  }

  #sendFrom(publisher: Publisher): boolean {
    const { scene } = this.#crowd;
    const open = this.#sent - Math.floor(this.#received / this.#copies);
    const room = scene.qos > 0 ? maxUnacknowledged - publisher.unacknowledged : this.#burst;
    const count = Math.min(this.#burst, room, scene.window - open);
    if (count <= 0 || publisher.isBusy) return false;
    publisher.send(count);
    this.#sent += count;
    return true;
  }
}

export async function throughput(scene: Throughput, target: Target): Promise<Outcome> {
  const crowd = await gather(scene, target);
  try {
    return await new Run(crowd).measure();
  } finally {
    await Promise.all(
      [...crowd.subscribers, ...crowd.publishers.map(({ client }) => client)].map((one) => one.close()),
    );
  }
}
