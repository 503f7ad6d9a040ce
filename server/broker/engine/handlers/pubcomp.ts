import type { AckPacket } from '../codec/packet.ts';
import type { Core } from '../core.ts';
import { complete } from '../delivery.ts';
import type { Session } from '../session.ts';

/** The client has completed a QoS 2 message; an id that is not released is ignored. */
export const handlePubcomp = (core: Core, session: Session, packet: AckPacket): void => {
  const delivery = session.inflight.get(packet.packetId);
  if (delivery?.state === 'released') complete(core, session, delivery);
};
