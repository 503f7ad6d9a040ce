import type { QoS } from '../../../shared/mqtt/message.ts';
import type { Principal } from './engine.ts';

/** A message at rest. `propertyFields` is an MQTT 5 property list without its length. Times are wall-clock milliseconds. */
export interface StoredMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: QoS;
  readonly retain: boolean;
  readonly propertyFields: Uint8Array;
  readonly expiresAtMs: number | undefined;
}

export interface StoredWill extends StoredMessage {
  readonly delaySeconds: number;
  /** Set once the connection is gone: when the will is to be published. */
  readonly dueAtMs: number | undefined;
}

export interface StoredSession {
  readonly clientId: string;
  readonly principal: Principal;
  readonly expirySeconds: number;
  /** Undefined while connected and for sessions that never expire. */
  readonly expiresAtMs: number | undefined;
  readonly will: StoredWill | undefined;
}

export interface StoredSubscription {
  /** As the client gave it, with `$share/…` if shared. */
  readonly filter: string;
  readonly qos: QoS;
  readonly noLocal: boolean;
  readonly retainAsPublished: boolean;
  readonly identifier: number | undefined;
}

/** Waiting, sent and not acknowledged, or (QoS 2) received by the client and not completed. */
export type DeliveryState = 'queued' | 'sent' | 'released';

/** One message on its way to one session; `position` orders them and is unique in the store. */
export interface StoredDelivery {
  readonly position: number;
  readonly messageId: number;
  readonly qos: QoS;
  readonly retain: boolean;
  readonly identifiers: readonly number[];
  readonly packetId: number;
  readonly state: DeliveryState;
}

/** What the engine tells its store. Changes of one batch take effect together or not at all, in order. */
export type Change =
  | { readonly type: 'retain'; readonly message: StoredMessage }
  | { readonly type: 'unretain'; readonly topic: string }
  | { readonly type: 'session'; readonly session: StoredSession }
  /** Ends a session with its subscriptions, received packet ids, and deliveries, which are those with a position before that. */
  | { readonly type: 'session-end'; readonly clientId: string; readonly beforePosition: number }
  | { readonly type: 'subscribe'; readonly clientId: string; readonly subscription: StoredSubscription }
  | { readonly type: 'unsubscribe'; readonly clientId: string; readonly filter: string }
  /** A message that deliveries refer to, kept once for all of them. */
  | { readonly type: 'message'; readonly messageId: number; readonly message: StoredMessage }
  | { readonly type: 'message-end'; readonly messageId: number }
  | { readonly type: 'enqueue'; readonly clientId: string; readonly delivery: StoredDelivery }
  | { readonly type: 'progress'; readonly position: number; readonly packetId: number; readonly state: DeliveryState }
  | { readonly type: 'dequeue'; readonly position: number }
  /** A QoS 2 packet id whose PUBLISH was accepted and whose PUBREL is awaited. */
  | { readonly type: 'received'; readonly clientId: string; readonly packetId: number }
  | { readonly type: 'released'; readonly clientId: string; readonly packetId: number };

export interface StoredSessionState {
  readonly session: StoredSession;
  readonly subscriptions: readonly StoredSubscription[];
  /** In order of position. */
  readonly deliveries: readonly StoredDelivery[];
  readonly receivedPacketIds: readonly number[];
}

/** Everything a store holds, as the engine reads it at its start. */
export interface StoredState {
  readonly retained: Iterable<StoredMessage>;
  readonly sessions: Iterable<StoredSessionState>;
  readonly messages: ReadonlyMap<number, StoredMessage>;
}

/** Where the engine keeps what it acknowledged. */
export interface EngineStore {
  load(): StoredState;
  /**
   * Makes a batch of changes durable; when it returns (or its promise resolves) they survive a crash.
   * When nobody waits for it (`isAwaited` false), a power cut may still take it, to spare SD cards a sync.
   * Throws or rejects when it cannot promise that, for example on a full disk: the same changes come again with the next batch.
   */
  commit(changes: readonly Change[], isAwaited: boolean): void | Promise<void>;
}
