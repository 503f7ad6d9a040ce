/** Time as the engine sees it; tests hand in one that they advance. */
export interface Clock {
  /** Wall-clock milliseconds. */
  now(): number;
  /** Calls `run` every `intervalMs` until the returned function is called. */
  every(intervalMs: number, run: () => void): () => void;
  /** Calls `run` once, after everything that arrived in this turn of the event loop was handled. */
  endOfTurn(run: () => void): void;
}

/** The real clock; its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  every: (intervalMs, run) => {
    const timer = setInterval(run, intervalMs);
    timer.unref();
    return () => clearInterval(timer);
  },
  endOfTurn: (run) => void setImmediate(run),
};
