import type { Core } from './core.ts';
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
    of('messages/sent', () => counters.publishSent),
    of('publish/received', () => counters.publishReceived),
    of('publish/sent', () => counters.publishSent),
    of('publish/dropped', () => counters.droppedTotal),
    of('bytes/received', () => counters.bytesReceived),
    of('bytes/sent', () => counters.bytesSent),
    of('connections', () => counters.connectionsAccepted),
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

const queuedMessages = (core: Core): number => {
  let count = 0;
  for (const session of core.sessions.values()) count += session.queue.length + session.inflight.size;
  return count;
};

const connected = (core: Core): number => {
  let count = 0;
  for (const connection of core.connections) if (connection.session) count++;
  return count;
};

/** Name below `$SYS/broker/` → value. Names are Mosquitto's, because other programs read them. */
const figures = (core: Core, startedAtMs: number): Record<string, string | number> => {
  const { counters } = core;
  const clients = connected(core);
  return {
    uptime: `${Math.floor((core.clock.now() - startedAtMs) / 1000)} seconds`,
    'clients/connected': clients,
    'clients/active': clients,
    'clients/total': core.sessions.size,
    'clients/maximum': counters.clientsMaximum,
    'clients/disconnected': core.sessions.size - clients,
    'clients/inactive': core.sessions.size - clients,
    'clients/expired': counters.clientsExpired,
    'messages/received': counters.packetsReceived,
    'messages/sent': counters.publishSent,
    'messages/stored': core.retained.count + queuedMessages(core),
    'store/messages/count': core.retained.count + queuedMessages(core),
    'store/messages/bytes': core.retained.bytes,
    'publish/messages/received': counters.publishReceived,
    'publish/messages/sent': counters.publishSent,
    'publish/messages/dropped': counters.droppedTotal,
    'bytes/received': counters.bytesReceived,
    'bytes/sent': counters.bytesSent,
    'retained messages/count': core.retained.count,
    'subscriptions/count': core.routes.size,
    'heap/current': process.memoryUsage.rss(),
    ...Object.fromEntries(Object.entries(counters.dropped).map(([cause, count]) => [`kachel/dropped/${cause}`, count])),
  };
};

/** Publishes the broker's own figures, retained and in memory only; call the result now and then. */
export const createSys = (core: Core, version: string): (() => void) => {
  const startedAtMs = core.clock.now();
  const rates = makeRates(core);
  const published = new Map<string, string>();
  let renewedAtMs = startedAtMs;

  const put = (name: string, value: string): void => {
    if (published.get(name) === value) return;
    published.set(name, value);
    const topic = core.topics.fromName(`$SYS/broker/${name}`);
    acceptMessage(core, new RoutedMessage({ topic, payload: Buffer.from(value), qos: 0, retain: true }), undefined);
  };

  const renew = (): void => {
    for (const [name, value] of Object.entries(figures(core, startedAtMs))) put(name, String(value));
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
