import type { HistoryReply, SeriesPoint, TopicValue } from '../../shared/api/contract.ts';
import type { House, Tile } from '../../shared/house/house.ts';
import { bucketStart, downsample, seriesKey } from '../../shared/history/series.ts';
import type { Clock } from '../broker/engine/clock.ts';
import type { Delivery, Engine } from '../broker/engine/engine.ts';
import type { Store } from '../store/store.ts';
import type { LastMessage } from '../topics/topic-index.ts';
import { boundOf, type Bound } from './bound.ts';
import { cutPayload } from '../payload-json.ts';
import { createLastValues, maxKeptPayloadBytes, type LastValues } from './last-values.ts';
import { createMinutes, type Minutes } from './minutes.ts';

/** A kill -9 may cost so much, and no more. */
const flushEveryMs = 5_000;
const pruneEveryMs = 30 * 60_000;
/** More points than any screen has room for are joined. */
const maxPoints = 360;

/** Last values, the last day by minutes and the last week by ten minutes of everything a tile is bound to. */
export interface History {
  /** Follows the topics of another arrangement. */
  follow(house: House): void;
  values(topics?: readonly string[]): TopicValue[];
  series(house: House, tileIds: readonly string[], hours: number): HistoryReply;
  dispose(): void;
}

export interface HistoryParts {
  readonly store: Store;
  readonly engine: Engine;
  readonly clock: Clock;
  /** What the index of live topics knows about a topic that becomes bound. */
  readonly findLast: (topic: string) => LastMessage | undefined;
}

interface Memory {
  readonly values: LastValues;
  readonly minutes: Minutes;
}

/** Writes what changed, everything in one transaction. */
function createFlush(store: Store, clock: Clock, { values, minutes }: Memory): () => void {
  let prunedMs = 0;
  return () => {
    const nowMs = clock.now();
    const isPruneDue = nowMs - prunedMs >= pruneEveryMs;
    if (!values.isDirty && !minutes.isDirty && !isPruneDue) return;
    const flushed = store.relaxed(() => {
      values.write();
      minutes.write();
      if (isPruneDue) minutes.prune(nowMs);
    });
    if (!flushed.ok) return; // Kept in memory, tried again next time; the health of the store tells it.
    values.written();
    minutes.written();
    if (isPruneDue) prunedMs = nowMs;
  };
}

/** What is known of a topic that becomes bound. */
function createFinder({ engine, clock, findLast }: HistoryParts): (topic: string) => LastMessage | undefined {
  const startedMs = clock.now();
  return (topic) => {
    const seen = findLast(topic);
    const retained = seen ? undefined : engine.retained(topic);
    if (!retained) return seen;
    // Nobody saw it arrive, so it came before this start, nobody knows how long: it is told as old as the start.
    const payload = cutPayload(retained.payload, maxKeptPayloadBytes);
    return { payload, sizeBytes: retained.payload.length, atMs: startedMs, isRetained: true };
  };
}

/** The points of some tiles, role by role. */
function seriesOf(minutes: Minutes, tiles: readonly Tile[], range: { fromMs: number; toMs: number }): HistoryReply {
  const pointsOf = (key: string): SeriesPoint[] =>
    downsample(minutes.since(key, range.fromMs), { ...range, count: maxPoints });
  const rolesOf = ({ bindings }: Tile) =>
    Object.entries(bindings).flatMap(([role, binding]) => {
      const key = seriesKey(binding);
      return key === undefined ? [] : [[role, pointsOf(key)] as const];
    });
  return Object.fromEntries(tiles.map((tile) => [tile.id, Object.fromEntries(rolesOf(tile))]));
}

export function createHistory(parts: HistoryParts): History {
  const { store, engine, clock } = parts;
  const [values, minutes] = [createLastValues(store.db), createMinutes(store.db)];
  const observing = new Map<string, () => void>();
  let bound: Bound = { topics: new Set(), recorders: new Map() };

  const note = (delivery: Delivery): void => {
    values.note(delivery);
    const recorders = bound.recorders.get(delivery.message.topic);
    if (recorders) minutes.note(delivery, recorders);
  };
  const findBefore = createFinder(parts);
  const flush = createFlush(store, clock, { values, minutes });
  const stopFlushing = clock.every(flushEveryMs, flush);

  const unobserve = (topic: string): void => {
    observing.get(topic)?.();
    observing.delete(topic);
  };

  return {
    follow: (house) => {
      bound = boundOf(house);
      for (const topic of [...observing.keys()]) if (!bound.topics.has(topic)) unobserve(topic);
      for (const topic of bound.topics) {
        if (!observing.has(topic)) observing.set(topic, engine.observe(topic, note));
      }
      values.keepOnly(bound.topics, findBefore);
    },
    values: (topics) => values.list(topics),
    series: (house, tileIds, hours) => {
      const toMs = clock.now();
      const fromMs = bucketStart(toMs - hours * 3_600_000);
      const wanted = new Set(tileIds);
      const tiles = house.tiles.filter(({ id }) => wanted.has(id));
      return seriesOf(minutes, tiles, { fromMs, toMs });
    },
    dispose: () => {
      stopFlushing();
      [...observing.keys()].forEach(unobserve);
      flush();
    },
  };
}
