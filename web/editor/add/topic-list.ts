import type { LiveTopic } from '../../../shared/api/contract.ts';
import { guessTopic } from '../../../shared/discovery/guess-topic.ts';
import type { Guess } from '../../../shared/discovery/guess.ts';
import { comparable } from '../../../shared/discovery/rooms.ts';
import { maxTopicLength } from '../../../shared/house/binding.ts';
import type { Room } from '../../../shared/house/house.ts';

/** Rows shown before somebody types; the rest is found by typing. */
export const maxTopicRows = 60;

/** Topics kept while the sheet is open; the server's own index is bounded as well. */
const maxKnown = 5_000;

/** Freshly fetched topics before those known already. */
export function newestTopics(fresh: readonly LiveTopic[], known: readonly LiveTopic[]): LiveTopic[] {
  const fetched = new Set(fresh.map((topic) => topic.topic));
  return [...fresh, ...known.filter((topic) => !fetched.has(topic.topic))].slice(0, maxKnown);
}

/** One live topic with what it probably is. */
export interface TopicRow {
  readonly topic: LiveTopic;
  /** Guesses that make a tile; empty = commands, bytes, announcements. */
  readonly guesses: readonly Guess[];
  /** Belongs to the room the tile will lie in. */
  readonly isHere: boolean;
}

const textOf = (topic: LiveTopic): string => topic.text ?? topic.base64 ?? '';

/** Judges all topics at once. Bounded by the server's index (a few thousand topics). */
export function topicRows(topics: readonly LiveTopic[], room: Pick<Room, 'name' | 'id'> | undefined): TopicRow[] {
  const siblings = new Map(topics.map((topic) => [topic.topic, textOf(topic)]));
  const here = new Set([comparable(room?.name ?? ''), comparable(room?.id ?? '')]);
  return topics.flatMap((topic) => {
    const samples = topic.samples.length > 0 ? topic.samples : [textOf(topic)];
    const guesses = guessTopic({ topic: topic.topic, samples, siblings });
    if (guesses.length === 0) return [];
    const isHere = guesses.some((guess) => guess.room !== undefined && here.has(comparable(guess.room)));
    return [{ topic, guesses: guesses.filter((guess) => guess.widget !== 'none'), isHere }];
  });
}

const score = (row: TopicRow): number => (row.isHere ? 2 : 0) + (row.guesses.length > 0 ? 1 : 0);

/** Rows that fit what was typed (all words, anywhere), those of this room first. Without a search only what makes a tile. */
export function findRows(rows: readonly TopicRow[], search: string): TopicRow[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const fits = (row: TopicRow): boolean => {
    const names = row.guesses.map((guess) => `${guess.name} ${guess.room ?? ''}`).join(' ');
    const text = `${row.topic.topic} ${names}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const found = words.length === 0 ? rows.filter((row) => row.guesses.length > 0) : rows.filter(fits);
  return found.toSorted((a, b) => score(b) - score(a));
}

/** Typed text that can be a topic of its own: at least two levels, no wildcards. */
export const isTypedTopic = (text: string): boolean =>
  text.includes('/') && !/[+#\0]/.test(text) && text.length <= maxTopicLength;
