import { TopicAnswers } from '../../../../shared/mqtt/topic-answers.ts';
import type { PublishPacket } from '../codec/packet.ts';
import { malformed, ProtocolViolation, reason } from '../codec/reason.ts';
import type { ReasonCode } from '../codec/reason.ts';
import type { Connection } from '../connection.ts';
import type { Core } from '../core.ts';
import type { DropCause } from '../counters.ts';
import { expiryOf, forwardedProperties, RoutedMessage } from '../message.ts';
import { acceptMessage } from '../publish.ts';
import { noteRefused } from '../refusals.ts';
import type { Session } from '../session.ts';
import { isBridgeState } from '../topics.ts';
import type { Topic } from '../topics.ts';

/** Topics whose publish right is remembered per connection, in characters. */
const maxRememberedCharacters = 20_000;

/** A message from a client (section 3.3). */
export const handlePublish = (core: Core, connection: Connection, session: Session, packet: PublishPacket): void => {
  const topic = topicOf(core, connection, packet);
  core.counters.publishReceived++;
  core.counters.publishBytesReceived += packet.end - packet.payloadStart;
  connection.messagesIn++;
  connection.lastMessageAtMs = connection.lastPacketAtMs;
  if (packet.qos === 2 && session.received.has(packet.packetId)) {
    connection.ack('pubrec', packet.packetId); // [MQTT-4.3.3-10]
    return;
  }
  if (packet.qos > 0) countOpen(core, connection, session, packet);
  const refusal = refusalOf(core, connection, { packet, topic });
  if (!refusal) return accept(core, connection, session, { packet, topic });
  if (refusal.cause === 'not-authorized')
    noteRefused(core, session, { action: 'publish', topic: topic.name, ...refusal.objection });
  else core.counters.drop(refusal.cause);
  // 3.x has no word for a refusal: what could not be stored ends the connection, the rest is acknowledged [MQTT-3.3.5-2].
  if (refusal === unstored && connection.version !== 5) throw new ProtocolViolation(unstored.code, unstored.text);
  acknowledge(connection, packet, refusal);
};

interface Refusal {
  readonly cause: DropCause;
  readonly code: ReasonCode;
  /** Undefined when the code says it all. */
  readonly text?: string;
  /** Why an inspector said no, and to what. */
  readonly objection?: { readonly reason: string; readonly payload: Uint8Array };
}

/** `$…` is the server's: whatever rights somebody has, it takes no such name from outside. */
const notTaken: Refusal = { cause: 'not-authorized', code: reason.notAuthorized };
const notAllowed: Refusal = {
  cause: 'not-authorized',
  code: reason.notAuthorized,
  text: 'not allowed to publish to this topic',
};
const tooMany: Refusal = { cause: 'rate', code: reason.quotaExceeded, text: 'too many messages per second' };
const unstored = {
  cause: 'store',
  code: reason.quotaExceeded,
  text: 'messages cannot be stored',
} as const satisfies Refusal;

const refusalOf = (core: Core, connection: Connection, { packet, topic }: Incoming): Refusal | undefined => {
  if (connection.rate && !connection.rate.take(core.clock.now())) {
    core.counters.exceed('maxMessagesPerSecond');
    return tooMany;
  }
  if (topic.isServerTopic) return isBridgeState(topic) ? undefined : notTaken;
  if (!mayPublish(core, connection, topic)) return notAllowed;
  if (packet.qos > 0 && !core.changes.isHealthy) return unstored;
  const { inspect } = connection;
  if (!inspect) return undefined;
  // Last: its yes may use something up.
  const payload = packet.bytes.subarray(packet.payloadStart, packet.end);
  const why = inspect(topic.name, payload);
  return why === undefined ? undefined : { ...notAllowed, text: why, objection: { reason: why, payload } };
};

