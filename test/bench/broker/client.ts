import { connect, type Socket } from 'node:net';
import { connectPacket, disconnectPacket, subscribePacket, type Credentials } from './packets.ts';
import { upgradeRequest, WebSocketFrames } from './frames.ts';

/** Where a broker listens. */
export interface Target {
  readonly port: number;
  readonly credentials?: Credentials;
  /** Set for MQTT over WebSocket. */
  readonly path?: string;
  /** Default 20 s. */
  readonly answerTimeoutMs?: number;
}

const readBytes = 256 * 1024;
// Bytes are looked at before the next read, so all sockets of this thread share one buffer.
const shared = Buffer.allocUnsafeSlow(readBytes);
const defaultAnswerTimeoutMs = 20_000;

/** Told of each message: where its payload begins. */
export type OnMessage = (bytes: Buffer, payloadAt: number) => void;

/** One MQTT client on a raw socket: counts, acknowledges, and does nothing else. */
export class Client {
  received = 0;
  /** PUBACK and PUBCOMP that came. */
  acknowledged = 0;
  onMessage: OnMessage = () => undefined;
  /** Called once per read that brought something. */
  onProgress: () => void = () => undefined;
  isClosed = false;

  readonly #socket: Socket;
  readonly #frames: WebSocketFrames | undefined;
  readonly #answerTimeoutMs: number;
  #rest: Buffer | undefined;
  #acks: number[] = [];
  #answers: { readonly type: number; readonly resolve: () => void }[] = [];
  #reject: (error: Error) => void = () => undefined;

  private constructor(target: Target) {
    const onread = { buffer: shared, callback: (count: number) => this.#read(shared.subarray(0, count)) };
    this.#socket = connect({ host: '127.0.0.1', port: target.port, noDelay: true, onread });
    this.#answerTimeoutMs = target.answerTimeoutMs ?? defaultAnswerTimeoutMs;
    this.#frames = target.path === undefined ? undefined : new WebSocketFrames();
    this.#socket.on('error', (error) => this.#reject(error));
    this.#socket.on('close', () => {
      this.isClosed = true;
      this.#reject(new Error('the connection closed'));
      this.onProgress();
    });
  }

  /** Connects and logs in. */
  static async open(target: Target, clientId: string, isKept = false): Promise<Client> {
    const client = new Client(target);
    if (target.path !== undefined) {
      const upgraded = client.#answer(0);
      client.#socket.write(upgradeRequest(target.path, target.port));
      await upgraded;
    }
    const connack = client.#answer(2);
    client.write(connectPacket(clientId, target.credentials, isKept));
    await connack;
    return client;
  }

  async subscribe(filters: readonly string[], qos: number): Promise<void> {
    const suback = this.#answer(9);
    this.write(subscribePacket(filters, qos));
    await suback;
  }

  get waitingBytes(): number {
    return this.#socket.writableLength;
  }

  write(bytes: Buffer): void {
    this.#socket.write(this.#frames ? this.#frames.wrap(bytes) : bytes);
  }

  close(): Promise<void> {
    if (this.isClosed) return Promise.resolve();
    const closed = new Promise<void>((resolve) => void this.#socket.once('close', () => resolve()));
    this.write(disconnectPacket);
    this.#socket.end();
    return closed;
  }

  #answer(type: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer of type ${type}`)), this.#answerTimeoutMs);
      const done = (): void => {
        clearTimeout(timer);
        resolve();
      };
      this.#answers.push({ type, resolve: done });
      this.#reject = (error) => {
        clearTimeout(timer);
        reject(error);
      };
    });
  }

  #settle(type: number): void {
    const waiting = this.#answers[0];
    if (waiting?.type !== type) return;
    this.#answers.shift();
    waiting.resolve();
  }

  #read(bytes: Buffer): boolean {
    if (this.#frames) {
      const wasOpen = this.#frames.isOpen;
      for (const part of this.#frames.unwrap(bytes)) this.#take(part);
      if (!wasOpen && this.#frames.isOpen) this.#settle(0);
    } else this.#take(bytes);
    if (this.#acks.length > 0) {
      this.write(Buffer.from(this.#acks));
      this.#acks = [];
    }
    this.onProgress();
    return true;
  }

  #take(bytes: Buffer): void {
    const data = this.#rest ? Buffer.concat([this.#rest, bytes]) : bytes;
    let at = 0;
    while (data.length - at >= 2) {
      let length = 0;
      let body = at + 1;
      let byte = 0x80;
      for (let shift = 0; byte >= 0x80 && body < data.length; shift += 7) {
        byte = data[body++] ?? 0;
        length |= (byte & 0x7f) << shift;
      }
      if (byte >= 0x80 || body + length > data.length) break;
      this.#handle(data, at, body);
      at = body + length;
    }
    this.#rest = at < data.length ? Buffer.from(data.subarray(at)) : undefined;
  }

  #handle(data: Buffer, at: number, body: number): void {
    const firstByte = data[at] ?? 0;
    const type = firstByte >>> 4;
    if (type === 3) this.#publish(data, firstByte, body);
    else if (type === 4 || type === 7) this.acknowledged++;
    else if (type === 5 || type === 6)
      this.#acks.push(type === 5 ? 0x62 : 0x70, 2, data[body] ?? 0, data[body + 1] ?? 0);
    else this.#settle(type);
  }

  #publish(data: Buffer, firstByte: number, body: number): void {
    const qos = (firstByte >>> 1) & 3;
    const idAt = body + 2 + (((data[body] ?? 0) << 8) | (data[body + 1] ?? 0));
    this.received++;
    this.onMessage(data, qos > 0 ? idAt + 2 : idAt);
    if (qos > 0) this.#acks.push(qos === 1 ? 0x40 : 0x50, 2, data[idAt] ?? 0, data[idAt + 1] ?? 0);
  }
}
