import {
  maxLogPayloadLength,
  type LogActor,
  type LogEntry,
  type LogOutcome,
  type LogTile,
} from '../../shared/api/logbook.ts';
import type { Binding } from '../../shared/house/binding.ts';
import type { House, Tile } from '../../shared/house/house.ts';
import { defaultTimeoutMs } from '../../shared/house/timeout.ts';
import { confirms, decode } from '../../shared/payload/codec.ts';
import type { Value } from '../../shared/payload/decoded.ts';
import { readCommand } from '../../shared/payload/read-command.ts';
import { decodeUtf8, shorten } from '../../shared/payload/text.ts';
import type { Delivery } from '../broker/engine/engine.ts';
import { indexHouse, noIndex, type Bound, type HouseIndex } from './house-index.ts';

/** Commands of one actor to one role within this time are one entry: a finger on a slider. */
export const sameHandMs = 3_000;
/** Commands that may wait for an answer at once; the oldest is given up first. */
export const maxWaiting = 500;
/** A device that answers one command often changes more than once: so long its changes count as the answer. */
const echoMs = 2_000;
/** Larger commands are no switching; what they mean is not read. */
const maxReadBytes = 8_192;

/** What an entry is made of before it has a number. */
export type NewEntry = Omit<LogEntry, 'id'>;

export interface LogSink {
  add(entry: NewEntry): number;
  /** Changes what an entry says; entries that were lost to a limit are passed over. */
  amend(id: number, change: Partial<NewEntry>): void;
}

export interface CommandWatchParts {
  readonly sink: LogSink;
  readonly nowMs: () => number;
  /** Who stands behind a delivery; `undefined`: nobody worth an entry (the server itself). */
  readonly actorOf: (delivery: Delivery) => LogActor | undefined;
  /** Last known payload of a topic, so that the first change after a start is seen as one. */
  readonly lastPayload: (topic: string) => Uint8Array | undefined;
}

interface Waiting {
  readonly id: number;
  readonly bound: Bound;
  readonly actorId: string;
  value: Value | undefined;
  sentAtMs: number;
  count: number;
  outcome: LogOutcome;
}

const timeoutOf = (tile: Tile): number => tile.timeoutMs ?? defaultTimeoutMs;
const tileOf = ({ tile: { id, title, roomId }, room }: Bound): LogTile => ({ id, title, roomId, room });
const keyOf = ({ tile, role }: Bound): string => `${tile.id} ${role}`;
const payloadText = (payload: Uint8Array): string | undefined => {
  const text = payload.length <= maxReadBytes ? decodeUtf8(payload) : undefined;
  return text === undefined ? undefined : shorten(text, maxLogPayloadLength);
};

/** What of the number's way to be shown an entry keeps. */
const shownAs = (binding: Binding): Pick<LogEntry, 'unit' | 'decimals'> =>
  binding.type === 'number'
    ? {
        ...(binding.unit === undefined ? {} : { unit: binding.unit }),
        ...(binding.decimals === undefined ? {} : { decimals: binding.decimals }),
      }
    : {};

/** Follows commands to tiles and the answers of their devices, and writes down both. Fed with routed messages, in order. */
export class CommandWatch {
  readonly #parts: CommandWatchParts;
  /** By tile and role. */
  readonly #waiting = new Map<string, Waiting>();
  /** Last reported on/off by tile and role. */
  readonly #known = new Map<string, boolean>();
  /** Until when changes of a tile are the answer to a command. */
  readonly #answeringUntilMs = new Map<string, number>();
  #index: HouseIndex = noIndex;

  constructor(parts: CommandWatchParts) {
    this.#parts = parts;
  }

  /** Every topic the watch has to see. */
  get topics(): ReadonlySet<string> {
    return this.#index.topics;
  }

  /** The tile that a topic belongs to, among those that can be operated. */
  tileOf(topic: string): LogTile | undefined {
    const [bound] = this.#index.commands.get(topic) ?? this.#index.reports.get(topic) ?? [];
    return bound && tileOf(bound);
  }

