import type { CountedLimit } from '../limits.ts';

/** MQTT 5 reason codes that this broker sends or understands (section 2.4 of the standard). */
export const reason = {
  success: 0x00,
  grantedQos1: 0x01,
  grantedQos2: 0x02,
  disconnectWithWill: 0x04,
  noMatchingSubscribers: 0x10,
  noSubscriptionExisted: 0x11,
  continueAuthentication: 0x18,
  reAuthenticate: 0x19,
  unspecifiedError: 0x80,
  malformedPacket: 0x81,
  protocolError: 0x82,
  implementationSpecificError: 0x83,
  unsupportedProtocolVersion: 0x84,
  clientIdentifierNotValid: 0x85,
  badUserNameOrPassword: 0x86,
  notAuthorized: 0x87,
  serverUnavailable: 0x88,
  serverBusy: 0x89,
  banned: 0x8a,
  serverShuttingDown: 0x8b,
  badAuthenticationMethod: 0x8c,
  keepAliveTimeout: 0x8d,
  sessionTakenOver: 0x8e,
  topicFilterInvalid: 0x8f,
  topicNameInvalid: 0x90,
  packetIdentifierInUse: 0x91,
  packetIdentifierNotFound: 0x92,
  receiveMaximumExceeded: 0x93,
  topicAliasInvalid: 0x94,
  packetTooLarge: 0x95,
  messageRateTooHigh: 0x96,
  quotaExceeded: 0x97,
  administrativeAction: 0x98,
  payloadFormatInvalid: 0x99,
  connectionRateExceeded: 0x9f,
} as const;

/** One of the codes of `reason`, or another byte a client sent. */
export type ReasonCode = number;

/** The CONNACK return codes of MQTT 3.1 and 3.1.1. */
export const returnCode = {
  accepted: 0,
  unacceptableProtocolLevel: 1,
  identifierRejected: 2,
  serverUnavailable: 3,
  badUserNameOrPassword: 4,
  notAuthorized: 5,
} as const;

/** A packet that breaks the standard. Thrown inside the codec and handlers, caught at the connection, which closes. */
export class ProtocolViolation extends Error {
  /** Undefined: the connection closes without a word. */
  readonly code: ReasonCode | undefined;
  /** Set when the packet is fine but for a limit of ours. */
  readonly limit: CountedLimit | undefined;

  constructor(code: ReasonCode | undefined, message: string, limit?: CountedLimit) {
    super(message);
    this.name = 'ProtocolViolation';
    this.code = code;
    this.limit = limit;
  }
}

/** Throws for bytes that cannot be parsed: reason 0x81. */
export const malformed = (message: string, limit?: CountedLimit): never => {
  throw new ProtocolViolation(reason.malformedPacket, message, limit);
};

/** Throws for what no DISCONNECT can answer, because nobody would understand or expect one (a SHOULD, section 4.13.1). */
export const unanswerable = (message: string): never => {
  throw new ProtocolViolation(undefined, message);
};

/** Throws for well-formed bytes that are not allowed here: reason 0x82. */
export const protocolError = (message: string): never => {
  throw new ProtocolViolation(reason.protocolError, message);
};
