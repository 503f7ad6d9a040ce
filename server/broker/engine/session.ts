import type { QoS } from '../../../shared/mqtt/message.ts';
import type { Connection } from './connection.ts';
import type { Principal } from './engine.ts';
import { neverExpires } from './limits.ts';
import type { RoutedMessage } from './message.ts';
import { DeliveryQueue } from './queue.ts';
import type { ShareGroup } from './shares.ts';
import type { DeliveryState, StoredSession, StoredWill } from './store.ts';
import { Subscriptions } from './subscriptions.ts';
import type { Will } from './will.ts';

const lastPacketId = 65_535;

/** One topic filter of one session, with its options. */
export interface Subscription {
  readonly session: Session;
  /** As the client gave it: the key for replacing and unsubscribing. */
  readonly filter: string;
  /** What topics are matched against: without `$share/<group>/`. */
  readonly topicFilter: string;
  readonly share: ShareGroup | undefined;
  readonly qos: QoS;
  readonly noLocal: boolean;
  readonly retainAsPublished: boolean;
  readonly identifier: number | undefined;
}

/** A QoS 1 or 2 message on its way to one session. */
export interface Delivery {
  /** Undefined once sent in a session that ends with its connection: nothing is sent again there. */
  readonly message: RoutedMessage | undefined;
  readonly qos: QoS;
  readonly retain: boolean;
  readonly identifiers: readonly number[] | undefined;
  /** The order in the store; 0 when the session is not stored. */
  readonly position: number;
  packetId: number;
  state: DeliveryState;
}

/** What the broker knows about one client id, connected or not (section 4.1 of the standard). */
export class Session {
  readonly clientId: string;
  readonly principal: Principal;
  readonly subscriptions = new Subscriptions();
  /** Sent and not completed, by packet id, in the order of sending [MQTT-4.6.0-1]. */
  readonly inflight = new Map<number, Delivery>();
  /** Those of `inflight` that this connection has not been sent yet. */
  readonly resend: Delivery[] = [];
  /** Waiting for room in the client's window, or for the client. */
  readonly queue = new DeliveryQueue();
  /** QoS 2 packet ids received and not yet released by the client [MQTT-4.3.3-10]. */
  readonly received = new Set<number>();
  connection: Connection | undefined;
  /** Whether the store knows it with all that belongs to it. */
  isStored = false;
  /** Whether the store knows its will alone: a session that ends with its connection, should the broker die first. */
  isWillStored = false;
  /** 0: ends with its connection. */
  expirySeconds: number;
  /** While disconnected: when it ends; undefined for never. */
  expiresAtMs: number | undefined;
  /** The will of the live connection, or one that waits for its delay. */
  will: Will | undefined;
  /** While disconnected: when the will is to be published. */
  willDueAtMs: number | undefined;

  #nextPacketId = 1;

  constructor(clientId: string, principal: Principal, expirySeconds: number) {
    this.clientId = clientId;
    this.principal = principal;
    this.expirySeconds = expirySeconds;
  }

  /** Whether it outlives its connection and is therefore stored. */
  get isPersistent(): boolean {
    return this.expirySeconds > 0;
  }

  /** A packet id that no delivery uses [MQTT-2.2.1-4]. */
  takePacketId(): number {
    while (this.inflight.has(this.#nextPacketId)) this.#advance();
    const packetId = this.#nextPacketId;
    this.#advance();
    return packetId;
  }

  dropFromResend(delivery: Delivery): void {
    const index = this.resend.indexOf(delivery);
    if (index >= 0) this.resend.splice(index, 1);
  }

  /** When a session that is disconnected now will end. */
  expiryFrom(nowMs: number): number | undefined {
    return this.expirySeconds === neverExpires ? undefined : nowMs + this.expirySeconds * 1000;
  }

  /** Whether its client has stayed away for too long. */
  isExpired(nowMs: number): boolean {
    return !this.connection && this.expiresAtMs !== undefined && this.expiresAtMs <= nowMs;
  }

  toStored(will: StoredWill | undefined): StoredSession {
    return {
      clientId: this.clientId,
      principal: this.principal,
      expirySeconds: this.expirySeconds,
      expiresAtMs: this.expiresAtMs,
      will,
    };
  }

  #advance(): void {
    this.#nextPacketId = this.#nextPacketId === lastPacketId ? 1 : this.#nextPacketId + 1;
  }
}
