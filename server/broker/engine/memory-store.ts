import type {
  Change,
  EngineStore,
  StoredDelivery,
  StoredMessage,
  StoredSession,
  StoredSessionState,
  StoredState,
  StoredSubscription,
} from './store.ts';

interface MemorySession {
  session: StoredSession;
  readonly subscriptions: Map<string, StoredSubscription>;
  readonly deliveries: Map<number, StoredDelivery>;
  readonly receivedPacketIds: Set<number>;
}

type Appliers = { readonly [T in Change['type']]: (change: Extract<Change, { type: T }>) => void };

const toState = (entry: MemorySession): StoredSessionState => ({
  session: entry.session,
  subscriptions: [...entry.subscriptions.values()],
  deliveries: [...entry.deliveries.values()].sort((first, second) => first.position - second.position),
  receivedPacketIds: [...entry.receivedPacketIds],
});

/** A store that forgets with the process; a second engine on the same store sees what the first one left. */
export const createMemoryStore = (): EngineStore => {
  const retained = new Map<string, StoredMessage>();
  const messages = new Map<number, StoredMessage>();
  const sessions = new Map<string, MemorySession>();
  const owners = new Map<number, string>();

  const sessionOf = (clientId: string): MemorySession => {
    const found = sessions.get(clientId);
    if (!found) throw new Error(`no session ${clientId} in the store`);
    return found;
  };

  const putSession = (session: StoredSession): void => {
    const known = sessions.get(session.clientId);
    if (known) known.session = session;
    else
      sessions.set(session.clientId, {
        session,
        subscriptions: new Map(),
        deliveries: new Map(),
        receivedPacketIds: new Set(),
      });
  };

  const progress = (change: Extract<Change, { type: 'progress' }>): void => {
    const deliveries = sessions.get(owners.get(change.position) ?? '')?.deliveries;
    const delivery = deliveries?.get(change.position);
    if (delivery) deliveries?.set(change.position, { ...delivery, packetId: change.packetId, state: change.state });
  };

  const appliers: Appliers = {
    retain: ({ message }) => void retained.set(message.topic, message),
    unretain: ({ topic }) => void retained.delete(topic),
    session: ({ session }) => putSession(session),
    'session-end': ({ clientId }) => void sessions.delete(clientId),
    subscribe: ({ clientId, subscription }) =>
      void sessionOf(clientId).subscriptions.set(subscription.filter, subscription),
    unsubscribe: ({ clientId, filter }) => void sessionOf(clientId).subscriptions.delete(filter),
    message: ({ messageId, message }) => void messages.set(messageId, message),
    'message-end': ({ messageId }) => void messages.delete(messageId),
    enqueue: ({ clientId, delivery }) => {
      sessionOf(clientId).deliveries.set(delivery.position, delivery);
      owners.set(delivery.position, clientId);
    },
    progress,
    dequeue: ({ position }) => {
      sessions.get(owners.get(position) ?? '')?.deliveries.delete(position);
      owners.delete(position);
    },
    received: ({ clientId, packetId }) => void sessionOf(clientId).receivedPacketIds.add(packetId),
    released: ({ clientId, packetId }) => void sessionOf(clientId).receivedPacketIds.delete(packetId),
  };
  const apply = <T extends Change['type']>(type: T, change: Extract<Change, { type: T }>): void =>
    appliers[type](change);

  const load = (): StoredState => ({
    retained: [...retained.values()],
    sessions: [...sessions.values()].map(toState),
    messages: new Map(messages),
  });

  return { load, commit: (changes) => changes.forEach((change) => apply(change.type, change)) };
};
