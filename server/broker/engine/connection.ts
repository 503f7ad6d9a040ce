import type { QoS } from '../../../shared/mqtt/message.ts';
import type { TopicAnswers } from '../../../shared/mqtt/topic-answers.ts';
import { IncomingAliases } from './aliases.ts';
import type { OutgoingAliases } from './aliases.ts';
import { ackByte, encodeAck } from './codec/encode.ts';
import { FrameReader } from './codec/frame-reader.ts';
import type { ProtocolVersion } from './codec/packet.ts';
import { ProtocolViolation, reason } from './codec/reason.ts';
import type { ReasonCode } from './codec/reason.ts';
import type { Core } from './core.ts';
import type { ClientInfo, Origin, Principal, Transport } from './engine.ts';
import type { Frame, Publisher, RoutedMessage } from './message.ts';
import type { Inspector } from './options.ts';
import { Outbox } from './outbox.ts';
import { RateLimit } from './rate.ts';
import type { Replays } from './replay.ts';
import type { Session } from './session.ts';

const largestPacket = 268_435_460;
/** An acknowledgement in its short form. */
const ackBytes = 4;

interface Sealed {
  readonly bytes: Buffer;
  readonly batch: number;
}

/** How a message goes to one client. */
export interface How {
  readonly qos: QoS;
  readonly retain: boolean;
  readonly identifiers: readonly number[] | undefined;
}

/** One network connection and what was agreed on it in CONNECT and CONNACK. */
export class Connection {
  readonly frames: FrameReader;
  readonly origin: Origin;
  phase: 'waiting' | 'authenticating' | 'open' | 'closed' = 'waiting';
  version: ProtocolVersion = 4;
  session: Session | undefined;
  publisher: Publisher | undefined;
  keepAliveSeconds = 0;
  connectedAtMs: number;
  lastPacketAtMs: number;
  lastMessageAtMs: number | undefined;
  messagesIn = 0;
  messagesOut = 0;
  messagesDropped = 0;
  /** QoS 1 and 2 messages the client takes at once [MQTT-3.3.4-9]. */
  sendWindow: number;
  /** Largest packet the client takes [MQTT-3.1.2-24]. */
  maxPacketBytes = largestPacket;
  /** Reason strings are allowed in acknowledgements [MQTT-3.1.2-29]. */
  wantsProblemInformation = true;
  incomingAliases: IncomingAliases;
  outgoingAliases: OutgoingAliases | undefined;
  /** QoS 1 publishes of this turn: their acknowledgements have not left yet. */
  qos1Unacknowledged = 0;
  /** Topics this connection has published to, and whether it may; emptied when rights change. */
  publishRights: TopicAnswers | undefined;
  /** Looks at each message of this connection; undefined for most. */
  inspect: Inspector | undefined;
  isDirty = false;
  /** Retained messages that wait for room; undefined until the first SUBSCRIBE. */
  replays: Replays | undefined;
  /** Set while its end is under way, so that it happens once. */
  isEnding = false;
  /** How long what it sent has been handled since it last rested. */
  takenMs = 0;
  /** What it sends waits until the others had their turn. */
  isResting = false;

  /** Undefined when there is no limit. */
  readonly rate: RateLimit | undefined;

  readonly #core: Core;
  readonly #transport: Transport;
  readonly #outbox: Outbox;
  #sealed: Sealed[] = [];
  #waitsFor = 0;
  #isBacklogged = false;
  #writtenBytes = 0;
  #takenBytes = 0;
  /** Answers since somebody looked, and what the client had taken by then. */
  #answerBytes = 0;
  #takenBeforeAnswers = 0;
  #strayAcks: RateLimit | undefined;
  #progressAtMs: number;

  constructor(core: Core, transport: Transport, origin: Origin) {
    this.#core = core;
    this.#transport = transport;
    this.#outbox = new Outbox(core.spaces);
    this.origin = origin;
    this.frames = new FrameReader(core.limits.maxConnectPacketBytes);
    this.connectedAtMs = core.clock.now();
    this.lastPacketAtMs = this.connectedAtMs;
    this.#progressAtMs = this.connectedAtMs;
    const { maxMessagesPerSecond } = core.limits;
    this.rate = maxMessagesPerSecond > 0 ? new RateLimit(maxMessagesPerSecond, this.connectedAtMs) : undefined;
    this.sendWindow = core.limits.maxInflight;
    this.incomingAliases = new IncomingAliases(core.limits.topicAliasMaximum);
  }

  /** Who is connected; undefined before CONNECT was accepted. */
  get principal(): Principal | undefined {
    return this.session?.principal;
  }

