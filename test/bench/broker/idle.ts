import { median } from '../figures.ts';
import { collectGarbage, residentKilobytes, startCollectable, type Broker } from './brokers.ts';
import { Client } from './client.ts';
import { newClientId } from './scene.ts';

const crowdClients = 2_000;
/** Counted crowds, one on top of the other: memory that somebody left behind would be taken again unseen. */
const crowds = 3;
const atOnce = 50;
/** Timers and answers of connecting are over by then. */
const settleMs = 3_000;
/** One collection finds what the one before it has let go. */
const collections = 3;

async function quietKilobytes(broker: Broker): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, settleMs));
  for (let count = 0; count < collections; count += 1) await collectGarbage(broker);
  return residentKilobytes(broker.pid);
}

/** Kilobytes per connection, each with five subscriptions, none of them busy; garbage does not count. The first crowd warms up. */
export async function idleKilobytes(): Promise<number> {
  const broker = await startCollectable();
  try {
    const clients: Client[] = [];
    await gather(broker, clients);
    const perClient: number[] = [];
    let before = await quietKilobytes(broker);
    for (let count = 0; count < crowds; count += 1) {
      await gather(broker, clients);
      const after = await quietKilobytes(broker);
      perClient.push((after - before) / crowdClients);
      before = after;
    }
    await Promise.all(clients.map((client) => client.close()));
    return median(perClient);
  } finally {
    await broker.dispose();
  }
}

/** Adds a crowd, each of it in a room of its own. */
async function gather(broker: Broker, clients: Client[]): Promise<void> {
  for (let count = 0; count < crowdClients; count += atOnce) {
    const some = Array.from({ length: atOnce }, async (_, index) => {
      const client = await Client.open(broker.tcp, newClientId());
      const room = `house/room${clients.length + index}`;
      const own = [`${room}/light/state`, `${room}/+/temp`, `${room}/sensors/#`, `${room}/cmd`];
      await client.subscribe([...own, 'broadcast/all'], 0);
      return client;
    });
    clients.push(...(await Promise.all(some)));
  }
}
