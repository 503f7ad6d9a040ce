import { isServerTopic } from '../../../shared/mqtt/topic.ts';
import { decodeText } from './codec/reader.ts';
import { malformed } from './codec/reason.ts';
import type { EngineLimits } from './limits.ts';

type TopicLimits = Pick<EngineLimits, 'maxTopicLevels' | 'maxKnownTopics'>;

/** Names may have 64 kB each: together they take no more than as many of this length. Ordinary ones never come so far. */
export const knownTopicBytes = 200;

/** A topic name that was checked once; the same object for the same name, so that routes can be remembered by it. */
export interface Topic {
  readonly name: string;
  readonly bytes: Buffer;
  readonly isServerTopic: boolean;
}

/** Where a bridge of Mosquitto says, with every broker it knows, whether it is there: the only `$` topic a client writes to. */
export const isBridgeState = ({ name, isServerTopic }: Topic): boolean =>
  isServerTopic && /^\$SYS\/broker\/connection\/[^/]+\/state$/.test(name);

/** Topics that are found without making a string of their bytes first: a busy house has fewer. */
const recentSlots = 1_024;

const hashOf = (bytes: Buffer, start: number, end: number): number => {
  let hash = end - start;
  for (let index = start; index < end; index++) hash = (Math.imul(hash, 31) + (bytes[index] ?? 0)) | 0;
  return hash >>> 0;
};

const isName = (name: Buffer, bytes: Buffer, start: number, end: number): boolean => {
  if (name.length !== end - start) return false;
  for (let index = 0; index < name.length; index++) if (name[index] !== bytes[start + index]) return false;
  return true;
};

/** Topic names by their bytes, so that a known name is neither decoded nor checked nor routed again. */
export class Topics {
  readonly #known = new Map<string, Topic>();
  readonly #recent: (Topic | undefined)[] = Array<Topic | undefined>(recentSlots).fill(undefined);
  readonly #limits: TopicLimits;
  readonly #onEmptied: () => void;
  #knownBytes = 0;
  /** Who speaks often says the same. */
  #last: Topic | undefined;

  /** `onEmptied`: what others remember by topic is to be forgotten with it. */
  constructor(limits: TopicLimits, onEmptied: () => void = () => undefined) {
    this.#limits = limits;
    this.#onEmptied = onEmptied;
  }

  /** Bytes of all names in the table. */
  get knownBytes(): number {
    return this.#knownBytes;
  }

  /** The topic whose name lies in a packet. Throws `ProtocolViolation` for what is no topic name. */
  fromBytes(bytes: Buffer, start: number, end: number): Topic {
    const last = this.#last;
    if (last && isName(last.bytes, bytes, start, end)) return last;
    const slot = hashOf(bytes, start, end) % recentSlots;
    const recent = this.#recent[slot];
    if (recent && isName(recent.bytes, bytes, start, end)) return (this.#last = recent);
    // Latin-1 maps bytes to characters one to one, so it is a key for any encoding.
    const key = bytes.toString('latin1', start, end);
    const topic = this.#known.get(key) ?? this.#learn(key, decodeText(bytes, start, end));
    this.#recent[slot] = topic;
    this.#last = topic;
    return topic;
  }

  fromName(name: string): Topic {
    const key = Buffer.from(name).toString('latin1');
    return this.#known.get(key) ?? this.#learn(key, name);
  }

  #learn(key: string, name: string): Topic {
    if (name === '' || name.includes('+') || name.includes('#')) malformed('not a topic name'); // [MQTT-3.3.2-2] [MQTT-4.7.3-1]
    if (name.split('/').length > this.#limits.maxTopicLevels) malformed('topic has too many levels', 'maxTopicLevels');
    const topic: Topic = { name, bytes: Buffer.from(name), isServerTopic: isServerTopic(name) };
    const { maxKnownTopics } = this.#limits;
    const isFull =
      this.#known.size >= maxKnownTopics || this.#knownBytes + key.length > maxKnownTopics * knownTopicBytes;
    if (isFull) this.#empty();
    this.#knownBytes += key.length;
    this.#known.set(key, topic);
    return topic;
  }

  #empty(): void {
    this.#known.clear();
    this.#recent.fill(undefined);
    this.#last = undefined;
    this.#knownBytes = 0;
    this.#onEmptied();
  }
}
