import type { QoS } from '../../../shared/mqtt/message.ts';
import type { Connection, How } from './connection.ts';
import type { Core } from './core.ts';
import type { CountedLimit } from './limits.ts';
import type { RoutedMessage } from './message.ts';
import { toStored } from './message.ts';
import type { Target } from './routes.ts';
import type { Delivery, Session } from './session.ts';
import type { Change } from './store.ts';

/** Gives a message to one session: now, or into its queue. */
export const deliver = (core: Core, target: Target, message: RoutedMessage): void => {
  const qos: QoS = target.qos < message.qos ? target.qos : message.qos; // [MQTT-3.8.4-8]
  const retain = target.retainAsPublished && message.retain; // [MQTT-3.3.1-12] [MQTT-3.3.1-13]
  deliverTo(core, target.session, { message, how: { qos, retain, identifiers: target.identifiers } });
};

interface Item {
  readonly message: RoutedMessage;
  readonly how: How;
}

export const deliverTo = (core: Core, session: Session, item: Item): void => {
  if (item.how.qos === 0) {
    session.connection?.sendQos0(item.message, item.how);
    return;
  }
  const connection = session.connection;
  if (connection && session.queue.length === 0 && canSend(session, connection))
    sendNow(core, { session, connection }, item);
  else enqueue(core, session, item);
};

/** Whether the client's window and the outbound limit have room for one more. */
export const canSend = (session: Session, connection: Connection): boolean =>
  session.inflight.size - session.resend.length < connection.sendWindow && !connection.isOverOutboundLimit;

interface Live {
  readonly session: Session;
  readonly connection: Connection;
}

const sendNow = (core: Core, { session, connection }: Live, { message, how }: Item): void => {
  const packetId = session.takePacketId(); // what is too large for the client had its turn too
  const frame = connection.frameFor(message, how);
  if (!frame) return;
  const delivery = makeDelivery(core, session, { message, how });
  delivery.packetId = packetId;
  delivery.state = 'sent';
  session.inflight.set(packetId, delivery);
  if (session.isPersistent) {
    storeDelivery(core, session, delivery);
    connection.waitForCommit(); // a crash must not make a second copy under another packet id
  }
  connection.sendFrame(frame, packetId, false);
};

const enqueue = (core: Core, session: Session, { message, how }: Item): void => {
  const limit = makeRoom(core, session, message);
  if (limit) return countDrop(core, session, limit);
  message.own();
  const delivery = makeDelivery(core, session, { message, how }, message);
  session.queue.push(delivery);
  if (session.isPersistent) storeDelivery(core, session, delivery);
};

/** The limit that keeps one more message out of the queue, if one does. */
const limitAgainst = (
  { limits, isQueueCongested }: Core,
  { queue }: Session,
  bytes: number,
): CountedLimit | undefined => {
  if (queue.length >= limits.maxQueuedMessages) return 'maxQueuedMessages';
  if (queue.bytes + bytes > limits.maxQueuedBytes) return 'maxQueuedBytes';
  return isQueueCongested && queue.length >= limits.congestedQueuedMessages ? 'congestedQueuedMessages' : undefined;
};

/** Lets the oldest messages go, if that is the policy; returns the limit that still keeps the new one out. */
const makeRoom = (core: Core, session: Session, message: RoutedMessage): CountedLimit | undefined => {
  const { queue } = session;
  const bytes = message.keptBytes;
  let limit = limitAgainst(core, session, bytes);
  while (limit && queue.length > 0 && core.limits.queueDropPolicy === 'oldest') {
    const oldest = queue.shift();
    if (oldest) forget(core, oldest);
    countDrop(core, session, limit);
    // Congestion is the fault of all: a queue that is longer only stops to grow.
    if (limit === 'congestedQueuedMessages') return undefined;
    limit = limitAgainst(core, session, bytes);
  }
  return limit;
};

const countDrop = (core: Core, session: Session, limit: CountedLimit): void => {
  core.counters.exceed(limit);
  if (session.connection) session.connection.drop('queue-full');
  else core.counters.drop('queue-full');
};

/** Sessions that end with their connection never send again, so what was sent there need not be kept. */
const makeDelivery = (
  core: Core,
  session: Session,
  { message, how }: Item,
  kept = session.isPersistent ? message : undefined,
): Delivery => ({
  message: kept,
  qos: how.qos,
  retain: how.retain,
  identifiers: how.identifiers,
  position: session.isPersistent ? core.nextStoredId() : 0,
  packetId: 0,
  state: 'queued',
});

const storeDelivery = (core: Core, session: Session, delivery: Delivery): void => {
  const message = delivery.message;
  if (!message) return;
  if (message.storedId === 0) {
    message.storedId = core.nextStoredId();
    core.changes.appendUrgent({ type: 'message', messageId: message.storedId, message: toStored(message) });
  }
  message.references++;
  core.changes.appendUrgent({
    type: 'enqueue',
    clientId: session.clientId,
    delivery: {
      position: delivery.position,
      messageId: message.storedId,
      qos: delivery.qos,
      retain: delivery.retain,
      identifiers: delivery.identifiers ?? [],
      packetId: delivery.packetId,
      state: delivery.state,
    },
  });
  core.turn.schedule();
};

