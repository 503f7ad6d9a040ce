import type { AckPacket } from '../codec/packet.ts';
import type { Connection } from '../connection.ts';
import type { Core } from '../core.ts';
import type { Session } from '../session.ts';

/** The client lets go of a QoS 2 packet id: it may be used for a new message as soon as PUBCOMP is out [MQTT-4.3.3-11]. */
export const handlePubrel = (core: Core, connection: Connection, session: Session, packet: AckPacket): void => {
  const { packetId } = packet;
  if (!session.received.delete(packetId)) {
    connection.noteStrayAck();
    // Its PUBCOMP may have got lost: whether or not the id was ever in use, it is free now [MQTT-4.3.3-11].
    connection.ack('pubcomp', packetId);
    return;
  }
  if (session.isStored) {
    core.changes.appendUrgent({ type: 'released', clientId: session.clientId, packetId });
    connection.waitForCommit();
  }
  connection.ack('pubcomp', packetId);
};
