import type { LiveTopic, TopicsReply } from '../../shared/api/contract.ts';
import type { Delivery } from '../broker/engine/engine.ts';
import { cutPayload, toPayloadJson } from '../payload-json.ts';

/** Newest win. */
export const maxTopics = 5_000;
/** Enough to guess a kind and to show the message; the page asks /api/values for more. */
export const maxIndexPayloadBytes = 2_048;
export const maxSamples = 5;
const maxSampleBytes = 256;
/** Of a new topic so many messages are looked at, each; of a busy one those that are the last when `settle` is called. */
const firstMessages = 50;
/** Longer names are legal, but no person will pick them from a list. */
const maxTopicLength = 512;
export const maxTopicHits = 200;
export const defaultTopicHits = 50;

/** Last message of a topic as it came, cut. */
export interface LastMessage {
  readonly payload: Buffer;
  readonly sizeBytes: number;
  readonly atMs: number;
  readonly by?: string;
  readonly isRetained: boolean;
}

interface Entry {
  last: LastMessage;
  /** A newer message that was not copied yet: it lies in a socket's buffer. */
  fresh: Delivery | undefined;
  count: number;
  /** Which message of all it heard last: tells who is older. */
  order: number;
  /** Recent distinct payloads, newest first. */
  readonly samples: Buffer[];
}

export interface TopicSearch {
  readonly search?: string;
  readonly limit?: number;
  readonly nowMs: number;
  /** Whether who asks may see a topic; default: all. */
  readonly mayRead?: (topic: string) => boolean;
}

/** What is being said in the house, for people who add a tile. In memory: it fills again by itself. */
export interface TopicIndex {
  note(delivery: Delivery): void;
  /** Copies what is fresh; to be called now and then, so that no socket's buffer is held on to. */
  settle(): void;
  last(topic: string): LastMessage | undefined;
  search(query: TopicSearch): TopicsReply;
  /** What was said there is not to be shown any more. */
  forget(topic: string): void;
  readonly size: number;
}

function addSample(samples: Buffer[], last: Buffer): void {
  const sample = last.length > maxSampleBytes ? Buffer.from(last.subarray(0, maxSampleBytes)) : last;
  if (samples[0]?.equals(sample)) return;
  const known = samples.findIndex((one) => one.equals(sample));
  if (known > 0) samples.splice(known, 1);
  if (samples.unshift(sample) > maxSamples) samples.pop();
}

const toLive = (topic: string, { last, count, samples }: Entry): LiveTopic => ({
  topic,
  ...toPayloadJson(last.payload, last.sizeBytes),
  atMs: last.atMs,
  retained: last.isRetained,
  ...(last.by === undefined ? {} : { by: last.by }),
  count,
  samples: samples.flatMap((sample) => toPayloadJson(sample).text ?? []),
});

function toLast({ message, publisher, atMs }: Delivery): LastMessage {
  const { payload, retain } = message;
  const own = cutPayload(payload, maxIndexPayloadBytes);
  const facts = { payload: own, sizeBytes: payload.length, atMs, isRetained: retain };
  return publisher ? { ...facts, by: publisher.principal.name } : facts;
}

function settleOne(entry: Entry): void {
  if (!entry.fresh) return;
  entry.last = toLast(entry.fresh);
  entry.fresh = undefined;
  addSample(entry.samples, entry.last.payload);
}

/** Share of the topics that goes at once, so that each new topic costs little on average. */
const evictedShare = 0.1;

function evictOldest(entries: Map<string, Entry>, limit: number): void {
  const oldestFirst = [...entries].sort(([, first], [, second]) => first.order - second.order);
  const count = entries.size - limit + Math.floor(limit * evictedShare);
  for (const [topic] of oldestFirst.slice(0, count)) entries.delete(topic);
}

export function createTopicIndex(limit = maxTopics): TopicIndex {
  // Entries keep their place: moving the latest to the end would leave gaps at the front that a look for the oldest wades through.
  const entries = new Map<string, Entry>();
  let fresh: Entry[] = [];
  let order = 0;
  const settle = (): void => {
    const entriesToSettle = fresh;
    fresh = [];
    entriesToSettle.forEach(settleOne);
  };
  const add = (delivery: Delivery): void => {
    const last = toLast(delivery);
    const samples: Buffer[] = [];
    addSample(samples, last.payload);
    entries.set(delivery.message.topic, { last, fresh: undefined, count: 1, order, samples });
    if (entries.size > limit) evictOldest(entries, limit);
  };
  return {
    note: (delivery) => {
      const { topic } = delivery.message;
      if (topic.length > maxTopicLength || topic.startsWith('$')) return;
      order += 1;
      const entry = entries.get(topic);
      if (!entry) return add(delivery);
      entry.count += 1;
      entry.order = order;
      const isBusy = entry.count > firstMessages;
      if (isBusy && !entry.fresh) fresh.push(entry);
      entry.fresh = delivery;
      if (!isBusy) settleOne(entry);
    },
    settle,
    last: (topic) => {
      settle();
      return entries.get(topic)?.last;
    },
    search: ({ search = '', limit: hits = defaultTopicHits, nowMs, mayRead = () => true }) => {
      settle();
      const words = search.toLowerCase().split(/\s+/).filter(Boolean);
      const found = [...entries].filter(([topic]) => {
        const name = topic.toLowerCase();
        return words.every((word) => name.includes(word)) && mayRead(topic);
      });
      found.sort(([, first], [, second]) => second.order - first.order);
      const topics = found.slice(0, Math.min(hits, maxTopicHits)).map(([topic, entry]) => toLive(topic, entry));
      return { serverNowMs: nowMs, total: found.length, topics };
    },
    forget: (topic) => {
      settle();
      entries.delete(topic);
    },
    get size() {
      return entries.size;
    },
  };
}
