import type { LiveTopic, TopicsReply } from '../../shared/api/contract.ts';
import type { Delivery } from '../broker/engine/engine.ts';
import { cutPayload, toPayloadJson } from '../payload-json.ts';

/** Newest win. */
export const maxTopics = 5_000;
/** Enough to guess a kind and to show the message; the page asks /api/values for more. */
export const maxIndexPayloadBytes = 2_048;
export const maxSamples = 5;
const maxSampleBytes = 256;
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
  count: number;
  /** Which message of all it heard last: tells who is older. */
  order: number;
  /** Recent distinct payloads, newest first. */
  samples: Buffer[];
}

/** What is being said in the house, for people who add a tile. In memory: it fills again by itself. */
export interface TopicIndex {
  note(delivery: Delivery): void;
  last(topic: string): LastMessage | undefined;
  search(query: { readonly search?: string; readonly limit?: number; readonly nowMs: number }): TopicsReply;
  readonly size: number;
}

function addSample(samples: Buffer[], payload: Uint8Array): Buffer[] {
  const sample = payload.subarray(0, maxSampleBytes);
  if (samples[0]?.equals(sample)) return samples;
  const others = samples.filter((one) => !one.equals(sample));
  return [Buffer.from(sample), ...others].slice(0, maxSamples);
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
  let order = 0;
  return {
    note: ({ message, publisher, atMs }) => {
      const { topic, payload, retain } = message;
      if (topic.length > maxTopicLength || topic.startsWith('$')) return;
      const last: LastMessage = {
        payload: cutPayload(payload, maxIndexPayloadBytes),
        sizeBytes: payload.length,
        atMs,
        isRetained: retain,
        ...(publisher ? { by: publisher.principal.name } : {}),
      };
      order += 1;
      const known = entries.get(topic);
      if (known) {
        Object.assign(known, { last, count: known.count + 1, samples: addSample(known.samples, payload), order });
        return;
      }
      entries.set(topic, { last, count: 1, samples: addSample([], payload), order });
      if (entries.size > limit) evictOldest(entries, limit);
    },
    last: (topic) => entries.get(topic)?.last,
    search: ({ search = '', limit: hits = defaultTopicHits, nowMs }) => {
      const words = search.toLowerCase().split(/\s+/).filter(Boolean);
      const found = [...entries].filter(([topic]) => {
        const name = topic.toLowerCase();
        return words.every((word) => name.includes(word));
      });
      found.sort(([, first], [, second]) => second.order - first.order);
      const topics = found.slice(0, Math.min(hits, maxTopicHits)).map(([topic, entry]) => toLive(topic, entry));
      return { serverNowMs: nowMs, total: found.length, topics };
    },
    get size() {
      return entries.size;
    },
  };
}