  /** Bytes on their way to the client. */
  get outboundBytes(): number {
    return this.#outbox.length + (this.#isBacklogged ? this.#transport.bufferedBytes : 0);
  }

  get isOverOutboundLimit(): boolean {
    const { limits, isCongested } = this.#core;
    return this.outboundBytes > (isCongested ? limits.congestedOutboundBytes : limits.maxOutboundBytes);
  }

  /** Whether bytes are waiting and the client has taken none for the drain timeout; to be asked now and then. */
  isStalled(nowMs: number): boolean {
    const waiting = this.#transport.bufferedBytes;
    const taken = this.#writtenBytes - waiting;
    if (waiting === 0 || taken > this.#takenBytes) this.#progressAtMs = nowMs;
    this.#takenBytes = taken;
    return nowMs - this.#progressAtMs >= this.#core.limits.drainTimeoutMs;
  }

  /**
   * Whether answers pile up: the client asks and does not read. Messages alone do not count, they are dropped or wait;
   * answers cannot.
   */
  get isIgnoringAnswers(): boolean {
    const { maxUnreadAnswerBytes } = this.#core.limits;
    if (this.#answerBytes <= maxUnreadAnswerBytes) return false;
    const waiting = this.#transport.bufferedBytes;
    const taken = this.#writtenBytes - waiting;
    const isReading = waiting <= maxUnreadAnswerBytes || taken - this.#takenBeforeAnswers > maxUnreadAnswerBytes;
    this.#answerBytes = 0;
    this.#takenBeforeAnswers = taken;
    return !isReading;
  }

  /** The client acknowledges what nobody waits for: answers may cross on the way, but not in floods. */
  noteStrayAck(): void {
    const nowMs = this.#core.clock.now();
    this.#strayAcks ??= new RateLimit(this.#core.limits.maxStrayAcksPerSecond, nowMs);
    if (this.#strayAcks.take(nowMs)) return;
    throw new ProtocolViolation(reason.quotaExceeded, 'acknowledges nothing too often', 'maxStrayAcksPerSecond');
  }

  send(bytes: Buffer): void {
    if (this.phase === 'closed') return;
    this.#core.counters.packetsSent++;
    this.#answerBytes += bytes.length;
    this.#outbox.push(bytes, 0, bytes.length);
    this.#core.turn.touch(this);
  }

  /** An acknowledgement; a reason other than success exists in 5.0 only. */
  ack(type: keyof typeof ackByte, packetId: number, answer?: { code: ReasonCode; text?: string }): void {
    if (this.phase === 'closed') return;
    if (!answer || answer.code === 0 || this.version !== 5) {
      this.#core.counters.packetsSent++;
      this.#answerBytes += ackBytes;
      this.#outbox.pushAck(ackByte[type], packetId);
      this.#core.turn.touch(this);
      return;
    }
    const reasonString = this.wantsProblemInformation ? answer.text : undefined;
    const bytes = encodeAck(ackByte[type], packetId, { code: answer.code, reasonString });
    const isTooLarge = bytes.length > this.maxPacketBytes; // [MQTT-3.4.2-2]
    this.send(isTooLarge ? encodeAck(ackByte[type], packetId, { code: answer.code }) : bytes);
  }

  /** The frame of a message for this client; undefined when it is larger than the client takes [MQTT-3.1.2-25]. */
  frameFor(message: RoutedMessage, how: How): Frame | undefined {
    const frame =
      this.version === 5 && (how.identifiers || this.outgoingAliases)
        ? this.#ownFrame(message, how)
        : message.frame(this.version, how, this.#core.clock);
    if (frame.end - frame.start > this.maxPacketBytes) {
      this.drop('too-large');
      return undefined;
    }
    this.#core.counters.publishBytesSent += message.payload.length;
    return frame;
  }

  /** Sends QoS 0 now or never: a client that does not read loses it [broker fairness]. */
  sendQos0(message: RoutedMessage, how: How): void {
    if (this.phase !== 'open') return;
    if (this.isOverOutboundLimit) {
      this.#core.counters.exceed(this.#core.isCongested ? 'congestedOutboundBytes' : 'maxOutboundBytes');
      this.drop('slow-client');
      return;
    }
    const frame = this.frameFor(message, how);
    if (!frame) return;
    this.#outbox.push(frame.bytes, frame.start, frame.end);
    this.#count();
  }

  /** Sends QoS 1 or 2 under a packet id. */
  sendFrame(frame: Frame, packetId: number, isDuplicate: boolean): void {
    if (this.phase === 'closed') return;
    this.#outbox.pushWithId(frame, packetId, isDuplicate);
    this.#count();
  }

  /** Keeps what is and will be in the outbox back until everything noted so far is stored. */
  waitForCommit(): void {
    this.#waitsFor = this.#core.changes.awaitedBatch;
  }

  /** Writes what may leave; true when something has to wait for a commit. */
  flush(committed: number): boolean {
    if (this.phase === 'closed') return false;
    this.qos1Unacknowledged = 0;
    if (this.#outbox.length > 0) {
      if (this.#sealed.length === 0 && this.#waitsFor <= committed) return this.#writeOutbox();
      this.#sealed.push({ bytes: this.#outbox.take(), batch: this.#waitsFor });
    }
    return this.#writeSealed(committed);
  }

  /** Who is behind gets bytes to keep: it may be long until they are read. */
  #writeOutbox(): false {
    if (this.#isBacklogged) return this.#write(this.#outbox.take());
    this.#write(this.#outbox.lend());
    if (this.#isBacklogged) this.#outbox.giveUp();
    else this.#outbox.takeBack();
    return false;
  }

  #writeSealed(committed: number): boolean {
    let ready = 0;
    while (ready < this.#sealed.length && (this.#sealed[ready]?.batch ?? 0) <= committed) ready++;
    if (ready === 0) return this.#sealed.length > 0;
    const pieces = this.#sealed.splice(0, ready).map((piece) => piece.bytes);
    this.#write(pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces));
    return this.#sealed.length > 0;
  }

  /** True when something was prepared that waits for a batch later than `committed`. */
  isWaitingFor(committed: number): boolean {
    return this.#waitsFor > committed && (this.#outbox.length > 0 || this.#sealed.length > 0);
  }

  /** Forgets acknowledgements that must not leave. */
  discardOutput(): void {
    this.#outbox.clear();
    this.#sealed = [];
    this.#waitsFor = 0;
  }

  /** Last words, written at once, then the end. */
  close(lastWords?: Buffer): void {
    if (this.phase === 'closed') return;
    if (lastWords) this.#outbox.push(lastWords, 0, lastWords.length);
    this.flush(this.#core.changes.committed);
    this.phase = 'closed';
    this.#sealed = [];
    if (this.isResting) this.resume(); // an end that nobody reads is not seen
    this.#transport.close();
  }

  /** Nothing more is read, so that no more comes than may wait here. */
  rest(): void {
    this.isResting = true;
    this.#transport.pause?.();
  }

  wake(): void {
    this.isResting = false;
    this.takenMs = 0;
  }

  resume(): void {
    this.#transport.resume?.();
  }

  drop(cause: 'slow-client' | 'too-large' | 'queue-full' | 'expired'): void {
    this.messagesDropped++;
    this.#core.counters.drop(cause);
  }

  info(): ClientInfo | undefined {
    const session = this.session;
    if (!session) return undefined;
    const will = session.will?.message;
    return {
      clientId: session.clientId,
      principal: session.principal,
      origin: this.origin,
      protocolVersion: this.version,
      connectedAtMs: this.connectedAtMs,
      keepAliveSeconds: this.keepAliveSeconds,
      messagesIn: this.messagesIn,
      messagesOut: this.messagesOut,
      messagesDropped: this.messagesDropped,
      ...(this.lastMessageAtMs !== undefined && { lastMessageAtMs: this.lastMessageAtMs }),
      ...(will && { will: { topic: will.topic.name, payload: will.payload, retain: will.retain } }),
    };
  }

  #count(): void {
    this.messagesOut++;
    this.#core.counters.packetsSent++;
    this.#core.counters.publishSent++;
    this.#core.turn.touch(this);
  }

  #ownFrame(message: RoutedMessage, how: How): Frame {
    const nowMs = this.#core.clock.now();
    const aliases = this.outgoingAliases;
    const found = aliases?.for(message.topic.name);
    const frame = message.encode(this.version, how, {
      nowMs,
      identifiers: how.identifiers,
      alias: found?.alias,
      isTopicOmitted: found?.isKnown ?? false,
    });
    if (found && !found.isKnown && frame.end <= this.maxPacketBytes) aliases?.remember(message.topic.name, found.alias);
    return frame;
  }

  #write(bytes: Buffer): false {
    this.#core.counters.bytesSent += bytes.length;
    this.#writtenBytes += bytes.length;
    this.#transport.write(bytes);
    this.#isBacklogged = this.#transport.bufferedBytes > 0;
    return false;
  }
}