  follow(house: House): void {
    this.#index = indexHouse(house);
    this.#known.clear();
    for (const bound of [...this.#index.reports.values()].flat()) {
      const payload = this.#parts.lastPayload(bound.binding.stateTopic ?? '');
      if (payload) this.#noteKnown(bound, payload);
    }
  }

  note(delivery: Delivery): void {
    const { topic } = delivery.message;
    const commanded = this.#index.commands.get(topic);
    if (commanded) this.#onCommand(commanded, delivery);
    for (const bound of this.#index.reports.get(topic) ?? []) this.#onReport(bound, delivery);
  }

  /** Ends what waited too long. Call about once a second. */
  sweep(): void {
    const nowMs = this.#parts.nowMs();
    for (const [key, one] of this.#waiting) {
      const isOver = nowMs - one.sentAtMs >= timeoutOf(one.bound.tile);
      if (one.outcome === 'waiting' && isOver) this.#settle(one, { outcome: 'silent' });
      if (isOver && nowMs - one.sentAtMs >= sameHandMs) this.#waiting.delete(key);
    }
    for (const [tileId, untilMs] of this.#answeringUntilMs) {
      if (untilMs < nowMs) this.#answeringUntilMs.delete(tileId);
    }
  }

  #onCommand(commanded: readonly Bound[], delivery: Delivery): void {
    const actor = this.#parts.actorOf(delivery);
    const read = this.#whichRole(commanded, delivery);
    if (!actor || !read) return;
    const { bound, value } = read;
    // On a shared topic a device's own message is its report.
    if (actor.kind === 'device' && bound.binding.stateTopic === bound.binding.commandTopic) return;
    this.#answeringUntilMs.set(bound.tile.id, delivery.atMs + timeoutOf(bound.tile) + echoMs);
    const before = this.#waiting.get(keyOf(bound));
    if (before?.actorId === actor.id && delivery.atMs - before.sentAtMs < sameHandMs) {
      return this.#continue(before, value, delivery);
    }
    this.#begin(actor, bound, value, delivery);
  }

  /** Several tiles and roles may share a command topic: a tile that has this payload in its options is meant, else one that can read it. */
  #whichRole(commanded: readonly Bound[], { message }: Delivery): { bound: Bound; value?: Value } | undefined {
    const text = payloadText(message.payload);
    const readers = commanded.flatMap((bound) => {
      const value = text === undefined ? undefined : readCommand(bound.binding, message.payload);
      return value === undefined ? [] : [{ bound, value }];
    });
    const owning = readers.find(({ bound }) => Object.values(bound.tile.options).includes(text));
    const [first] = commanded;
    return owning ?? readers[0] ?? (first && { bound: first });
  }

  #begin(actor: LogActor, bound: Bound, value: Value | undefined, { message, atMs }: Delivery): void {
    const { binding } = bound;
    const hasFeedback = binding.stateTopic !== undefined && binding.stateTopic !== binding.commandTopic;
    const outcome = hasFeedback ? 'waiting' : 'no-feedback';
    const text = payloadText(message.payload);
    const id = this.#parts.sink.add({
      atMs,
      kind: 'command',
      actor,
      tile: tileOf(bound),
      topic: message.topic,
      outcome,
      ...(text === undefined ? {} : { payload: text }),
      ...(value === undefined ? {} : { value }),
      ...shownAs(binding),
    });
    this.#waiting.delete(keyOf(bound));
    this.#waiting.set(keyOf(bound), { id, bound, actorId: actor.id, value, sentAtMs: atMs, count: 1, outcome });
    const [oldest] = this.#waiting;
    if (this.#waiting.size > maxWaiting && oldest) this.#waiting.delete(oldest[0]);
  }

  /** The same hand goes on: the entry says what was asked last. */
  #continue(one: Waiting, value: Value | undefined, { message, atMs }: Delivery): void {
    one.count += 1;
    one.value = value;
    one.sentAtMs = atMs;
    const text = payloadText(message.payload);
    this.#settle(one, {
      atMs,
      count: one.count,
      outcome: one.outcome === 'no-feedback' ? 'no-feedback' : 'waiting',
      ...(text === undefined ? {} : { payload: text }),
      ...(value === undefined ? {} : { value }),
    });
  }

  #onReport(bound: Bound, delivery: Delivery): void {
    const decoded = decode(bound.binding, delivery.message.payload);
    const one = this.#waiting.get(keyOf(bound));
    if (one?.outcome === 'waiting' && delivery.publisher?.principal.id !== one.actorId) {
      // What nobody could read is answered by anything the device says.
      const isAnswer = one.value === undefined || (decoded.ok && confirms(bound.binding, one.value, decoded.value));
      if (isAnswer)
        this.#settle(one, { outcome: 'confirmed', answeredAfterMs: Math.max(0, delivery.atMs - one.sentAtMs) });
    }
    if (bound.binding.type === 'boolean' && decoded.ok) this.#noteChange(bound, decoded.value === true, delivery);
  }

  #noteChange(bound: Bound, isOn: boolean, { message, atMs }: Delivery): void {
    const key = keyOf(bound);
    const before = this.#known.get(key);
    this.#known.set(key, isOn);
    const isAnswering = (this.#answeringUntilMs.get(bound.tile.id) ?? -Infinity) >= atMs;
    if (before === undefined || before === isOn || isAnswering) return;
    this.#parts.sink.add({
      atMs,
      kind: 'change',
      tile: tileOf(bound),
      topic: message.topic,
      value: isOn,
    });
  }

  #noteKnown(bound: Bound, payload: Uint8Array): void {
    if (bound.binding.type !== 'boolean') return;
    const decoded = decode(bound.binding, payload);
    if (decoded.ok) this.#known.set(keyOf(bound), decoded.value === true);
  }

  #settle(one: Waiting, change: Partial<NewEntry>): void {
    if (change.outcome) one.outcome = change.outcome;
    this.#parts.sink.amend(one.id, change);
  }
}