const topicOf = (core: Core, connection: Connection, packet: PublishPacket): Topic => {
  const alias = packet.properties?.topicAlias;
  const isEmpty = packet.topicStart === packet.topicEnd;
  if (isEmpty && alias !== undefined) return connection.incomingAliases.get(alias);
  if (isEmpty && connection.version === 5) malformed('neither topic nor alias');
  const topic = core.topics.fromBytes(packet.bytes, packet.topicStart, packet.topicEnd);
  if (alias !== undefined) connection.incomingAliases.set(alias, topic);
  return topic;
};

/** [MQTT-3.3.4-7]; acknowledgements leave at the end of the turn, so what came in this turn is open. */
const countOpen = (core: Core, connection: Connection, session: Session, packet: PublishPacket): void => {
  const open = session.received.size + connection.qos1Unacknowledged;
  if (connection.version === 5 && open >= core.limits.receiveMaximum) {
    const text = 'more open messages than the receive maximum';
    throw new ProtocolViolation(reason.receiveMaximumExceeded, text, 'receiveMaximum');
  }
  if (packet.qos === 1) connection.qos1Unacknowledged++;
};

const mayPublish = (core: Core, connection: Connection, topic: Topic): boolean => {
  const rights = (connection.publishRights ??= new TopicAnswers(maxRememberedCharacters));
  const known = rights.get(topic.name);
  if (known !== undefined) return known;
  const { session } = connection;
  const isAllowed = session !== undefined && core.authorize(session.principal, 'publish', topic.name, session.clientId);
  rights.add(topic.name, isAllowed);
  return isAllowed;
};

interface Incoming {
  readonly packet: PublishPacket;
  readonly topic: Topic;
}

const toMessage = (core: Core, connection: Connection, { packet, topic }: Incoming): RoutedMessage => {
  const { bytes, start, end, properties } = packet;
  // The frame can be passed on as it came unless it is marked as a repetition or uses the publisher's alias.
  const isReusable = !packet.isDuplicate && properties?.topicAlias === undefined;
  return new RoutedMessage({
    topic,
    payload: bytes.subarray(packet.payloadStart, end),
    qos: packet.qos,
    retain: packet.retain,
    properties: properties && forwardedProperties(properties),
    expiresAtMs: properties && expiryOf(properties.messageExpiryInterval, core.clock.now()),
    source: isReusable
      ? { bytes, start, end, idOffset: packet.topicEnd, isVersion5: connection.version === 5 }
      : undefined,
  });
};

const accept = (core: Core, connection: Connection, session: Session, incoming: Incoming): void => {
  const { packet, topic } = incoming;
  if (topic.isServerTopic) return acknowledge(connection, packet, unheard); // nobody here asks how a bridge is
  const urgentBefore = core.changes.urgentChanges;
  if (packet.qos === 2) noteReceived(core, connection, session, packet);
  const matched = acceptMessage(core, toMessage(core, connection, incoming), connection.publisher);
  if (packet.qos === 1) acknowledge(connection, packet, matched === 0 ? unheard : undefined);
  if (packet.qos > 0 && core.changes.urgentChanges !== urgentBefore) connection.waitForCommit();
};

const unheard = { code: reason.noMatchingSubscribers };

/** The id and its effect are one change: after a crash both are there, or neither [MQTT-4.3.3-8]. */
const noteReceived = (core: Core, connection: Connection, session: Session, packet: PublishPacket): void => {
  session.received.add(packet.packetId);
  acknowledge(connection, packet); // before the message itself, should its publisher have subscribed to it
  if (session.isStored)
    core.changes.appendUrgent({ type: 'received', clientId: session.clientId, packetId: packet.packetId });
};

const acknowledge = (
  connection: Connection,
  packet: PublishPacket,
  answer?: { code: ReasonCode; text?: string },
): void => {
  if (packet.qos === 1) connection.ack('puback', packet.packetId, answer);
  else if (packet.qos === 2) connection.ack('pubrec', packet.packetId, answer);
};
