import type { AckPacket } from '../codec/packet.ts';
import { protocolError } from '../codec/reason.ts';
import type { Connection } from '../connection.ts';
import type { Core } from '../core.ts';
import { complete } from '../delivery.ts';
import type { Session } from '../session.ts';

/** The client has a QoS 1 message, or refuses it: either way it is done [MQTT-4.4.0-2]. An unknown id is ignored. */
export const handlePuback = (core: Core, connection: Connection, session: Session, packet: AckPacket): void => {
  const delivery = session.inflight.get(packet.packetId);
  if (!delivery) return connection.noteStrayAck();
  if (delivery.qos !== 1) protocolError('PUBACK for a QoS 2 message');
  complete(core, session, delivery);
};
