import type { Database } from 'better-sqlite3';
import type { QoS } from '../../../shared/mqtt/message.ts';
import type { Principal } from '../engine/engine.ts';
import type {
  DeliveryState,
  StoredDelivery,
  StoredMessage,
  StoredSession,
  StoredSessionState,
  StoredState,
  StoredSubscription,
  StoredWill,
} from '../engine/store.ts';
import { subscriptionFlags } from './flags.ts';

// Rows of our own tables: written by sqlite.ts only, so their types are known.
interface RetainedRow {
  topic: string;
  payload: Buffer;
  qos: QoS;
  properties: Buffer;
  expires_at: number | null;
}

interface MessageRow extends RetainedRow {
  id: number;
  retain: number;
}

interface SessionRow {
  client_id: string;
  principal_kind: Principal['kind'];
  principal_id: string;
  principal_name: string;
  expiry_seconds: number;
  expires_at: number | null;
  will_topic: string | null;
  will_payload: Buffer | null;
  will_qos: QoS | null;
  will_retain: number | null;
  will_properties: Buffer | null;
  will_expiry_ms: number | null;
  will_delay_seconds: number | null;
  will_due_at: number | null;
}

interface SubscriptionRow {
  client_id: string;
  filter: string;
  qos: QoS;
  flags: number;
  identifier: number | null;
}

interface DeliveryRow {
  position: number;
  client_id: string;
  message_id: number;
  qos: QoS;
  retain: number;
  identifiers: string;
  packet_id: number;
  state: DeliveryState;
}

const toMessage = (row: RetainedRow, retain: boolean): StoredMessage => ({
  topic: row.topic,
  payload: row.payload,
  qos: row.qos,
  retain,
  propertyFields: row.properties,
  expiresAtMs: row.expires_at ?? undefined,
});

const toWill = (row: SessionRow): StoredWill | undefined => {
  if (row.will_topic === null) return undefined;
  return {
    topic: row.will_topic,
    payload: row.will_payload ?? new Uint8Array(0),
    qos: row.will_qos ?? 0,
    retain: row.will_retain === 1,
    propertyFields: row.will_properties ?? new Uint8Array(0),
    expiresAtMs: row.will_expiry_ms ?? undefined,
    delaySeconds: row.will_delay_seconds ?? 0,
    dueAtMs: row.will_due_at ?? undefined,
  };
};

const toSession = (row: SessionRow): StoredSession => ({
  clientId: row.client_id,
  principal: { kind: row.principal_kind, id: row.principal_id, name: row.principal_name },
  expirySeconds: row.expiry_seconds,
  expiresAtMs: row.expires_at ?? undefined,
  will: toWill(row),
});

const toSubscription = (row: SubscriptionRow): StoredSubscription => ({
  filter: row.filter,
  qos: row.qos,
  noLocal: (row.flags & subscriptionFlags.noLocal) !== 0,
  retainAsPublished: (row.flags & subscriptionFlags.retainAsPublished) !== 0,
  identifier: row.identifier ?? undefined,
});

const toDelivery = (row: DeliveryRow): StoredDelivery => ({
  position: row.position,
  messageId: row.message_id,
  qos: row.qos,
  retain: row.retain === 1,
  identifiers: row.identifiers === '' ? [] : row.identifiers.split(',').map(Number),
  packetId: row.packet_id,
  state: row.state,
});

const grouped = <R extends { client_id: string }, V>(rows: readonly R[], convert: (row: R) => V): Map<string, V[]> => {
  const groups = new Map<string, V[]>();
  for (const row of rows) {
    const group = groups.get(row.client_id);
    if (group) group.push(convert(row));
    else groups.set(row.client_id, [convert(row)]);
  }
  return groups;
};

/** One by one: there may be a hundred thousand, and the engine makes its own of each. */
function* readRetained(db: Database): Generator<StoredMessage> {
  for (const row of db.prepare<[], RetainedRow>('SELECT * FROM engine_retained').iterate()) yield toMessage(row, true);
}

/** Reads everything back, in four passes over the tables. */
export const loadEngineState = (db: Database): StoredState => {
  const subscriptions = grouped(
    db.prepare<[], SubscriptionRow>('SELECT * FROM engine_subscription').all(),
    toSubscription,
  );
  const deliveries = grouped(
    db.prepare<[], DeliveryRow>('SELECT * FROM engine_delivery ORDER BY position').all(),
    toDelivery,
  );
  const received = grouped(
    db.prepare<[], { client_id: string; packet_id: number }>('SELECT * FROM engine_received').all(),
    (row) => row.packet_id,
  );
  const messages = new Map<number, StoredMessage>();
  for (const row of db.prepare<[], MessageRow>('SELECT * FROM engine_message').iterate())
    messages.set(row.id, toMessage(row, row.retain === 1));
  const toState = (row: SessionRow): StoredSessionState => ({
    session: toSession(row),
    subscriptions: subscriptions.get(row.client_id) ?? [],
    deliveries: deliveries.get(row.client_id) ?? [],
    receivedPacketIds: received.get(row.client_id) ?? [],
  });
  return {
    retained: { [Symbol.iterator]: () => readRetained(db) },
    sessions: db.prepare<[], SessionRow>('SELECT * FROM engine_session').all().map(toState),
    messages,
  };
};
