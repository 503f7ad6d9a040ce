import type { AckPacket } from '../codec/packet.ts';
import { protocolError } from '../codec/reason.ts';
import type { Connection } from '../connection.ts';
import type { Core } from '../core.ts';
import { complete, markReleased } from '../delivery.ts';
import type { Session } from '../session.ts';

const firstRefusal = 0x80;

/** The client has a QoS 2 message: release its packet id, once that is stored [MQTT-4.3.3-4]. */
export const handlePubrec = (core: Core, connection: Connection, session: Session, packet: AckPacket): void => {
  const delivery = session.inflight.get(packet.packetId);
  const isRefused = packet.code >= firstRefusal;
  if (!delivery) {
    connection.noteStrayAck();
    if (!isRefused) connection.ack('pubrel', packet.packetId); // nothing of it is left: the client may forget it
    return;
  }
  if (delivery.qos !== 2) protocolError('PUBREC for a QoS 1 message');
  if (isRefused) {
    complete(core, session, delivery);
    return;
  }
  if (delivery.state !== 'released') markReleased(core, session, delivery);
  connection.ack('pubrel', packet.packetId);
};
