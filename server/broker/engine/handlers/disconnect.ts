import type { DisconnectPacket } from '../codec/packet.ts';
import { protocolError, reason } from '../codec/reason.ts';
import type { Connection } from '../connection.ts';
import type { Core } from '../core.ts';
import { endConnection } from '../lifecycle.ts';
import type { Session } from '../session.ts';

/** The client says goodbye: with reason 0 its will is forgotten [MQTT-3.14.4-3]. */
export const handleDisconnect = (
  core: Core,
  connection: Connection,
  session: Session,
  packet: DisconnectPacket,
): void => {
  const { sessionExpirySeconds } = packet;
  if (sessionExpirySeconds !== undefined) {
    if (session.expirySeconds === 0 && sessionExpirySeconds > 0) protocolError('session expiry was 0 and must stay so');
    session.expirySeconds = Math.min(sessionExpirySeconds, core.limits.maxSessionExpirySeconds);
  }
  const isGraceful = packet.code === reason.success;
  endConnection(core, connection, { text: isGraceful ? 'said goodbye' : 'said goodbye with its will', isGraceful });
};
