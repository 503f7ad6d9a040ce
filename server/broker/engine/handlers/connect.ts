import { OutgoingAliases } from '../aliases.ts';
import { encodeConnack } from '../codec/encode.ts';
import type { ConnectPacket } from '../codec/packet.ts';
import type { Properties } from '../codec/properties.ts';
import { reason, returnCode } from '../codec/reason.ts';
import type { ReasonCode } from '../codec/reason.ts';
import type { Connection } from '../connection.ts';
import type { Core } from '../core.ts';
import { resume } from '../delivery.ts';
import type { Authentication, ConnectRequest, Principal, RefusalReason } from '../engine.ts';
import { endConnection, endSession, endStored, storeSession } from '../lifecycle.ts';
import { noteRefused, noteTurnedAway } from '../refusals.ts';
import { Session } from '../session.ts';
import { makeWill, mayPublishWill, storedWill } from '../will.ts';
import type { Will } from '../will.ts';

/** What a refusal is in 5.0 and in 3.x; 3.x has no words for most reasons. */
interface Refusal {
  readonly code: ReasonCode;
  readonly returnCode: number;
  readonly why: RefusalReason;
}

const refusals: Readonly<Record<RefusalReason, Refusal>> = {
  'no-credentials': { code: reason.notAuthorized, returnCode: returnCode.notAuthorized, why: 'no-credentials' },
  'bad-credentials': {
    code: reason.badUserNameOrPassword,
    returnCode: returnCode.badUserNameOrPassword,
    why: 'bad-credentials',
  },
  throttled: { code: reason.connectionRateExceeded, returnCode: returnCode.serverUnavailable, why: 'throttled' },
  blocked: { code: reason.banned, returnCode: returnCode.notAuthorized, why: 'blocked' },
  limit: { code: reason.quotaExceeded, returnCode: returnCode.serverUnavailable, why: 'limit' },
  protocol: { code: reason.clientIdentifierNotValid, returnCode: returnCode.identifierRejected, why: 'protocol' },
};

const badMethod: Refusal = {
  code: reason.badAuthenticationMethod,
  returnCode: returnCode.notAuthorized,
  why: 'protocol',
};
const willNotAllowed: Refusal = { code: reason.notAuthorized, returnCode: returnCode.notAuthorized, why: 'blocked' };
const storeDown: Refusal = { code: reason.serverUnavailable, returnCode: returnCode.serverUnavailable, why: 'limit' };

const refuse = (core: Core, connection: Connection, packet: ConnectPacket, refusal: Refusal): void => {
  const code = packet.version === 5 ? refusal.code : refusal.returnCode;
  connection.send(encodeConnack(packet.version, { isSessionPresent: false, code })); // [MQTT-3.2.2-6]
  const { clientId, username } = packet;
  const who = { clientId, ...(username !== undefined && { username }) };
  noteTurnedAway(core, connection.origin.remoteAddress, refusal.why, who);
  endConnection(core, connection, { text: refusal.why }); // [MQTT-3.2.2-7]
};

/** What speaks against the client before anybody asks who it is. */
const objection = (core: Core, packet: ConnectPacket): Refusal | undefined => {
  if (packet.properties.authenticationMethod !== undefined) return badMethod; // [MQTT-4.12.0-1]; SCRAM would begin here
  if (Buffer.byteLength(packet.clientId) > core.limits.maxClientIdBytes) {
    core.counters.exceed('maxClientIdBytes');
    return refusals.protocol;
  }
  if (packet.clientId === '' && packet.version === 3) return refusals.protocol;
  if (packet.clientId === '' && packet.version === 4 && !packet.isCleanStart) return refusals.protocol; // 3.1.1 [MQTT-3.1.3-8]
  return undefined;
};

