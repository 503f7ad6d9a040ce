import type { Core } from './core.ts';
import { byLimitName, openConnections, waitingIn } from './figures.ts';
import { RoutedMessage } from './message.ts';
import { acceptMessage } from './publish.ts';

/** How often the figures under `$SYS/broker` are renewed, as in Mosquitto. */
const sysIntervalMs = 10_000;
const loadWindowsMinutes = [1, 5, 15] as const;
const msPerMinute = 60_000;

interface Rates {
  readonly name: string;
  readonly total: () => number;
  last: number;
  readonly perMinute: number[];
}

const makeRates = (core: Core): Rates[] => {
  const { counters } = core;
  const of = (name: string, total: () => number): Rates => ({ name, total, last: total(), perMinute: [0, 0, 0] });
  return [
    of('messages/received', () => counters.packetsReceived),
    of('messages/sent', () => counters.packetsSent),
    of('publish/received', () => counters.publishReceived),
    of('publish/sent', () => counters.publishSent),
    of('publish/dropped', () => counters.droppedTotal),
    of('bytes/received', () => counters.bytesReceived),
    of('bytes/sent', () => counters.bytesSent),
    of('connections', () => counters.connectionsAccepted),
    of('sockets', () => counters.socketsOpened),
  ];
};

/** Exponential averages per minute, as Mosquitto's load figures are. */
const renewRates = (rates: readonly Rates[], elapsedMs: number): void => {
  for (const rate of rates) {
    const total = rate.total();
    const current = ((total - rate.last) * msPerMinute) / elapsedMs;
    rate.last = total;
    loadWindowsMinutes.forEach((minutes, index) => {
      const weight = Math.exp(-elapsedMs / (minutes * msPerMinute));
      rate.perMinute[index] = current + weight * ((rate.perMinute[index] ?? 0) - current);
    });
  }
};

const sharedSubscriptions = (core: Core): number => {
  let count = 0;
  for (const { subscriptions } of core.sessions.values())
    for (const { share } of subscriptions.values()) if (share) count++;
  return count;
};

const below = (folder: string, counts: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).map(([name, count]) => [`kachel/${folder}/${name}`, count]));

const clientFigures = (core: Core): Record<string, number> => {
  const connected = openConnections(core);
  const disconnected = core.sessions.size - connected;
  return {
    'clients/connected': connected,
    'clients/active': connected,
    'clients/total': core.sessions.size,
    'clients/maximum': core.counters.clientsMaximum,
    'clients/disconnected': disconnected,
    'clients/inactive': disconnected,
    'clients/expired': core.counters.clientsExpired,
  };
};

const trafficFigures = ({ counters }: Core): Record<string, number> => ({
  'messages/received': counters.packetsReceived,
  'messages/sent': counters.packetsSent,
  'publish/messages/received': counters.publishReceived,
  'publish/messages/sent': counters.publishSent,
  'publish/messages/dropped': counters.droppedTotal,
  'publish/bytes/received': counters.publishBytesReceived,
  'publish/bytes/sent': counters.publishBytesSent,
  'bytes/received': counters.bytesReceived,
  'bytes/sent': counters.bytesSent,
});

const storeFigures = (core: Core): Record<string, number> => {
  const { queuedMessages, queuedBytes, inflightMessages } = waitingIn(core);
  const stored = core.retained.count + queuedMessages + inflightMessages;
  return {
    'messages/stored': stored,
    'store/messages/count': stored,
    'store/messages/bytes': core.retained.bytes + queuedBytes,
    'retained messages/count': core.retained.count,
    'subscriptions/count': core.routes.size,
    'shared_subscriptions/count': sharedSubscriptions(core),
  };
};

/** Mosquitto counts its allocations; of a process with a collector its memory as a whole says more. */
const createHeapFigures = (): (() => Record<string, number>) => {
  let maximum = 0;
  return () => {
    const current = process.memoryUsage.rss();
    maximum = Math.max(maximum, current);
    return { 'heap/current': current, 'heap/maximum': maximum };
  };
};

/** Names below `$SYS/broker/` are Mosquitto's, because other programs read them; what it does not have is below `kachel/`. */
const ownFigures = ({ counters }: Core): Record<string, number> => ({
  ...below('dropped', counters.dropped),
  ...below('refused', counters.refused),
  ...below('limit-exceeded', byLimitName(counters.exceeded)),
});

/** Publishes the broker's own figures, retained and in memory only; call the result now and then. */
export const createSys = (core: Core, version: string): (() => void) => {
  const startedAtMs = core.clock.now();
  const rates = makeRates(core);
  const heapFigures = createHeapFigures();
  const published = new Map<string, string>();
  let renewedAtMs = startedAtMs;

  const put = (name: string, value: string): void => {
    if (published.get(name) === value) return;
    published.set(name, value);
    const topic = core.topics.fromName(`$SYS/broker/${name}`);
    acceptMessage(core, new RoutedMessage({ topic, payload: Buffer.from(value), qos: 0, retain: true }), undefined);
  };

  const renew = (): void => {
    put('uptime', `${Math.floor((core.clock.now() - startedAtMs) / 1000)} seconds`);
    const figures = [clientFigures(core), trafficFigures(core), storeFigures(core), heapFigures(), ownFigures(core)];
    for (const [name, value] of figures.flatMap(Object.entries<number>)) put(name, String(value));
    for (const rate of rates) {
      loadWindowsMinutes.forEach((minutes, index) =>
        put(`load/${rate.name}/${minutes}min`, (rate.perMinute[index] ?? 0).toFixed(2)),
      );
    }
  };

  put('version', version);
  renew();
  return () => {
    const nowMs = core.clock.now();
    if (nowMs - renewedAtMs < sysIntervalMs) return;
    renewRates(rates, nowMs - renewedAtMs);
    renewedAtMs = nowMs;
    renew();
  };
};
