import { SvelteMap } from 'svelte/reactivity';
import type { TopicValue } from '../../shared/api/contract.ts';
import type { TopicMessage } from '../../shared/tile/fold.ts';
import { toBytes, toPayloadJson } from './payload-json.ts';

/** One message of a topic as this page keeps it. */
export interface Report extends TopicMessage {
  readonly retained: boolean;
  readonly by?: string;
  readonly cutFromBytes?: number;
}

/** What is known of one topic: the last few messages, oldest first (many devices send several JSON shapes on one topic). */
export interface TopicCell {
  readonly reports: readonly Report[];
  /** Connection that brought the newest message live; 0 = it came with a snapshot. */
  readonly connection: number;
}

/** Messages remembered per topic; larger payloads count alone. */
const maxReports = 8;
const maxRememberedBytes = 4_096;
/** Topics remembered; beyond it, unknown ones are dropped. */
export const maxTopics = 10_000;

export interface Incoming {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly atMs: number;
  /** Sent because we subscribed: its true time is unknown. */
  readonly isReplay: boolean;
}

export interface Topics {
  /** Reactive in this topic only. */
  get(topic: string): TopicCell | undefined;
  newest(topic: string): TopicValue | undefined;
  /** Takes a live message; it shows after the next `flush`. */
  receive(message: Incoming, connection: number): void;
  /** Applies everything received, newest last. Called once per frame. */
  flush(): void;
  /** Lays values of a snapshot under what `connection` brought live. */
  lay(values: readonly TopicValue[], connection: number): void;
  /** Everything known, as a snapshot carries it. */
  all(): TopicValue[];
}

const reportOf = (value: TopicValue): Report => ({
  payload: toBytes(value),
  atMs: value.atMs,
  retained: value.retained,
  ...(value.by === undefined ? {} : { by: value.by }),
  ...(value.usualIntervalMs === undefined ? {} : { usualIntervalMs: value.usualIntervalMs }),
  ...(value.cutFromBytes === undefined ? {} : { cutFromBytes: value.cutFromBytes }),
});

export const valueOf = (topic: string, report: Report): TopicValue => ({
  topic,
  ...toPayloadJson(report.payload),
  atMs: report.atMs,
  retained: report.retained,
  ...(report.by === undefined ? {} : { by: report.by }),
  ...(report.usualIntervalMs === undefined ? {} : { usualIntervalMs: report.usualIntervalMs }),
  ...(report.cutFromBytes === undefined ? {} : { cutFromBytes: report.cutFromBytes }),
});

/** Equal bytes: the same message seen twice, live and in a snapshot. */
function isSamePayload(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

const append = (before: readonly Report[], added: readonly Report[]): readonly Report[] => {
  const isLarge = added.some((one) => one.payload.length > maxRememberedBytes);
  return isLarge ? added.slice(-1) : [...before, ...added].slice(-maxReports);
};

export function createTopics(): Topics {
  const cells = new SvelteMap<string, TopicCell>();
  /** Bounded: per topic the newest few of this frame. */
  let queue = new Map<string, { readonly reports: Report[]; readonly connection: number }>();

  const receive = (message: Incoming, connection: number): void => {
    const waiting = queue.get(message.topic);
    if (!waiting && queue.size >= maxTopics) return;
    const report: Report = { payload: message.payload, atMs: message.atMs, retained: message.isReplay };
    if (!waiting || waiting.connection !== connection) {
      queue.set(message.topic, { reports: [report], connection });
      return;
    }
    waiting.reports.push(report);
    if (waiting.reports.length > maxReports) waiting.reports.shift();
  };

  const applyOne = (topic: string, received: readonly Report[], connection: number): void => {
    const cell = cells.get(topic);
    if (!cell && cells.size >= maxTopics) return;
    const last = cell?.reports.at(-1);
    // A retained message that we know already keeps the time it really had.
    const fresh = received.filter((one) => !(one.retained && last && isSamePayload(one.payload, last.payload)));
    if (fresh.length === 0) return;
    const interval = last?.usualIntervalMs;
    const reports = interval === undefined ? fresh : fresh.map((one) => ({ ...one, usualIntervalMs: interval }));
    cells.set(topic, { reports: append(cell?.reports ?? [], reports), connection });
  };

  const layOne = (value: TopicValue, connection: number): void => {
    const cell = cells.get(value.topic);
    const last = cell?.reports.at(-1);
    const report = reportOf(value);
    if (!cell || !last) {
      if (cells.size < maxTopics) cells.set(value.topic, { reports: [report], connection: 0 });
      return;
    }
    if (cell.connection === connection && connection !== 0) {
      // What came live on this connection is newer; the snapshot only adds what it alone knows.
      const known = isSamePayload(last.payload, report.payload) ? report : { ...last, ...intervalOf(report) };
      cells.set(value.topic, { ...cell, reports: [...cell.reports.slice(0, -1), known] });
      return;
    }
    if (last.atMs === report.atMs && isSamePayload(last.payload, report.payload)) return;
    cells.set(value.topic, { reports: append(cell.reports, [report]), connection: 0 });
  };

  return {
    get: (topic) => cells.get(topic),
    newest: (topic) => {
      const report = cells.get(topic)?.reports.at(-1);
      return report && valueOf(topic, report);
    },
    receive,
    flush: () => {
      const received = queue;
      queue = new Map();
      for (const [topic, { reports, connection }] of received) applyOne(topic, reports, connection);
    },
    lay: (values, connection) => {
      for (const value of values) layOne(value, connection);
    },
    all: () => [...cells].flatMap(([topic, cell]) => cell.reports.slice(-1).map((report) => valueOf(topic, report))),
  };
}

const intervalOf = (report: Report): Pick<Report, 'usualIntervalMs'> =>
  report.usualIntervalMs === undefined ? {} : { usualIntervalMs: report.usualIntervalMs };