/** The first packet: who is it, which session, and what was agreed (section 3.1). The promise is there only if somebody has to think. */
export const handleConnect = (core: Core, connection: Connection, packet: ConnectPacket): Promise<void> | void => {
  connection.version = packet.version;
  connection.phase = 'authenticating';
  connection.wantsProblemInformation = packet.properties.requestProblemInformation !== 0;
  const early = objection(core, packet);
  if (early) return refuse(core, connection, packet, early);
  const clientId = packet.clientId === '' ? core.inventClientId() : packet.clientId; // [MQTT-3.1.3-6]
  const request: ConnectRequest = {
    clientId,
    protocolVersion: packet.version,
    origin: connection.origin,
    ...(packet.username !== undefined && { username: packet.username }),
    ...(packet.password && { password: packet.password }),
  };
  const proceed = (answer: Authentication): void => {
    if (connection.isEnding) return; // it left while we asked
    if (!answer.ok) return refuse(core, connection, packet, refusals[answer.reason]);
    admit(core, connection, { packet, clientId, principal: answer.principal });
  };
  const answer = core.authenticate(request);
  return answer instanceof Promise ? answer.then(proceed) : proceed(answer);
};

interface Admission {
  readonly packet: ConnectPacket;
  readonly clientId: string;
  readonly principal: Principal;
}

const isSame = (first: Principal, second: Principal): boolean => first.kind === second.kind && first.id === second.id;

/** What speaks against the client once it is known who it is. */
const refusalFor = (
  core: Core,
  { packet, clientId, principal }: Admission,
  will: Will | undefined,
): Refusal | undefined => {
  const known = core.sessions.get(clientId);
  // A client id belongs to whoever connected with it, as long as there is a session: nobody else may push it out or inherit it.
  if (known && !isSame(known.principal, principal)) return refusals.protocol;
  if (!known && core.sessions.size >= core.limits.maxSessions) {
    core.counters.exceed('maxSessions');
    return refusals.limit;
  }
  if (will && !mayPublishWill(core, { principal, clientId }, will)) {
    noteRefused(core, { principal, clientId }, { action: 'publish', topic: will.message.topic.name });
    return willNotAllowed;
  }
  return sessionExpiry(core, packet) > 0 && !core.changes.isHealthy ? storeDown : undefined;
};

const admit = (core: Core, connection: Connection, admission: Admission): void => {
  const { packet } = admission;
  const will = packet.will && makeWill(core, packet.will);
  const refusal = refusalFor(core, admission, will);
  if (refusal) return refuse(core, connection, packet, refusal);
  if (!canTakeAnswer(core, admission)) return endConnection(core, connection, { text: 'takes no packet that large' });
  const { session, isResumed } = takeSession(core, admission);
  session.expirySeconds = sessionExpiry(core, packet);
  session.expiresAtMs = undefined;
  session.willDueAtMs = undefined; // back in time: the old will is not sent [MQTT-3.1.3-9]
  session.will = will;
  session.connection = connection;
  core.sessions.set(session.clientId, session);
  open(core, connection, { packet, session, isResumed });
};

/** [MQTT-3.1.2-24]: a client whose largest packet is smaller than CONNACK cannot be answered. */
const canTakeAnswer = (core: Core, { packet, clientId }: Admission): boolean => {
  const { maximumPacketSize } = packet.properties;
  if (maximumPacketSize === undefined) return true;
  const properties = connackProperties(core, packet, clientId);
  return encodeConnack(5, { isSessionPresent: false, code: 0, properties }).length <= maximumPacketSize;
};

/** The session of this client id, its older connection ended [MQTT-3.1.4-3], or a new one [MQTT-3.1.2-4]. */
const takeSession = (
  core: Core,
  { packet, clientId, principal }: Admission,
): { session: Session; isResumed: boolean } => {
  const older = core.sessions.get(clientId)?.connection;
  if (older) endConnection(core, older, { text: 'the same client id connected again', code: reason.sessionTakenOver });
  const kept = core.sessions.get(clientId);
  const isOver = packet.isCleanStart || kept?.isExpired(core.clock.now()) === true;
  if (kept?.isPersistent && !isOver) return { session: kept, isResumed: true };
  if (kept && !kept.isPersistent) kept.will = undefined; // only its will was kept over a crash, and it is back in time
  if (kept) endSession(core, kept);
  return { session: new Session(clientId, principal, sessionExpiry(core, packet)), isResumed: false };
};

