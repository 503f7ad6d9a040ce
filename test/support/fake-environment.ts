import type { Environment } from '../../web/live/environment.ts';

interface Timer {
  dueMs: number;
  readonly everyMs: number | undefined;
  readonly run: () => void;
}

/** A browser whose time the test turns by hand. */
export class FakeEnvironment implements Environment {
  #nowMs = 1_000;
  #isVisible = true;
  readonly #timers = new Set<Timer>();
  readonly #wakes = new Set<() => void>();
  readonly #hides = new Set<() => void>();
  #frames: (() => void)[] = [];

  monotonicMs = (): number => this.#nowMs;
  after = (ms: number, run: () => void): (() => void) =>
    this.#add({ dueMs: this.#nowMs + ms, everyMs: undefined, run });
  every = (ms: number, run: () => void): (() => void) => this.#add({ dueMs: this.#nowMs + ms, everyMs: ms, run });
  isVisible = (): boolean => this.#isVisible;

  nextFrame = (run: () => void): (() => void) => {
    this.#frames.push(run);
    return () => (this.#frames = this.#frames.filter((one) => one !== run));
  };

  onWake = (run: () => void): (() => void) => {
    this.#wakes.add(run);
    return () => this.#wakes.delete(run);
  };

  onHide = (run: () => void): (() => void) => {
    this.#hides.add(run);
    return () => this.#hides.delete(run);
  };

  get timers(): number {
    return this.#timers.size;
  }

  drawFrame(): void {
    const frames = this.#frames;
    this.#frames = [];
    for (const run of frames) run();
  }

  show(isVisible: boolean): void {
    this.#isVisible = isVisible;
    for (const run of isVisible ? this.#wakes : this.#hides) run();
  }

  wake(): void {
    for (const run of this.#wakes) run();
  }

  /** Time passes without timers running, as in a sleeping page. */
  sleep(ms: number): void {
    this.#nowMs += ms;
  }

  /** Time passes; timers run when they are due, in order. */
  pass(ms: number): void {
    const endMs = this.#nowMs + ms;
    for (;;) {
      const next = [...this.#timers].sort((a, b) => a.dueMs - b.dueMs)[0];
      if (!next || next.dueMs > endMs) break;
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      if (next.everyMs === undefined) this.#timers.delete(next);
      else next.dueMs = this.#nowMs + next.everyMs;
      next.run();
    }
    this.#nowMs = endMs;
  }

  #add(timer: Timer): () => void {
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }
}
