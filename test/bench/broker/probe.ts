import { percentile } from '../figures.ts';
import { Client, type Target } from './client.ts';
import { publishTemplate } from './packets.ts';
import { Arrivals, Publisher } from './publisher.ts';
import { newClientId, quietMs, type Outcome, type Scene } from './scene.ts';

type Probe = Extract<Scene, { kind: 'probe' }>;

const tickMs = 1;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface House {
  readonly publishers: readonly Publisher[];
  readonly subscribers: readonly Client[];
  readonly arrivals: readonly Arrivals[];
  readonly samples: number[];
}

/** A house that goes about its day: devices that speak at a steady pace, and others that listen. */
async function gather(scene: Probe, target: Target): Promise<House> {
  const { qos, payloadBytes } = scene;
  const samples: number[] = [];
  const arrivals: Arrivals[] = [];
  const subscribers: Client[] = [];
  for (let index = 0; index < scene.subscribers; index++) {
    const client = await Client.open(target, newClientId());
    await client.subscribe(['bench/house/#'], qos);
    const own = new Arrivals(scene.publishers);
    client.onMessage = (bytes, payloadAt) => {
      samples.push(performance.now() - bytes.readDoubleLE(payloadAt + 8));
      own.note(bytes, payloadAt);
    };
    arrivals.push(own);
    subscribers.push(client);
  }
  const publishers: Publisher[] = [];
  for (let index = 0; index < scene.publishers; index++) {
    const template = publishTemplate(`bench/house/${index}`, { qos, payloadBytes });
    publishers.push(new Publisher(await Client.open(target, newClientId()), index, template));
  }
  return { publishers, subscribers, arrivals, samples };
}

/** Milliseconds from sending to arrival at all listeners: the 99th percentile, and the worst. */
export async function probe(scene: Probe, target: Target): Promise<Outcome> {
  const { publishers, subscribers, arrivals, samples } = await gather(scene, target);
  const startedMs = performance.now();
  const total = (scene.perSecond * scene.durationMs) / 1_000;
  while (publishers.some(({ sent }) => sent < total)) {
    const due = Math.min(total, Math.floor(((performance.now() - startedMs) * scene.perSecond) / 1_000));
    for (const publisher of publishers) if (due > publisher.sent) publisher.send(due - publisher.sent);
    await pause(tickMs);
  }
  const expected = total * publishers.length * subscribers.length;
  const deadlineMs = performance.now() + quietMs;
  while (samples.length < expected && performance.now() < deadlineMs) await pause(tickMs);
  await Promise.all([
    ...publishers.map(({ client }) => client.close()),
    ...subscribers.map((client) => client.close()),
  ]);
  const disordered = arrivals.reduce((sum, one) => sum + one.disordered, 0);
  return {
    value: percentile(samples, 0.99),
    worst: percentile(samples, 1),
    lost: expected - samples.length + disordered,
  };
}