const append = (core: Core, change: Change): void => {
  core.changes.append(change);
  core.turn.schedule();
};

/** Lets go of the stored message when nobody else waits for it; its deliveries may end in any order. */
export const releaseMessage = (core: Core, message: RoutedMessage | undefined): void => {
  if (!message || message.storedId === 0) return;
  message.references--;
  if (message.references > 0) return;
  append(core, { type: 'message-end', messageId: message.storedId });
  message.storedId = 0;
};

/** Removes a delivery that is done or given up from the store. */
const forget = (core: Core, delivery: Delivery): void => {
  if (delivery.position === 0) return;
  append(core, { type: 'dequeue', position: delivery.position });
  releaseMessage(core, delivery.message);
};

/** The client has the message: PUBACK, PUBCOMP, or a refusal [MQTT-4.4.0-2]. */
export const complete = (core: Core, session: Session, delivery: Delivery): void => {
  session.inflight.delete(delivery.packetId);
  session.dropFromResend(delivery);
  forget(core, delivery);
  pump(core, session);
};

/** PUBREC came: from now on only PUBREL is sent [MQTT-4.3.3-6], and only once that is stored. */
export const markReleased = (core: Core, session: Session, delivery: Delivery): void => {
  delivery.state = 'released';
  session.dropFromResend(delivery);
  if (delivery.position === 0) return;
  core.changes.appendUrgent({
    type: 'progress',
    position: delivery.position,
    packetId: delivery.packetId,
    state: 'released',
  });
  session.connection?.waitForCommit();
};

/** Sends what waits as far as the client's window and the outbound limit allow. */
export const pump = (core: Core, session: Session): void => {
  const connection = session.connection;
  if (!connection) return;
  while (session.resend.length > 0 && canSend(session, connection)) sendAgain(core, { session, connection });
  if (session.resend.length > 0) return;
  while (session.queue.length > 0 && canSend(session, connection)) {
    const delivery = session.queue.shift();
    if (delivery) sendQueued(core, { session, connection }, delivery);
  }
  connection.replays?.proceed();
};

const sendQueued = (core: Core, { session, connection }: Live, delivery: Delivery): void => {
  const message = delivery.message;
  const packetId = session.takePacketId(); // what expired had its turn too
  const isExpired = message?.isExpired(core.clock.now()) ?? true; // [MQTT-3.3.2-5]
  const isWithheld = message && !mayReceive(core, session, message);
  const frame = isExpired || isWithheld ? undefined : message && connection.frameFor(message, delivery);
  if (!frame) {
    if (isExpired) connection.drop('expired');
    else if (isWithheld) core.counters.drop('not-authorized');
    forget(core, delivery);
    return;
  }
  delivery.packetId = packetId;
  delivery.state = 'sent';
  session.inflight.set(packetId, delivery);
  noteSent(core, connection, delivery);
  connection.sendFrame(frame, delivery.packetId, false);
};

/** What was queued while it was allowed is not sent after the right was taken away. */
const mayReceive = (core: Core, { principal, clientId }: Session, { topic }: RoutedMessage): boolean =>
  core.authorize(principal, 'receive', topic.name, clientId);

/** A QoS 2 packet id must be stored before it is used: after a crash the client would take a new id for a new message. */
const noteSent = (core: Core, connection: Connection, delivery: Delivery): void => {
  const { position, packetId } = delivery;
  if (position === 0) return;
  if (delivery.qos < 2) return append(core, { type: 'progress', position, packetId, state: 'sent' });
  core.changes.appendUrgent({ type: 'progress', position, packetId, state: 'sent' });
  connection.waitForCommit();
};

const sendAgain = (core: Core, { session, connection }: Live): void => {
  const delivery = session.resend.shift();
  if (delivery?.message && !mayReceive(core, session, delivery.message)) {
    core.counters.drop('not-authorized');
    session.inflight.delete(delivery.packetId);
    forget(core, delivery);
    return;
  }
  const frame = delivery?.message && connection.frameFor(delivery.message, delivery);
  if (delivery && frame) connection.sendFrame(frame, delivery.packetId, true); // [MQTT-3.3.1-1]
};

/** A session is back: PUBREL and PUBLISH that were not acknowledged go again, with their ids [MQTT-4.4.0-1]. */
export const resume = (core: Core, session: Session): void => {
  const connection = session.connection;
  if (!connection) return;
  session.resend.length = 0;
  for (const delivery of session.inflight.values()) {
    if (delivery.state === 'released') connection.ack('pubrel', delivery.packetId);
    else session.resend.push(delivery);
  }
  pump(core, session);
};
