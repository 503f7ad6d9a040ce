/** Everything the engine bounds, with a name. Bytes, milliseconds and counts as the names say. */
export interface EngineLimits {
  /** Largest packet before CONNECT was accepted. */
  readonly maxConnectPacketBytes: number;
  /** Largest packet afterwards, announced to 5.0 clients. */
  readonly maxPacketBytes: number;
  /** Bytes kept while a CONNECT is being authenticated. */
  readonly maxEarlyBytes: number;
  /** Until CONNECT has come. */
  readonly connectTimeoutMs: number;
  /** From the beginning until it is known who a client is: a thousand devices at once may have to wait for each other. */
  readonly authenticateTimeoutMs: number;
  /** Connections whose CONNECT has not come; over it the oldest is closed, so that new clients always get in. */
  readonly maxHalfOpenConnections: number;
  readonly maxConnections: number;
  /** Per remote address; connections from loopback count only if `isLoopbackLimited`. */
  readonly maxConnectionsPerAddress: number;
  readonly isLoopbackLimited: boolean;
  readonly maxClientIdBytes: number;
  /** 200 slashes, as in Mosquitto. */
  readonly maxTopicLevels: number;
  readonly maxSubscriptionsPerClient: number;
  /** Of all topic filters of one client together: how long it may take to find who gets a topic, and what the tree of filters weighs. */
  readonly maxSubscriptionLevels: number;
  /** Of all topic filters of one client together: each may have 64 kB. */
  readonly maxSubscriptionBytes: number;
  readonly maxSessions: number;
  readonly maxRetainedMessages: number;
  readonly maxRetainedBytes: number;
  /** Cap on the session expiry a client may ask for; 0xFFFFFFFF is never. */
  readonly maxSessionExpirySeconds: number;
  /** QoS 1 and 2 messages sent to a client and not acknowledged; a 5.0 client may ask for fewer. */
  readonly maxInflight: number;
  /** QoS 1 and 2 publishes a client may have open (announced as Receive Maximum). */
  readonly receiveMaximum: number;
  readonly maxQueuedMessages: number;
  readonly maxQueuedBytes: number;
  /** What waits for all clients together, over which each queue that has `congestedQueuedMessages` grows no more. */
  readonly maxTotalQueuedBytes: number;
  readonly congestedQueuedMessages: number;
  /** Over it, what is queued longest goes (`oldest`) or the new message (`newest`). */
  readonly queueDropPolicy: 'oldest' | 'newest';
  /** Bytes on their way to one client, over which QoS 0 is dropped and QoS 1 and 2 wait in the queue. */
  readonly maxOutboundBytes: number;
  /** Bytes on their way to all clients together, over which each may have only `congestedOutboundBytes`. */
  readonly maxTotalOutboundBytes: number;
  readonly congestedOutboundBytes: number;
  /** Acknowledgements and other answers to one client that it has not read: over it, it is disconnected. */
  readonly maxUnreadAnswerBytes: number;
  /** A client that has bytes waiting and takes none for so long is disconnected. */
  readonly drainTimeoutMs: number;
  readonly topicAliasMaximum: number;
  /** Messages per second one client may publish on average, with as many at once; 0 is no limit. */
  readonly maxMessagesPerSecond: number;
  /** Acknowledgements per second whose packet id nobody waits for: over it, the client is disconnected. */
  readonly maxStrayAcksPerSecond: number;
  /** Longest keep alive of 5.0 clients, which are told: the house knows soon that a device is gone. 3.x cannot be told. */
  readonly maxKeepAliveSeconds: number;
  /** Topic names remembered as checked, with who gets them; one more, and all are found anew. */
  readonly maxKnownTopics: number;
  /** Receivers remembered with them, for all topics together. */
  readonly maxRememberedTargets: number;
  /** Changes that nobody waits for are written together with the next urgent one, or when so many have come together. */
  readonly maxLazyChanges: number;
}

/** Limits that make the engine say no, and are counted each time they do. The others are agreed on with the client. */
export const countedLimits = [
  'maxConnectPacketBytes',
  'maxPacketBytes',
  'maxEarlyBytes',
  'connectTimeoutMs',
  'authenticateTimeoutMs',
  'maxHalfOpenConnections',
  'maxConnections',
  'maxConnectionsPerAddress',
  'maxClientIdBytes',
  'maxTopicLevels',
  'maxSubscriptionsPerClient',
  'maxSubscriptionLevels',
  'maxSubscriptionBytes',
  'maxSessions',
  'maxRetainedMessages',
  'maxRetainedBytes',
  'receiveMaximum',
  'maxQueuedMessages',
  'maxQueuedBytes',
  'congestedQueuedMessages',
  'maxOutboundBytes',
  'congestedOutboundBytes',
  'maxUnreadAnswerBytes',
  'drainTimeoutMs',
  'topicAliasMaximum',
  'maxMessagesPerSecond',
  'maxStrayAcksPerSecond',
] as const satisfies readonly (keyof EngineLimits)[];
export type CountedLimit = (typeof countedLimits)[number];

/** `maxQueuedBytes` is `max-queued-bytes` to people: on the command line, under `$SYS`, and in `/metrics`. */
export const limitName = (limit: string): string => limit.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export const neverExpires = 0xffff_ffff;

export const defaultLimits: EngineLimits = {
  maxConnectPacketBytes: 256 * 1024,
  maxPacketBytes: 1024 * 1024,
  maxEarlyBytes: 256 * 1024,
  connectTimeoutMs: 10_000,
  authenticateTimeoutMs: 60_000,
  maxHalfOpenConnections: 1_000,
  maxConnections: 10_000,
  maxConnectionsPerAddress: 2_000,
  isLoopbackLimited: false,
  maxClientIdBytes: 1_024,
  maxTopicLevels: 201,
  maxSubscriptionsPerClient: 5_000,
  maxSubscriptionLevels: 50_000,
  maxSubscriptionBytes: 1024 * 1024,
  maxSessions: 20_000,
  maxRetainedMessages: 200_000,
  maxRetainedBytes: 256 * 1024 * 1024,
  maxSessionExpirySeconds: neverExpires,
  maxInflight: 1_000,
  receiveMaximum: 1_000,
  maxQueuedMessages: 10_000,
  maxQueuedBytes: 16 * 1024 * 1024,
  maxTotalQueuedBytes: 256 * 1024 * 1024,
  congestedQueuedMessages: 100,
  queueDropPolicy: 'oldest',
  maxOutboundBytes: 8 * 1024 * 1024,
  maxTotalOutboundBytes: 64 * 1024 * 1024,
  congestedOutboundBytes: 128 * 1024,
  maxUnreadAnswerBytes: 1024 * 1024,
  drainTimeoutMs: 60_000,
  topicAliasMaximum: 100,
  maxMessagesPerSecond: 0,
  maxStrayAcksPerSecond: 10_000,
  maxKeepAliveSeconds: 60,
  maxKnownTopics: 20_000,
  maxRememberedTargets: 200_000,
  maxLazyChanges: 2_000,
};
