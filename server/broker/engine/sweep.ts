import { reason } from './codec/reason.ts';
import type { Connection } from './connection.ts';
import type { Core } from './core.ts';
import { pump } from './delivery.ts';
import { endConnection, endSession, storeSession } from './lifecycle.ts';
import { fireWill } from './will.ts';

/** How often the engine looks at its clocks; deadlines are late by at most so much. */
export const sweepIntervalMs = 500;

const keepAliveFactor = 1.5;
/** Hundreds of sessions may expire at once: each turn ends those that have so many filters and messages together, and one at least. */
const piecesPerTurn = 2_000;

/** Everything that happens because time passed. */
export const sweep = (core: Core): void => {
  const nowMs = core.clock.now();
  let outboundBytes = 0;
  for (const connection of core.connections) outboundBytes += connection.outboundBytes;
  core.isCongested = outboundBytes > core.limits.maxTotalOutboundBytes;
  for (const connection of core.connections) sweepConnection(core, connection, nowMs);
  let queuedBytes = 0;
  for (const session of core.sessions.values()) {
    queuedBytes += session.queue.memoryBytes;
    if (session.willDueAtMs !== undefined && session.willDueAtMs <= nowMs) {
      fireWill(core, session);
      if (session.isStored) storeSession(core, session);
    }
  }
  if (core.expired.length === 0) {
    for (const session of core.sessions.values()) if (session.isExpired(nowMs)) core.expired.push(session);
    endExpired(core);
  }
  core.isQueueCongested = queuedBytes > core.limits.maxTotalQueuedBytes;
  core.changes.hurry();
  core.turn.schedule();
};

/** Ends sessions whose time is over [MQTT-4.1.0-2], in this turn and the next ones. Who comes back meanwhile finds none. */
const endExpired = (core: Core): void => {
  if (core.isClosing) return;
  for (let pieces = 0; pieces < piecesPerTurn;) {
    const session = core.expired.pop();
    if (!session) return;
    if (core.sessions.get(session.clientId) !== session || !session.isExpired(core.clock.now())) continue;
    pieces += 1 + session.subscriptions.size + session.queue.length + session.inflight.size;
    core.counters.clientsExpired++;
    endSession(core, session);
  }
  core.clock.endOfTurn(() => endExpired(core));
};

const sweepConnection = (core: Core, connection: Connection, nowMs: number): void => {
  if (connection.phase !== 'open') {
    const limit = connection.phase === 'authenticating' ? 'authenticateTimeoutMs' : 'connectTimeoutMs';
    if (nowMs - connection.connectedAtMs < core.limits[limit]) return;
    core.counters.exceed(limit);
    endConnection(core, connection, { text: 'did not log in in time' });
    return;
  }
  const silentMs = nowMs - connection.lastPacketAtMs;
  if (connection.keepAliveSeconds > 0 && silentMs > connection.keepAliveSeconds * 1000 * keepAliveFactor) {
    endConnection(core, connection, { text: 'was silent for too long', code: reason.keepAliveTimeout }); // [MQTT-3.1.2-22]
  } else if (connection.isStalled(nowMs)) {
    core.counters.exceed('drainTimeoutMs');
    endConnection(core, connection, { text: 'did not read for too long', code: reason.quotaExceeded });
  } else if (connection.session) pump(core, connection.session);
};