const sessionExpiry = (core: Core, packet: ConnectPacket): number => {
  if (packet.version === 5)
    return Math.min(packet.properties.sessionExpiryInterval ?? 0, core.limits.maxSessionExpirySeconds);
  return packet.isCleanStart ? 0 : core.limits.maxSessionExpirySeconds;
};

interface Opening {
  readonly packet: ConnectPacket;
  readonly session: Session;
  readonly isResumed: boolean;
}

const open = (core: Core, connection: Connection, { packet, session, isResumed }: Opening): void => {
  const { limits, counters } = core;
  connection.session = session;
  const { clientId, principal } = session;
  connection.publisher = { clientId, principal };
  connection.inspect = core.inspectorFor({ clientId, principal, origin: connection.origin });
  connection.phase = 'open';
  connection.connectedAtMs = core.clock.now();
  connection.keepAliveSeconds = keepAlive(core, packet);
  connection.frames.maxPacketBytes = limits.maxPacketBytes;
  applyProperties(core, connection, packet.properties);
  counters.connectionsAccepted++;
  counters.clientsMaximum = Math.max(counters.clientsMaximum, core.connections.size);
  persist(core, connection, session);
  const properties = packet.version === 5 ? connackProperties(core, packet, session.clientId) : undefined;
  connection.send(
    encodeConnack(packet.version, { isSessionPresent: isResumed, code: 0, ...(properties && { properties }) }),
  );
  const client = connection.info();
  if (client) core.emit({ type: 'connected', client });
  if (isResumed) resume(core, session);
};

/** CONNACK says that there is a session, so it waits until there is one. */
const persist = (core: Core, connection: Connection, session: Session): void => {
  if (!session.isPersistent) {
    if (session.isStored) endStored(core, session);
    session.isStored = false;
    session.isWillStored = session.will !== undefined;
    if (session.isWillStored) storeSession(core, session);
    return;
  }
  if (session.isStored) return storeSession(core, session);
  session.isStored = true;
  core.changes.appendUrgent({ type: 'session', session: session.toStored(storedWill(session)) });
  connection.waitForCommit();
};

const keepAlive = (core: Core, packet: ConnectPacket): number => {
  const { maxKeepAliveSeconds } = core.limits;
  const isTooLong = packet.keepAliveSeconds === 0 || packet.keepAliveSeconds > maxKeepAliveSeconds;
  return packet.version === 5 && isTooLong ? maxKeepAliveSeconds : packet.keepAliveSeconds;
};

const applyProperties = (core: Core, connection: Connection, properties: Properties): void => {
  connection.sendWindow = Math.min(properties.receiveMaximum ?? 65_535, core.limits.maxInflight); // [MQTT-4.9.0-1]
  if (properties.maximumPacketSize !== undefined) connection.maxPacketBytes = properties.maximumPacketSize;
  const aliases = Math.min(properties.topicAliasMaximum ?? 0, core.limits.topicAliasMaximum);
  if (aliases > 0) connection.outgoingAliases = new OutgoingAliases(aliases);
};

/** In the order in which Mosquitto sends them: there are clients that were tried with no other. */
const connackProperties = (core: Core, packet: ConnectPacket, clientId: string): Properties => {
  const { limits } = core;
  const properties: Properties = {};
  const keepAliveSeconds = keepAlive(core, packet);
  if (keepAliveSeconds !== packet.keepAliveSeconds) properties.serverKeepAlive = keepAliveSeconds;
  properties.topicAliasMaximum = limits.topicAliasMaximum;
  if (packet.clientId === '') properties.assignedClientIdentifier = clientId; // [MQTT-3.2.2-16]
  properties.maximumPacketSize = limits.maxPacketBytes;
  properties.receiveMaximum = limits.receiveMaximum;
  const askedSeconds = packet.properties.sessionExpiryInterval ?? 0;
  if (askedSeconds > limits.maxSessionExpirySeconds) properties.sessionExpiryInterval = limits.maxSessionExpirySeconds;
  return properties;
};
