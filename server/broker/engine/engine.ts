import type { Message } from '../../../shared/mqtt/message.ts';

/** Who stands behind a connection. `kind` decides which rights apply; `name` is the account's or device's name. */
export interface Principal {
  readonly kind: 'person' | 'app' | 'device' | 'viewer' | 'server' | 'anonymous';
  readonly id: string;
  readonly name: string;
}

/** A byte stream to one client: TCP, TLS, WebSocket and in-memory tests look the same to the engine. */
export interface Transport {
  /**
   * Hands bytes over; never blocks. The engine calls it at most once per client and event-loop turn. When nothing waits afterwards
   * (`bufferedBytes` is 0), the bytes are the engine's again: a transport that still needs them copies them.
   */
  write(bytes: Uint8Array): void;
  /** Bytes handed over and not yet taken by the peer's socket; the engine's fairness limits read it. */
  readonly bufferedBytes: number;
  close(): void;
  onData(listener: (bytes: Uint8Array) => void): void;
  /** Stops and starts reading from the peer; of a transport without them everything that comes is kept until its turn. */
  pause?(): void;
  resume?(): void;
  /** Fires when the bytes that waited have been taken; a transport without it is looked at once a second. */
  onDrain?(listener: () => void): void;
  /** Fires exactly once, whoever closed. */
  onClose(listener: () => void): void;
}

/** Facts about a connection that the engine itself cannot know. */
export interface Origin {
  readonly remoteAddress: string;
  readonly via: 'tcp' | 'tls' | 'websocket' | 'memory';
  /** Set when the listener already knows the person, for example from a login cookie; CONNECT credentials win over it. */
  readonly principal?: Principal;
  /** The login this connection hangs on, so that ending the login can cut it. */
  readonly loginId?: string;
}

/** What a CONNECT packet says about who wants in. */
export interface ConnectRequest {
  readonly clientId: string;
  readonly username?: string;
  readonly password?: Uint8Array;
  readonly protocolVersion: 3 | 4 | 5;
  readonly origin: Origin;
}

/** Why a client was turned away, in the words of the devices page. */
export type RefusalReason = 'no-credentials' | 'bad-credentials' | 'throttled' | 'blocked' | 'limit' | 'protocol';
/** Why a listener did not even take a connection: not without TLS from that network, no TLS that both speak and trust, a foreign web page. */
export type ListenerRefusal = 'network' | 'tls' | 'origin';

export type Authentication =
  { readonly ok: true; readonly principal: Principal } | { readonly ok: false; readonly reason: RefusalReason };

export type Action = 'publish' | 'subscribe' | 'receive';

/** A live connection as pages show it. Times are wall-clock milliseconds. */
export interface ClientInfo {
  readonly clientId: string;
  readonly principal: Principal;
  readonly origin: Origin;
  readonly protocolVersion: 3 | 4 | 5;
  readonly connectedAtMs: number;
  readonly keepAliveSeconds: number;
  readonly messagesIn: number;
  readonly messagesOut: number;
  readonly messagesDropped: number;
  readonly lastMessageAtMs?: number;
  readonly will?: { readonly topic: string; readonly payload: Uint8Array; readonly retain: boolean };
}

/** What an observer learns of a routed message beside the message itself. */
export interface Delivery {
  readonly message: Message;
  /** Undefined for messages the server published itself. */
  readonly publisher?: { readonly clientId: string; readonly principal: Principal };
  /** Wall-clock milliseconds of arrival. */
  readonly atMs: number;
}

export type EngineEvent =
  | { readonly type: 'connected'; readonly client: ClientInfo }
  | { readonly type: 'disconnected'; readonly client: ClientInfo; readonly reason: string; readonly byWill: boolean }
  | {
      readonly type: 'turned-away';
      readonly clientId: string;
      readonly username?: string;
      readonly remoteAddress: string;
      readonly reason: RefusalReason | ListenerRefusal;
      readonly atMs: number;
    }
  /** `authorize` or an inspector said no to a publish (a will included) or a subscription. Comes as often as the client tries: listen cheaply. */
  | {
      readonly type: 'refused';
      readonly clientId: string;
      readonly principal: Principal;
      readonly action: 'publish' | 'subscribe';
      readonly topic: string;
      /** Why an inspector said no; absent when `authorize` did. */
      readonly reason?: string;
      /** What it looked at. Lies in a socket's buffer: who keeps it copies it. */
      readonly payload?: Uint8Array;
      readonly atMs: number;
    }
  | {
      readonly type: 'subscribed';
      readonly clientId: string;
      readonly principal: Principal;
      /** Without `$share/<group>/`. */
      readonly filter: string;
      readonly atMs: number;
    }
  | { readonly type: 'store-failed'; readonly message: string };

