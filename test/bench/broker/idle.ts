import { residentKilobytes, type Broker } from './brokers.ts';
import { Client } from './client.ts';
import { idleClients } from './rows.ts';
import { newClientId } from './scene.ts';

/** Garbage of connecting is collected by then. */
const settleMs = 10_000;
const atOnce = 50;

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, settleMs));

/** Kilobytes per connection, each with five subscriptions, none of them busy. The second crowd is counted: the first warms up. */
export async function idleKilobytes(broker: Broker): Promise<number> {
  await leave(await gather(broker));
  await settle();
  const before = residentKilobytes(broker.pid);
  const clients = await gather(broker);
  await settle();
  const after = residentKilobytes(broker.pid);
  await leave(clients);
  return (after - before) / idleClients;
}

async function leave(clients: readonly Client[]): Promise<void> {
  await Promise.all(clients.map((client) => client.close()));
}

async function gather(broker: Broker): Promise<Client[]> {
  const clients: Client[] = [];
  while (clients.length < idleClients) {
    const some = Array.from({ length: atOnce }, async (_, index) => {
      const client = await Client.open(broker.tcp, newClientId());
      const room = `house/room${clients.length + index}`;
      const own = [`${room}/light/state`, `${room}/+/temp`, `${room}/sensors/#`, `${room}/cmd`];
      await client.subscribe([...own, 'broadcast/all'], 0);
      return client;
    });
    clients.push(...(await Promise.all(some)));
  }
  return clients;
}
