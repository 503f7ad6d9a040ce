import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { generate, parser as createParser } from 'mqtt-packet';
import type { IPublishPacket, Packet } from 'mqtt-packet';

interface Outgoing {
  readonly packet: IPublishPacket;
  state: 'sent' | 'received';
}

/** Packet ids are 16 bits; the highest one is used for SUBSCRIBE. */
const largestId = 65_535;

/**
 * An MQTT client that keeps its side of the promise over crashes of the broker: it remembers what is not acknowledged,
 * sends it again in order, and takes each QoS 2 message once.
 */
export class DurableClient {
  /** Payloads in the order of arrival; QoS 1 may repeat after a crash. */
  readonly received: { topic: string; payload: string; qos: number }[] = [];
  /** The last payload of each topic. */
  readonly last = new Map<string, string>();
  /** Payloads the broker has acknowledged: with PUBACK, or with PUBREC. */
  readonly acknowledged: { topic: string; payload: string }[] = [];
  /** Called after every packet. */
  onProgress: () => void = () => undefined;

  readonly #clientId: string;
  #socket: Socket | undefined;
  #nextId = 1;
  readonly #outgoing = new Map<number, Outgoing>();
  readonly #unreleased = new Set<number>();
  readonly #answers = new Map<string, () => void>();

  constructor(clientId: string) {
    this.#clientId = clientId;
  }

  get openCount(): number {
    return this.#outgoing.size;
  }

  /** Connects, resumes the session and sends again what is open. */
  async connect(port: number): Promise<void> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket = socket;
    socket.on('error', () => undefined); // the broker is killed on purpose
    const parser = createParser({ protocolVersion: 4 });
    parser.on('packet', (packet: Packet) => {
      if (this.#socket === socket) this.#handle(packet);
    });
    socket.on('data', (bytes) => parser.parse(bytes));
    const connack = this.#answer('connack');
    this.#send({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: false,
      keepalive: 0,
      clientId: this.#clientId,
    });
    await connack;
    for (const [messageId, { packet, state }] of this.#outgoing) {
      if (state === 'received') this.#send({ cmd: 'pubrel', messageId });
      else this.#send({ ...packet, dup: true });
    }
  }

  async subscribe(topic: string, qos: 1 | 2): Promise<void> {
    const suback = this.#answer('suback');
    this.#send({ cmd: 'subscribe', messageId: largestId, subscriptions: [{ topic, qos }] });
    await suback;
  }

  publish(topic: string, payload: string, options: { qos: 1 | 2; retain: boolean }): void {
    while (this.#outgoing.has(this.#nextId)) this.#advance();
    const packet: IPublishPacket = { cmd: 'publish', topic, payload, dup: false, messageId: this.#nextId, ...options };
    this.#outgoing.set(this.#nextId, { packet, state: 'sent' });
    this.#advance();
    this.#send(packet);
  }

  /** Drops the connection without a word. */
  abandon(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  #advance(): void {
    this.#nextId = (this.#nextId % (largestId - 1)) + 1;
  }

  #answer(cmd: string): Promise<void> {
    return new Promise((resolve) => this.#answers.set(cmd, resolve));
  }

  #send(packet: Packet): void {
    this.#socket?.write(generate(packet, { protocolVersion: 4 }));
  }

  #handle(packet: Packet): void {
    this.#answers.get(packet.cmd)?.();
    this.#answers.delete(packet.cmd);
    if (packet.cmd === 'publish') this.#take(packet);
    else if (packet.cmd === 'puback') this.#finish(packet.messageId ?? 0, true);
    else if (packet.cmd === 'pubrec') this.#release(packet.messageId ?? 0);
    else if (packet.cmd === 'pubcomp') this.#finish(packet.messageId ?? 0, false);
    else if (packet.cmd === 'pubrel') {
      this.#unreleased.delete(packet.messageId ?? 0);
      this.#send({ cmd: 'pubcomp', messageId: packet.messageId ?? 0 });
    }
    this.onProgress();
  }

  #take(packet: IPublishPacket): void {
    const messageId = packet.messageId ?? 0;
    const isRepeated = packet.qos === 2 && this.#unreleased.has(messageId);
    if (!isRepeated) {
      const payload = packet.payload.toString();
      this.received.push({ topic: packet.topic, payload, qos: packet.qos });
      this.last.set(packet.topic, payload);
    }
    if (packet.qos === 1) this.#send({ cmd: 'puback', messageId });
    if (packet.qos !== 2) return;
    this.#unreleased.add(messageId);
    this.#send({ cmd: 'pubrec', messageId });
  }

  #release(messageId: number): void {
    const open = this.#outgoing.get(messageId);
    if (open?.state === 'sent') {
      open.state = 'received';
      this.#note(open.packet);
    }
    this.#send({ cmd: 'pubrel', messageId });
  }

  #finish(messageId: number, isAcknowledged: boolean): void {
    const open = this.#outgoing.get(messageId);
    if (open && isAcknowledged) this.#note(open.packet);
    this.#outgoing.delete(messageId);
  }

  #note(packet: IPublishPacket): void {
    this.acknowledged.push({ topic: packet.topic, payload: packet.payload.toString() });
  }
}
