import { ConnectViolation } from './codec/decode-connect.ts';
import { decode } from './codec/decode.ts';
import type { ConnectPacket } from './codec/packet.ts';
import { encodeConnack } from './codec/encode.ts';
import { ProtocolViolation, reason, returnCode } from './codec/reason.ts';
import type { Connection } from './connection.ts';
import type { Core } from './core.ts';
import { handleConnect } from './handlers/connect.ts';
import { dispatch } from './handlers/dispatch.ts';
import { endConnection } from './lifecycle.ts';
import { noteTurnedAway } from './refusals.ts';
import { noteTaken, packetsPerLook } from './share.ts';

/** Bytes came: cut them into packets and handle each. */
export const receive = (core: Core, connection: Connection, bytes: Buffer): void => {
  if (connection.isEnding) return; // after its end nothing of a client is processed [MQTT-3.14.4-1]
  core.counters.bytesReceived += bytes.length;
  connection.lastPacketAtMs = core.clock.now();
  if (connection.isIgnoringAnswers) return endIgnoring(core, connection);
  connection.frames.push(bytes);
  if (connection.phase === 'authenticating') checkEarlyBytes(core, connection);
  else if (!connection.isResting) read(core, connection);
};

const read = (core: Core, connection: Connection): void => core.turn.read(() => drain(core, connection));

const endIgnoring = (core: Core, connection: Connection): void => {
  core.counters.exceed('maxUnreadAnswerBytes');
  endConnection(core, connection, { text: 'does not read its answers', code: reason.quotaExceeded });
};

const checkEarlyBytes = (core: Core, connection: Connection): void => {
  if (connection.frames.bufferedBytes <= core.limits.maxEarlyBytes) return;
  core.counters.exceed('maxEarlyBytes');
  endConnection(core, connection, { text: 'sent too much before it was let in' });
};

/** Handles what has come whole, as far as the client's share of this turn goes. */
const drain = (core: Core, connection: Connection): void => {
  const goOn = (): void => read(core, connection);
  let sinceMs = core.clock.now();
  let packets = 0;
  try {
    while (isReady(connection) && connection.frames.next()) {
      core.counters.packetsReceived++;
      const packet = decode(connection.frames);
      if (packet.type === 'connect' && connection.phase === 'waiting') startConnect(core, connection, packet);
      else dispatch(core, connection, packet);
      if (++packets % packetsPerLook === 0) sinceMs = noteTaken(core, connection, sinceMs, goOn);
    }
  } catch (error) {
    if (error instanceof ProtocolViolation) violate(core, connection, error);
    else surrender(core, connection, error);
  }
  noteTaken(core, connection, sinceMs, goOn);
};

/** Whether its next packet may be handled now. */
const isReady = ({ isEnding, isResting, phase }: Connection): boolean =>
  !isEnding && !isResting && phase !== 'authenticating';

const startConnect = (core: Core, connection: Connection, packet: ConnectPacket): void => {
  connection.frames.version = packet.version;
  core.halfOpen.delete(connection);
  const fail = (error: unknown): void => failConnect(core, connection, error);
  try {
    handleConnect(core, connection, packet)?.then(() => drain(core, connection), fail);
  } catch (error) {
    fail(error);
  }
};

const failConnect = (core: Core, connection: Connection, error: unknown): void => {
  if (error instanceof ProtocolViolation) {
    turnAway(core, connection, new ConnectViolation(error, connection.version));
    return endConnection(core, connection, { text: error.message });
  }
  // `authenticate` broke: that is a bug, and nobody gets in by it.
  core.log.error('A client could not be checked.', { error });
  const isVersion5 = connection.version === 5;
  connection.send(
    encodeConnack(connection.version, {
      isSessionPresent: false,
      code: isVersion5 ? reason.unspecifiedError : returnCode.serverUnavailable,
    }),
  );
  endConnection(core, connection, { text: 'could not be checked' });
};

/** A bug of ours: it is reported with its stack, and costs this connection, not the whole house [MQTT-4.8.0-2]. */
const surrender = (core: Core, connection: Connection, error: unknown): void => {
  core.log.error('A packet could not be handled.', { clientId: connection.session?.clientId, error });
  endConnection(core, connection, { text: 'internal error', code: reason.unspecifiedError });
};

/** [MQTT-4.8.0-1] [MQTT-4.13.1-1]: the connection closes, 5.0 says why first. */
const violate = (core: Core, connection: Connection, violation: ProtocolViolation): void => {
  if (violation.limit) core.counters.exceed(violation.limit);
  if (connection.phase === 'waiting') turnAway(core, connection, violation);
  const { code, message } = violation;
  endConnection(core, connection, { text: message, ...(code !== undefined && { code }) });
};

const turnAway = (core: Core, connection: Connection, violation: ProtocolViolation): void => {
  noteTurnedAway(core, connection.origin.remoteAddress, 'protocol');
  if (!(violation instanceof ConnectViolation) || violation.version === undefined) return;
  const { code, version } = violation;
  // 5.0 allows a CONNACK with the reason for a CONNECT that says 5.0 [MQTT-3.1.4-1]; 3.x has one for an unknown level
  // only [MQTT-3.1.2-2]. What does not even say its version gets none.
  if (version === 5 && code !== undefined) connection.send(encodeConnack(5, { isSessionPresent: false, code }));
  else if (code === reason.unsupportedProtocolVersion)
    connection.send(encodeConnack(4, { isSessionPresent: false, code: returnCode.unacceptableProtocolLevel }));
};
