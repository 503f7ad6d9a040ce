import { Client, type Target } from './client.ts';
import { percentile } from '../figures.ts';
import { publishTemplate } from './packets.ts';
import { Publisher } from './publisher.ts';
import { newClientId, payloadBytes, quietMs, type Outcome, type Scene } from './scene.ts';

type SceneOf<K extends Scene['kind']> = Extract<Scene, { kind: K }>;

/** Resolves when the condition holds, or when nothing has moved for a while. */
async function settled(count: () => number, isDone: () => boolean): Promise<void> {
  let last = count();
  let movedMs = performance.now();
  while (!isDone() && performance.now() - movedMs < quietMs) {
    await new Promise((resolve) => setTimeout(resolve, 2));
    if (count() === last) continue;
    last = count();
    movedMs = performance.now();
  }
}

/** Microseconds from sending to arrival at a steady pace, the median. */
export async function latency(scene: SceneOf<'latency'>, target: Target): Promise<Outcome> {
  const subscriber = await Client.open(target, newClientId());
  await subscriber.subscribe(['bench/latency'], 0);
  const samples: number[] = [];
  subscriber.onMessage = (bytes, payloadAt) => samples.push(performance.now() - bytes.readDoubleLE(payloadAt + 8));
  const client = await Client.open(target, newClientId());
  const publisher = new Publisher(client, 0, publishTemplate('bench/latency', { qos: 0, payloadBytes }));
  const startedMs = performance.now();
  const total = (scene.perSecond * scene.durationMs) / 1_000;
  while (publisher.sent < total) {
    const due = Math.min(total, Math.floor(((performance.now() - startedMs) * scene.perSecond) / 1_000));
    // One by one: a generator that is late must not make bursts of what is measured.
    if (due > publisher.sent) publisher.send(1);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await settled(
    () => samples.length,
    () => samples.length >= total,
  );
  await Promise.all([client.close(), subscriber.close()]);
  return { value: percentile(samples, 0.5) * 1_000, lost: total - samples.length };
}

/** Clients a second that are let in. */
export async function connects(scene: SceneOf<'connects'>, target: Target): Promise<Outcome> {
  const clients: Client[] = [];
  let started = 0;
  const open = async (): Promise<void> => {
    while (started < scene.clients) {
      started++;
      clients.push(await Client.open(target, newClientId()));
    }
  };
  const startedMs = performance.now();
  await Promise.all(Array.from({ length: scene.atOnce }, open));
  const tookMs = performance.now() - startedMs;
  await Promise.all(clients.map((client) => client.close()));
  return { value: (clients.length * 1_000) / tookMs, lost: 0 };
}

const maxUnacknowledged = 100;

/** Publishes one message each under many topics, and waits for the acknowledgements. */
async function fill(client: Client, topics: readonly string[], bytes: number): Promise<void> {
  const before = client.acknowledged;
  let sent = 0;
  const send = (): void => {
    const blocks: Buffer[] = [];
    while (sent < topics.length && sent - (client.acknowledged - before) < maxUnacknowledged) {
      const template = publishTemplate(topics[sent] ?? '', { qos: 1, payloadBytes: bytes, retain: true });
      template.bytes.writeUInt16BE((sent % 65_535) + 1, template.idAt);
      blocks.push(template.bytes);
      sent++;
    }
    if (blocks.length > 0) client.write(Buffer.concat(blocks));
  };
  client.onProgress = send;
  send();
  await settled(
    () => client.acknowledged,
    () => client.acknowledged - before >= topics.length,
  );
}

/** Milliseconds until a new subscriber of `#` has every retained message. */
export async function retained(scene: SceneOf<'retained'>, target: Target): Promise<Outcome> {
  const topics = Array.from(
    { length: scene.messages },
    (_, index) => `house/floor${index % 10}/room${Math.floor(index / 10) % 100}/dev${Math.floor(index / 1_000)}/state`,
  );
  const publisher = await Client.open(target, newClientId());
  await fill(publisher, topics, payloadBytes);
  const subscriber = await Client.open(target, newClientId());
  let endedMs = 0;
  subscriber.onProgress = () => (endedMs = performance.now());
  const startedMs = performance.now();
  await subscriber.subscribe(['#'], 0);
  await settled(
    () => subscriber.received,
    () => subscriber.received >= scene.messages,
  );
  const lost = scene.messages - subscriber.received;
  await subscriber.close();
  await fill(publisher, topics, 0);
  await publisher.close();
  return { value: endedMs - startedMs, lost };
}

/** QoS 1 messages a second acknowledged while the one who subscribed is away: each is on the disk first. */
export async function offline(scene: SceneOf<'offline'>, target: Target): Promise<Outcome> {
  const clientId = newClientId();
  const subscriber = await Client.open(target, clientId, true);
  await subscriber.subscribe(['bench/offline'], 1);
  await subscriber.close();
  const client = await Client.open(target, newClientId());
  const publisher = new Publisher(client, 0, publishTemplate('bench/offline', { qos: 1, payloadBytes }));
  const startedMs = performance.now();
  let endedMs = startedMs;
  const send = (): void => {
    endedMs = performance.now();
    const room = scene.inflight - publisher.unacknowledged;
    if (room > 0 && endedMs - startedMs < scene.durationMs) publisher.send(room);
  };
  client.onProgress = send;
  send();
  await settled(
    () => client.acknowledged,
    () => performance.now() - startedMs >= scene.durationMs && publisher.unacknowledged === 0,
  );
  const lost = publisher.unacknowledged;
  await client.close();
  // The session and what waits in it go.
  await (await Client.open(target, clientId)).close();
  return { value: (client.acknowledged * 1_000) / (endedMs - startedMs), lost };
}
