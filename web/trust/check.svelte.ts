import { probePath, type ProbeReply } from '../../shared/api/trust.ts';

/** `unreachable`: not even a refusal came, as behind a firewall. */
export type Outcome = 'waiting' | 'trusted' | 'untrusted' | 'unreachable';

const checkEveryMs = 3_000;
const probeTimeoutMs = 2_500;

/** What the check needs of a browser. */
export interface CheckEnvironment {
  readonly fetch: typeof fetch;
  readonly nowMs: () => number;
  /** Calls every so often; returns dispose. */
  readonly every: (ms: number, run: () => void) => () => void;
  /** Calls when the person comes back from the settings; returns dispose. */
  readonly onReturn: (run: () => void) => () => void;
}

const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError';

/** Asks the house over TLS again and again until the browser trusts it. One question at a time. */
export class TrustCheck {
  #outcome = $state<Outcome>('waiting');
  #checkedMs = $state<number>();
  #protocol = $state<string>();
  #isAsking = false;
  readonly #origin: string;
  readonly #environment: CheckEnvironment;

  constructor(origin: string, environment: CheckEnvironment) {
    this.#origin = origin;
    this.#environment = environment;
  }

  get outcome(): Outcome {
    return this.#outcome;
  }

  /** When the last answer (or refusal) came. */
  get checkedMs(): number | undefined {
    return this.#checkedMs;
  }

  /** `TLSv1.3`, once trusted. */
  get protocol(): string | undefined {
    return this.#protocol;
  }

  /** Begins to ask; returns dispose. */
  start(): () => void {
    const { every, onReturn } = this.#environment;
    const look = (): void => {
      if (this.#outcome !== 'trusted') void this.ask();
    };
    look();
    const [stopEvery, stopReturn] = [every(checkEveryMs, look), onReturn(look)];
    return () => {
      stopEvery();
      stopReturn();
    };
  }

  async ask(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    this.#outcome = await this.#probe();
    this.#checkedMs = this.#environment.nowMs();
    this.#isAsking = false;
  }

  async #probe(): Promise<Outcome> {
    try {
      const reply = await this.#environment.fetch(this.#origin + probePath, {
        cache: 'no-store',
        credentials: 'omit',
        signal: AbortSignal.timeout(probeTimeoutMs),
      });
      if (!reply.ok) return 'untrusted';
      const { protocol } = (await reply.json()) as ProbeReply;
      this.#protocol = protocol;
      return 'trusted';
    } catch (error) {
      return isTimeout(error) ? 'unreachable' : 'untrusted';
    }
  }
}

/** The check in a real browser. */
export const browserCheck: CheckEnvironment = {
  fetch: (...request) => fetch(...request),
  nowMs: () => Date.now(),
  every: (ms, run) => {
    const timer = setInterval(run, ms);
    return () => clearInterval(timer);
  },
  onReturn: (run) => {
    const visible = (): void => {
      if (document.visibilityState === 'visible') run();
    };
    document.addEventListener('visibilitychange', visible);
    window.addEventListener('pageshow', run);
    return () => {
      document.removeEventListener('visibilitychange', visible);
      window.removeEventListener('pageshow', run);
    };
  },
};
