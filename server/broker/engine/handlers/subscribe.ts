import { hasLegalWildcards, isSharedFilter, isTopicFilter, parseSharedFilter } from '../../../../shared/mqtt/topic.ts';
import { answerCodes, checkRoomForCodes } from '../answer-codes.ts';
import type { SubscribeEntry, SubscribePacket } from '../codec/packet.ts';
import { malformed, protocolError, reason } from '../codec/reason.ts';
import type { ReasonCode } from '../codec/reason.ts';
import type { Connection } from '../connection.ts';
import type { Core } from '../core.ts';
import type { CountedLimit } from '../limits.ts';
import { noteRefused } from '../refusals.ts';
import { Replays } from '../replay.ts';
import type { Session, Subscription } from '../session.ts';

/** What has no share name or no filter behind it could be read, and is not allowed; wildcards in wrong places cannot be read. */
const refuseFilter = (filter: string): never =>
  isSharedFilter(filter) && hasLegalWildcards(filter)
    ? protocolError('not a shared subscription') // [MQTT-4.8.2-1] [MQTT-4.8.2-2]
    : malformed('not a topic filter'); // [MQTT-4.7.1-1] [MQTT-4.7.1-2]

const check = (core: Core, entry: SubscribeEntry): void => {
  if (!isTopicFilter(entry.filter)) refuseFilter(entry.filter);
  if (entry.noLocal && isSharedFilter(entry.filter)) protocolError('No Local on a shared subscription'); // [MQTT-3.8.3-4]
  if (entry.filter.split('/').length > core.limits.maxTopicLevels)
    malformed('topic filter has too many levels', 'maxTopicLevels');
};

/** Adds or replaces subscriptions, one answer per filter in order, then sends what is retained (section 3.8). */
export const handleSubscribe = (
  core: Core,
  connection: Connection,
  session: Session,
  packet: SubscribePacket,
): void => {
  for (const entry of packet.entries) check(core, entry);
  checkRoomForCodes(connection, packet.entries.length);
  const codes: ReasonCode[] = [];
  const replayed: Subscription[] = [];
  for (const entry of packet.entries) {
    const refusal = refusalOf(core, session, entry);
    if (refusal !== undefined) {
      codes.push(toWire(connection, entry, refusal));
      continue;
    }
    const isNew = !session.subscriptions.has(entry.filter);
    const subscription = subscribe(core, session, { entry, identifier: packet.identifier });
    codes.push(entry.qos);
    const { clientId, principal } = session;
    core.emit({ type: 'subscribed', clientId, principal, filter: subscription.topicFilter, atMs: core.clock.now() });
    const isReplayed = entry.retainHandling === 0 || (entry.retainHandling === 1 && isNew); // [MQTT-3.3.1-9] to [MQTT-3.3.1-11]
    if (isReplayed && !subscription.share) replayed.push(subscription);
  }
  if (session.isStored) connection.waitForCommit();
  answerCodes(connection, 'suback', { packetId: packet.packetId, codes });
  connection.replays ??= new Replays(core, connection, session);
  for (const subscription of replayed) connection.replays.start(subscription);
};

const refusalOf = (core: Core, session: Session, entry: SubscribeEntry): ReasonCode | undefined => {
  const topicFilter = parseSharedFilter(entry.filter)?.filter ?? entry.filter;
  if (!core.authorize(session.principal, 'subscribe', topicFilter, session.clientId)) {
    noteRefused(core, session, { action: 'subscribe', topic: topicFilter });
    return reason.notAuthorized;
  }
  const limit = limitAgainst(core, session, entry.filter);
  if (limit) core.counters.exceed(limit);
  return limit || (session.isPersistent && !core.changes.isHealthy) ? reason.quotaExceeded : undefined;
};

/** The limit that keeps one more filter out, if one does; replacing is always possible. */
const limitAgainst = ({ limits }: Core, { subscriptions }: Session, filter: string): CountedLimit | undefined => {
  if (subscriptions.has(filter)) return undefined;
  if (subscriptions.size >= limits.maxSubscriptionsPerClient) return 'maxSubscriptionsPerClient';
  if (subscriptions.levelsWith(filter) > limits.maxSubscriptionLevels) return 'maxSubscriptionLevels';
  return subscriptions.bytesWith(filter) > limits.maxSubscriptionBytes ? 'maxSubscriptionBytes' : undefined;
};

/** 3.1.1 has one code for every failure; 3.1 has none, so the filter is granted and delivers nothing. */
const toWire = (connection: Connection, entry: SubscribeEntry, refusal: ReasonCode): ReasonCode => {
  if (connection.version === 5) return refusal;
  return connection.version === 4 ? reason.unspecifiedError : entry.qos;
};

const subscribe = (
  core: Core,
  session: Session,
  wish: { entry: SubscribeEntry; identifier: number | undefined },
): Subscription => {
  const { filter, qos, noLocal, retainAsPublished } = wish.entry;
  const replaced = session.subscriptions.get(filter);
  if (replaced) core.routes.remove(replaced); // [MQTT-3.8.4-3]
  const subscription: Subscription = {
    session,
    filter,
    topicFilter: parseSharedFilter(filter)?.filter ?? filter,
    share: core.routes.shareOf(filter),
    qos,
    noLocal,
    retainAsPublished,
    identifier: wish.identifier,
  };
  session.subscriptions.set(filter, subscription);
  core.routes.add(subscription);
  if (session.isStored) {
    const stored = { filter, qos, noLocal, retainAsPublished, identifier: wish.identifier };
    core.changes.appendUrgent({ type: 'subscribe', clientId: session.clientId, subscription: stored });
  }
  return subscription;
};
