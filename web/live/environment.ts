/** What live data needs from the browser, handed in once; tests give a clock they can turn. Every `() => void` returned stops it. */
export interface Environment {
  /** Grows evenly, ms; unrelated to the phone's wall clock, which may be wrong. */
  monotonicMs(): number;
  after(ms: number, run: () => void): () => void;
  every(ms: number, run: () => void): () => void;
  /** Runs once before the next frame, or soon when no frames are drawn (page hidden). */
  nextFrame(run: () => void): () => void;
  isVisible(): boolean;
  /** The network came back, the page became visible or came out of the back/forward cache. */
  onWake(run: () => void): () => void;
  /** The page goes away or into the background: last chance to keep something. */
  onHide(run: () => void): () => void;
}

/** Hidden pages draw no frames; messages are then applied this often. */
const hiddenFrameMs = 250;

const once = (target: EventTarget, types: readonly string[], run: () => void): (() => void) => {
  for (const type of types) target.addEventListener(type, run);
  return () => {
    for (const type of types) target.removeEventListener(type, run);
  };
};

export const browserEnvironment: Environment = {
  monotonicMs: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  every: (ms, run) => {
    const timer = setInterval(run, ms);
    return () => clearInterval(timer);
  },
  nextFrame: (run) => {
    const stop = (): void => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
    const first = (): void => {
      stop();
      run();
    };
    const frame = requestAnimationFrame(first);
    const timer = setTimeout(first, hiddenFrameMs);
    return stop;
  },
  isVisible: () => document.visibilityState === 'visible',
  onWake: (run) => {
    const ifVisible = (): void => {
      if (document.visibilityState === 'visible') run();
    };
    const stops = [once(window, ['online', 'pageshow'], run), once(document, ['visibilitychange'], ifVisible)];
    return () => stops.forEach((stop) => stop());
  },
  onHide: (run) => {
    const ifHidden = (): void => {
      if (document.visibilityState === 'hidden') run();
    };
    const stops = [once(window, ['pagehide'], run), once(document, ['visibilitychange'], ifHidden)];
    return () => stops.forEach((stop) => stop());
  },
};
