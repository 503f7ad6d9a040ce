import { neverExpires } from './limits.ts';
import type { EngineLimits } from './limits.ts';

/** What a limit may be: a whole number within bounds, yes or no, or one of a few words. */
export type LimitRange =
  { readonly min: number; readonly max: number } | { readonly isSwitch: true } | { readonly words: readonly string[] };

/** The standard's largest packet. */
const largestPacket = 268_435_460;
/** What the standard keeps in two bytes. */
const largestTwoBytes = 65_535;
const largestCount = 10_000_000;
const largestBytes = 64 * 1024 * 1024 * 1024;
const largestMs = 24 * 60 * 60 * 1000;
/** A CONNECT with names, password and a small will. */
const smallestPacket = 1_024;

const count = (min = 1, max = largestCount): LimitRange => ({ min, max });
const bytes = (min: number, max = largestBytes): LimitRange => ({ min, max });
const time: LimitRange = { min: 100, max: largestMs };

/** What each limit may be set to: nothing with which the broker could not work. */
export const limitRanges: { readonly [Name in keyof EngineLimits]: LimitRange } = {
  maxConnectPacketBytes: bytes(smallestPacket, largestPacket),
  maxPacketBytes: bytes(smallestPacket, largestPacket),
  maxEarlyBytes: bytes(smallestPacket),
  connectTimeoutMs: time,
  authenticateTimeoutMs: time,
  maxHalfOpenConnections: count(),
  maxConnections: count(),
  maxConnectionsPerAddress: count(),
  isLoopbackLimited: { isSwitch: true },
  maxClientIdBytes: bytes(23, largestTwoBytes), // what every server must take [MQTT-3.1.3-5]
  maxTopicLevels: count(2, 1_000), // trees are walked level by level, on the stack
  maxSubscriptionsPerClient: count(),
  maxSubscriptionLevels: count(),
  maxSubscriptionBytes: bytes(smallestPacket),
  maxSessions: count(),
  maxRetainedMessages: count(),
  maxRetainedBytes: bytes(smallestPacket),
  maxSessionExpirySeconds: count(0, neverExpires),
  maxInflight: count(1, largestTwoBytes),
  receiveMaximum: count(1, largestTwoBytes),
  maxQueuedMessages: count(0),
  maxQueuedBytes: bytes(0),
  maxTotalQueuedBytes: bytes(0),
  congestedQueuedMessages: count(0),
  queueDropPolicy: { words: ['oldest', 'newest'] },
  maxOutboundBytes: bytes(smallestPacket),
  maxTotalOutboundBytes: bytes(smallestPacket),
  congestedOutboundBytes: bytes(smallestPacket),
  maxUnreadAnswerBytes: bytes(smallestPacket),
  drainTimeoutMs: time,
  topicAliasMaximum: count(0, largestTwoBytes),
  maxMessagesPerSecond: count(0),
  maxStrayAcksPerSecond: count(1),
  maxKeepAliveSeconds: count(1, largestTwoBytes),
  maxKnownTopics: count(),
  maxRememberedTargets: count(),
  maxLazyChanges: count(),
};
