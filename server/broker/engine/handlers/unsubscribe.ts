import { isTopicFilter } from '../../../../shared/mqtt/topic.ts';
import { answerCodes, checkRoomForCodes } from '../answer-codes.ts';
import type { UnsubscribePacket } from '../codec/packet.ts';
import { malformed, reason } from '../codec/reason.ts';
import type { ReasonCode } from '../codec/reason.ts';
import type { Connection } from '../connection.ts';
import type { Core } from '../core.ts';
import type { Session } from '../session.ts';

/** Removes subscriptions that are equal character by character [MQTT-3.10.4-1]; what is under way is completed. */
export const handleUnsubscribe = (
  core: Core,
  connection: Connection,
  session: Session,
  packet: UnsubscribePacket,
): void => {
  for (const filter of packet.filters) if (!isTopicFilter(filter)) malformed('not a topic filter');
  checkRoomForCodes(connection, packet.filters.length);
  const codes = packet.filters.map((filter) => unsubscribe(core, session, filter));
  if (session.isStored && codes.includes(reason.success)) connection.waitForCommit();
  answerCodes(connection, 'unsuback', { packetId: packet.packetId, codes });
};

const unsubscribe = (core: Core, session: Session, filter: string): ReasonCode => {
  const subscription = session.subscriptions.get(filter);
  if (!subscription) return reason.noSubscriptionExisted;
  session.subscriptions.delete(filter);
  core.routes.remove(subscription);
  if (session.isStored) core.changes.appendUrgent({ type: 'unsubscribe', clientId: session.clientId, filter });
  return reason.success;
};
