import type { EngineFigures } from '../broker/engine/engine.ts';
import type { Family, Sample } from './exposition.ts';

const one = (value: number): readonly Sample[] => [{ value }];
const byName = (label: string, values: Readonly<Record<string, number>>): readonly Sample[] =>
  Object.entries(values).map(([name, value]) => ({ labels: { [label]: name }, value }));

const counter = (name: string, help: string, samples: readonly Sample[]): Family => ({
  name: `kachel_mqtt_${name}_total`,
  help,
  type: 'counter',
  samples,
});
const gauge = (name: string, help: string, samples: readonly Sample[]): Family => ({
  name: `kachel_mqtt_${name}`,
  help,
  type: 'gauge',
  samples,
});

/** As people call them. */
const protocols = { 3: '3.1', 4: '3.1.1', 5: '5.0' } as const;

const clients = (figures: EngineFigures): readonly Family[] => [
  gauge(
    'connections',
    'Clients that are connected.',
    figures.connections.map(({ protocolVersion, via, count }) => ({
      labels: { protocol: protocols[protocolVersion], listener: via },
      value: count,
    })),
  ),
  gauge('half_open_connections', 'Connections that have not asked to log in yet.', one(figures.connectionsHalfOpen)),
  counter('connections_accepted', 'Clients that were let in.', one(figures.connectionsAccepted)),
  counter('connections_refused', 'Connections that were not let in.', byName('reason', figures.connectionsRefused)),
  gauge('sessions', 'Sessions, of connected and absent clients.', one(figures.sessions)),
  gauge('subscriptions', 'Subscriptions of all sessions.', one(figures.subscriptions)),
];

const traffic = (figures: EngineFigures): readonly Family[] => [
  counter('messages_received', 'PUBLISH packets from clients.', one(figures.messagesReceived)),
  counter('messages_sent', 'PUBLISH packets to clients.', one(figures.messagesSent)),
  counter('packets_received', 'Packets of all types from clients.', one(figures.packetsReceived)),
  counter('received_bytes', 'Bytes from clients.', one(figures.bytesReceived)),
  counter('sent_bytes', 'Bytes to clients.', one(figures.bytesSent)),
  counter('messages_missed', 'Messages that history, log and rights were too slow for.', one(figures.messagesMissed)),
  counter('messages_dropped', 'Messages that were not delivered.', byName('reason', figures.messagesDroppedBy)),
];

const waiting = (figures: EngineFigures): readonly Family[] => [
  gauge('queued_messages', 'QoS 1 and 2 messages that wait for their client.', one(figures.queuedMessages)),
  gauge('queued_bytes', 'Memory of queued messages, roughly.', one(figures.queuedBytes)),
  gauge('inflight_messages', 'QoS 1 and 2 messages sent and not acknowledged.', one(figures.inflightMessages)),
  gauge('outbound_bytes', 'Bytes that clients have not taken yet.', one(figures.outboundBytes)),
  gauge('retained_messages', 'Retained messages.', one(figures.retainedMessages)),
  gauge('retained_bytes', 'Memory of retained messages and their topics, roughly.', one(figures.retainedBytes)),
];

const limits = (figures: EngineFigures): readonly Family[] => [
  gauge('limit', 'The limits in force, as --broker-limit names them.', byName('limit', figures.limits)),
  counter('limit_exceeded', 'How often a limit made the broker refuse.', byName('limit', figures.limitsExceeded)),
];

const store = ({ commitTimes, isStoreHealthy }: EngineFigures): readonly Family[] => [
  {
    name: 'kachel_store_commit_seconds',
    help: 'Time until messages to be kept were stored.',
    type: 'histogram',
    buckets: {
      bounds: commitTimes.boundsMs.map((ms) => ms / 1_000),
      counts: commitTimes.counts,
      sum: commitTimes.sumMs / 1_000,
    },
  },
  {
    name: 'kachel_store_healthy',
    help: '1 while messages can be stored; 0 for example on a full disk.',
    type: 'gauge',
    samples: one(Number(isStoreHealthy)),
  },
];

/** What the broker has to say. */
export const brokerFamilies = (figures: EngineFigures): readonly Family[] =>
  [clients, traffic, waiting, limits, store].flatMap((families) => families(figures));
