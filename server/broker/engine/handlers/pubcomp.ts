import type { AckPacket } from '../codec/packet.ts';
import { protocolError } from '../codec/reason.ts';
import type { Connection } from '../connection.ts';
import type { Core } from '../core.ts';
import { complete } from '../delivery.ts';
import type { Session } from '../session.ts';

/** The client has completed a QoS 2 message [MQTT-4.3.3-5]. An unknown id is ignored. */
export const handlePubcomp = (core: Core, connection: Connection, session: Session, packet: AckPacket): void => {
  const delivery = session.inflight.get(packet.packetId);
  if (!delivery) return connection.noteStrayAck();
  if (delivery.state !== 'released') protocolError('PUBCOMP for a message that was not released');
  complete(core, session, delivery);
};
