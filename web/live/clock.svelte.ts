import type { Environment } from './environment.ts';

/** The server's clock as this page knows it: ages never depend on the phone's own clock. */
export interface Clock {
  /** Ticks once a second while the page is visible. Reactive. */
  readonly nowMs: number;
  /** As `nowMs`, but moves only every `coarseTickMs`: for ages, so that tiles do not recompute every second. Reactive. */
  readonly coarseNowMs: number;
  /** The exact server time now; not reactive. */
  read(): number;
  /** `serverNowMs` was the server's time `ageMs` ago. */
  sync(serverNowMs: number, ageMs?: number): void;
  dispose(): void;
}

const tickMs = 1_000;
export const coarseTickMs = 5_000;

export function createClock(environment: Pick<Environment, 'monotonicMs' | 'every' | 'isVisible' | 'onWake'>): Clock {
  let offsetMs = 0;
  const read = (): number => environment.monotonicMs() + offsetMs;
  let nowMs = $state(0);
  let coarseNowMs = $state(0);

  const tick = (): void => {
    nowMs = Math.floor(read());
    if (Math.abs(nowMs - coarseNowMs) >= coarseTickMs) coarseNowMs = nowMs;
  };
  const stops = [
    environment.every(tickMs, () => {
      if (environment.isVisible()) tick();
    }),
    environment.onWake(tick),
  ];
  return {
    get nowMs() {
      return nowMs;
    },
    get coarseNowMs() {
      return coarseNowMs;
    },
    read,
    sync: (serverNowMs, ageMs = 0) => {
      offsetMs = serverNowMs + ageMs - environment.monotonicMs();
      tick();
      coarseNowMs = nowMs;
    },
    dispose: () => stops.forEach((stop) => stop()),
  };
}
