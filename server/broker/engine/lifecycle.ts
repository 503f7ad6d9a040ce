import { encodeDisconnect } from './codec/encode.ts';
import { reason } from './codec/reason.ts';
import type { ReasonCode } from './codec/reason.ts';
import type { Connection } from './connection.ts';
import type { Core } from './core.ts';
import { releaseMessage } from './delivery.ts';
import type { Delivery, Session } from './session.ts';
import { fireWill, startWill, storedWill } from './will.ts';

/** How a connection ends. */
export interface Ending {
  /** For the log and the devices page. */
  readonly text: string;
  /** Sent to 5.0 clients before closing; undefined when the client is gone or said goodbye itself. */
  readonly code?: ReasonCode;
  /** A DISCONNECT with reason 0 leaves no will behind [MQTT-3.14.4-3]. */
  readonly isGraceful?: boolean;
}

/** Ends a connection: last words, will, and the session's further life. */
export const endConnection = (core: Core, connection: Connection, ending: Ending): void => {
  if (connection.isEnding) return;
  connection.isEnding = true;
  if (connection.isWaitingFor(core.changes.committed)) core.changes.commit();
  const client = connection.info();
  connection.close(lastWords(connection, ending));
  core.halfOpen.delete(connection);
  if (core.connections.delete(connection)) core.addresses.remove(connection.origin.remoteAddress);
  const session = connection.session;
  if (!session || session.connection !== connection) return;
  leaveSession(core, session, ending);
  if (client)
    core.emit({
      type: 'disconnected',
      client,
      reason: ending.text,
      byWill: !ending.isGraceful && client.will !== undefined,
    });
};

/**
 * [MQTT-3.14.0-1]: no DISCONNECT before CONNACK. The code says what happened; lost rights are told in words too, where
 * the client takes them, because somebody has to do something about them [MQTT-3.14.2-3].
 */
const lastWords = (connection: Connection, { code, text }: Ending): Buffer | undefined => {
  if (connection.phase !== 'open' || connection.version !== 5 || code === undefined) return undefined;
  const short = encodeDisconnect(code);
  if (code !== reason.notAuthorized || !connection.wantsProblemInformation) return short;
  const long = encodeDisconnect(code, text);
  return long.length <= connection.maxPacketBytes ? long : short;
};

const leaveSession = (core: Core, session: Session, ending: Ending): void => {
  const nowMs = core.clock.now();
  session.connection = undefined;
  session.expiresAtMs = session.expiryFrom(nowMs);
  if (ending.isGraceful)
    session.will = undefined; // [MQTT-3.1.2-10]
  else startWill(core, session, nowMs);
  if (session.isPersistent) storeSession(core, session);
  else endSession(core, session);
};

/** Writes the session's own facts; nobody waits for them unless the caller says so. */
export const storeSession = (core: Core, session: Session): void => {
  core.changes.append({ type: 'session', session: session.toStored(storedWill(session)) });
  core.turn.schedule();
};

/** Has the store forget a session. */
export const endStored = (core: Core, { clientId }: Session): void =>
  core.changes.append({ type: 'session-end', clientId, beforePosition: core.nextStoredId() });

/** Forgets a session with everything that belongs to it; a will that still waits is published [MQTT-3.1.2-8]. */
export const endSession = (core: Core, session: Session): void => {
  core.sessions.delete(session.clientId);
  for (const subscription of session.subscriptions.values()) core.routes.remove(subscription);
  session.subscriptions.clear();
  if (session.isStored || session.isWillStored) endStored(core, session);
  session.isStored = false;
  session.isWillStored = false;
  release(core, [...session.inflight.values(), ...session.queue.drain()]);
  session.inflight.clear();
  core.turn.schedule();
  if (session.will) fireWill(core, session);
};

/** So many messages that waited for an ended session are let go of in one turn. */
const releasedPerTurn = 2_000;

/** Lets go of what waited for a session, in this turn and the next ones; what a crash leaves of it is found at the next start. */
const release = (core: Core, deliveries: readonly Delivery[], from = 0): void => {
  const end = Math.min(from + releasedPerTurn, deliveries.length);
  for (let index = from; index < end; index++) {
    const delivery = deliveries[index];
    if (delivery && delivery.position > 0) releaseMessage(core, delivery.message);
  }
  if (end < deliveries.length && !core.isClosing) core.clock.endOfTurn(() => release(core, deliveries, end));
};

/** Closes everything that waits for a commit that failed: what was not stored is not acknowledged. */
export const endUnstored = (core: Core): void => {
  for (const connection of [...core.connections]) {
    if (!connection.isWaitingFor(core.changes.committed)) continue;
    connection.discardOutput();
    core.counters.drop('store');
    endConnection(core, connection, { text: 'messages cannot be stored', code: reason.quotaExceeded });
  }
};
