import type { Core } from './core.ts';
import type { EngineFigures, EngineStats } from './engine.ts';
import { limitName } from './limits.ts';
import type { EngineLimits } from './limits.ts';

/** Clients that are in. */
export const openConnections = (core: Core): number => {
  let count = 0;
  for (const connection of core.connections) if (connection.phase === 'open') count++;
  return count;
};

export const statsOf = (core: Core): EngineStats => ({
  clientsConnected: openConnections(core),
  sessions: core.sessions.size,
  retainedMessages: core.retained.count,
  subscriptions: core.routes.size,
  messagesReceived: core.counters.publishReceived,
  messagesSent: core.counters.publishSent,
  messagesDropped: core.counters.droppedTotal,
  bytesReceived: core.counters.bytesReceived,
  bytesSent: core.counters.bytesSent,
  isStoreHealthy: core.changes.isHealthy,
});

type Connections = EngineFigures['connections'];

const connectionsOf = (core: Core): Connections => {
  const groups = new Map<string, Connections[number]>();
  for (const { phase, version, origin } of core.connections) {
    if (phase !== 'open') continue;
    const key = `${version} ${origin.via}`;
    const count = (groups.get(key)?.count ?? 0) + 1;
    groups.set(key, { protocolVersion: version, via: origin.via, count });
  }
  return [...groups.values()];
};

type Waiting = Pick<EngineFigures, 'queuedMessages' | 'queuedBytes' | 'inflightMessages' | 'outboundBytes'>;

/** What waits for clients: for room in their window, for their acknowledgement, for their socket. */
export const waitingIn = (core: Core): Waiting => {
  const waiting = { queuedMessages: 0, queuedBytes: 0, inflightMessages: 0, outboundBytes: 0 };
  for (const { queue, inflight } of core.sessions.values()) {
    waiting.queuedMessages += queue.length;
    waiting.queuedBytes += queue.bytes;
    waiting.inflightMessages += inflight.size;
  }
  for (const connection of core.connections) waiting.outboundBytes += connection.outboundBytes;
  return waiting;
};

/** Counts by the names that people know. */
export const byLimitName = (counts: Readonly<Partial<Record<keyof EngineLimits, number>>>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).map(([limit, count]) => [limitName(limit), count]));

/** The limits that are numbers, by the names that people set them with. */
const limitsOf = (limits: EngineLimits): Record<string, number> =>
  Object.fromEntries(
    Object.entries(limits).flatMap(([limit, value]) => (typeof value === 'number' ? [[limitName(limit), value]] : [])),
  );

export const figuresOf = (core: Core): EngineFigures => {
  const { counters, changes } = core;
  const { bounds, counts, sum } = changes.times;
  return {
    ...statsOf(core),
    ...waitingIn(core),
    connections: connectionsOf(core),
    connectionsHalfOpen: core.halfOpen.size,
    connectionsAccepted: counters.connectionsAccepted,
    connectionsRefused: counters.refused,
    messagesDroppedBy: counters.dropped,
    messagesMissed: core.observers.missed,
    limitsExceeded: byLimitName(counters.exceeded),
    limits: limitsOf(core.limits),
    packetsReceived: counters.packetsReceived,
    retainedBytes: core.retained.bytes,
    commitTimes: { boundsMs: bounds, counts, sumMs: sum },
  };
};
