import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Family } from './exposition.ts';

const nanosecondsPerSecond = 1e9;
/** How often the event loop is asked; its answers contain this time. */
const resolutionMs = 20;

const family =
  (type: 'gauge' | 'counter') =>
  (name: string, help: string, value: number): Family => ({ name, help, type, samples: [{ value }] });
const gauge = family('gauge');
const counter = family('counter');

/** Names as other Node.js programs have them, so that ready-made dashboards fit. */
export interface ProcessFigures {
  families(): readonly Family[];
  dispose(): void;
}

/** Watches the event loop from the first question on: a house that nobody watches is not woken fifty times a second. */
export function createProcessFigures(startedAtMs: number): ProcessFigures {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  const seconds = (nanoseconds: number): number =>
    delay.count === 0 ? 0 : Math.max(0, nanoseconds / nanosecondsPerSecond - resolutionMs / 1_000);
  const delays = (): readonly Family[] => {
    const since = 'since the last question.';
    const families = [
      gauge('nodejs_eventloop_lag_mean_seconds', `Mean delay of the event loop ${since}`, seconds(delay.mean)),
      gauge('nodejs_eventloop_lag_max_seconds', `Longest delay of the event loop ${since}`, seconds(delay.max)),
      ...([50, 90, 99] as const).map((percent) =>
        gauge(
          `nodejs_eventloop_lag_p${percent}_seconds`,
          `${percent} % of the delays of the event loop are shorter, ${since}`,
          seconds(delay.percentile(percent)),
        ),
      ),
    ];
    delay.enable();
    delay.reset();
    return families;
  };
  const startTime = gauge('process_start_time_seconds', 'When the process started, in Unix time.', startedAtMs / 1_000);
  return {
    families: () => [...memory(), startTime, ...delays()],
    dispose: () => void delay.disable(),
  };
}

function memory(): readonly Family[] {
  const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return [
    gauge('process_resident_memory_bytes', 'Memory of the process.', rss),
    gauge('nodejs_heap_size_used_bytes', 'JavaScript heap in use.', heapUsed),
    gauge('nodejs_heap_size_total_bytes', 'JavaScript heap.', heapTotal),
    gauge('nodejs_external_memory_bytes', 'Memory outside the heap, payloads for example.', external),
    counter('process_cpu_seconds_total', 'Processor time.', (user + system) / 1e6),
  ];
}