/** What the engine keeps under a client id, connected or not. */
export interface SessionInfo {
  readonly clientId: string;
  readonly principal: Principal;
  /** Topic filters, without `$share/<group>/`. */
  readonly filters: readonly string[];
}

export interface EngineStats {
  readonly clientsConnected: number;
  readonly sessions: number;
  readonly retainedMessages: number;
  readonly subscriptions: number;
  readonly messagesReceived: number;
  readonly messagesSent: number;
  readonly messagesDropped: number;
  readonly bytesReceived: number;
  readonly bytesSent: number;
  /** False while commits fail, for example on a full disk. */
  readonly isStoreHealthy: boolean;
}

/** All that a monitoring system asks, as of one moment. Counts by name have an entry for each name that can occur. */
export interface EngineFigures extends EngineStats {
  /** Clients that are in, by protocol and listener. */
  readonly connections: readonly {
    readonly protocolVersion: ClientInfo['protocolVersion'];
    readonly via: Origin['via'];
    readonly count: number;
  }[];
  /** Connections whose CONNECT has not come: what `maxHalfOpenConnections` bounds. */
  readonly connectionsHalfOpen: number;
  readonly connectionsAccepted: number;
  readonly connectionsRefused: Readonly<Record<RefusalReason | ListenerRefusal, number>>;
  readonly messagesDroppedBy: Readonly<Record<string, number>>;
  /** Deliveries that observers were too slow for. */
  readonly messagesMissed: number;
  /** How often a limit made the broker say no. */
  readonly limitsExceeded: Readonly<Record<string, number>>;
  readonly limits: Readonly<Record<string, number>>;
  readonly packetsReceived: number;
  readonly retainedBytes: number;
  /** Messages that wait for their client, and those sent and not acknowledged. */
  readonly queuedMessages: number;
  readonly queuedBytes: number;
  readonly inflightMessages: number;
  /** Bytes on their way to all clients. */
  readonly outboundBytes: number;
  /** How long it took to store what was acknowledged: counts per bound, the last for what is above all bounds. */
  readonly commitTimes: {
    readonly boundsMs: readonly number[];
    readonly counts: readonly number[];
    readonly sumMs: number;
  };
}

/** The broker as the rest of Kachel sees it; our own engine is one implementation. */
export interface Engine {
  /** Takes over a fresh byte stream whose first packet must be CONNECT. */
  attach(transport: Transport, origin: Origin): void;
  /** Notes a connection that a listener did not take: counted and told like one that the engine refused. */
  noteRefused(remoteAddress: string, reason: ListenerRefusal): void;
  /** Publishes as the server. Resolves when routed and, for retained or QoS > 0, committed. */
  publish(message: Message): Promise<void>;
  /**
   * Sees routed messages after delivery, never on the hot path. Bounded: an observer that throws is reported, not awaited.
   * Payloads lie in a socket's buffer: who keeps one for longer than the call copies it.
   */
  observe(filter: string, listener: (delivery: Delivery) => void): () => void;
  /** The retained message of one topic, if any. */
  retained(topic: string): Message | undefined;
  /** Retained messages whose topics match a filter, at most `limit`, in no particular order. */
  retainedMatching(filter: string, limit: number): readonly Message[];
  /** Cuts every connection for which the test is true; returns how many. */
  disconnect(test: (client: ClientInfo) => boolean, reason: 'taken-over' | 'not-authorized' | 'administrative'): number;
  /** Looks at every live subscription again after rights changed; those no longer allowed end at once. */
  recheckRights(): void;
  clients(): readonly ClientInfo[];
  sessions(): readonly SessionInfo[];
  /** Forgets the sessions for which the test is true, their connections with them; returns how many. */
  endSessions(test: (session: SessionInfo) => boolean): number;
  stats(): EngineStats;
  /** Walks over all connections and sessions: ask every few seconds, not more. */
  figures(): EngineFigures;
  onEvent(listener: (event: EngineEvent) => void): () => void;
  /** Disconnects everybody, commits what is open. */
  close(): Promise<void>;
}
