import type { Core } from './core.ts';
import { parsePropertyFields, RoutedMessage } from './message.ts';
import { Session } from './session.ts';
import type { Delivery, Subscription } from './session.ts';
import type { StoredDelivery, StoredMessage, StoredSessionState, StoredSubscription } from './store.ts';
import { parseSharedFilter } from '../../../shared/mqtt/topic.ts';
import { restoreWill } from './will.ts';

/** What lasts is copied when it is kept. */
const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer => Buffer.from(buffer, byteOffset, byteLength);

const toRouted = (core: Core, stored: StoredMessage): RoutedMessage =>
  new RoutedMessage({
    topic: core.topics.fromName(stored.topic),
    payload: viewOf(stored.payload),
    qos: stored.qos,
    retain: stored.retain,
    properties: parsePropertyFields(stored.propertyFields),
    expiresAtMs: stored.expiresAtMs,
  });

/** Reads back what an earlier run acknowledged; returns the highest key of the store. */
export const restore = (
  core: Core,
  state: Iterable<StoredSessionState>,
  kept: { retained: Iterable<StoredMessage>; messages: ReadonlyMap<number, StoredMessage> },
): number => {
  for (const stored of kept.retained) core.retained.set(toRouted(core, stored).kept());
  const messages = new Map<number, RoutedMessage>();
  let highest = 0;
  for (const [messageId, stored] of kept.messages) {
    const message = toRouted(core, stored);
    message.storedId = messageId;
    messages.set(messageId, message);
    highest = Math.max(highest, messageId);
  }
  for (const session of state) highest = Math.max(highest, restoreSession(core, session, messages));
  for (const message of messages.values()) {
    if (message.references === 0) core.changes.append({ type: 'message-end', messageId: message.storedId });
  }
  return highest;
};

const restoreSession = (
  core: Core,
  state: StoredSessionState,
  messages: ReadonlyMap<number, RoutedMessage>,
): number => {
  const { clientId, principal, expirySeconds, expiresAtMs, will } = state.session;
  const session = new Session(clientId, principal, expirySeconds);
  const nowMs = core.clock.now();
  session.isStored = session.isPersistent;
  session.isWillStored = !session.isPersistent;
  // Without a deadline it was connected when the last run ended: its time runs from now.
  session.expiresAtMs = expiresAtMs ?? (session.isPersistent ? session.expiryFrom(nowMs) : nowMs + willGraceMs);
  if (will) {
    session.will = restoreWill(core, will);
    session.willDueAtMs = will.dueAtMs ?? nowMs + Math.max(will.delaySeconds * 1000, willGraceMs);
  }
  for (const packetId of state.receivedPacketIds) session.received.add(packetId);
  for (const subscription of state.subscriptions) restoreSubscription(core, session, subscription);
  core.sessions.set(clientId, session);
  let highest = 0;
  for (const stored of state.deliveries) {
    highest = Math.max(highest, stored.position);
    const message = messages.get(stored.messageId);
    if (message) restoreDelivery(session, stored, message);
  }
  return highest;
};

/** Clients that were connected when the broker died get so long to come back before their will is published. */
const willGraceMs = 30_000;

const restoreSubscription = (core: Core, session: Session, stored: StoredSubscription): void => {
  const subscription: Subscription = {
    ...stored,
    session,
    topicFilter: parseSharedFilter(stored.filter)?.filter ?? stored.filter,
    share: core.routes.shareOf(stored.filter),
  };
  session.subscriptions.set(stored.filter, subscription);
  core.routes.add(subscription);
};

const restoreDelivery = (session: Session, stored: StoredDelivery, message: RoutedMessage): void => {
  message.references++;
  const delivery: Delivery = {
    message: message.own(),
    qos: stored.qos,
    retain: stored.retain,
    identifiers: stored.identifiers.length > 0 ? stored.identifiers : undefined,
    position: stored.position,
    packetId: stored.packetId,
    state: stored.state,
  };
  if (stored.state === 'queued') session.queue.push(delivery);
  else session.inflight.set(stored.packetId, delivery);
};
