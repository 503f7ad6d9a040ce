import type { LinkState } from '../app/context.ts';
import { bannerAfterMs, bannerStaysMs } from './banner-times.ts';
import type { Connection, ConnectionEvents } from './connection.ts';
import type { Environment } from './environment.ts';
import { createPulse, type Pulse } from './pulse.ts';
import { retryDelayMs } from './retry.ts';

export interface LinkOptions {
  readonly environment: Pick<Environment, 'monotonicMs' | 'after' | 'every' | 'isVisible' | 'onWake'>;
  /** Begins one connection attempt. */
  readonly open: (events: Pick<ConnectionEvents, 'onUp' | 'onDown'>) => { close(): void };
  /** Runs after CONNACK; the link counts as live when it resolves true (subscribed). */
  readonly onUp: (connection: Connection) => Promise<boolean>;
  readonly onLost: () => void;
  /** An attempt failed before the link was up. */
  readonly onAttemptFailed: (end: { readonly isRefused: boolean }) => void;
}

const nothing = (): void => undefined;

/** Keeps exactly one connection alive, and says how the link stands. */
export class Link {
  #state = $state<LinkState>('connecting');
  #isBannerDue = $state(false);
  #connection: Connection | undefined;
  #attempt: { close(): void } | undefined;
  #lostAtMs = 0;
  #isDisposed = false;
  #stopRetry = nothing;
  #stopBanner = nothing;
  #stopWake = nothing;
  readonly #options: LinkOptions;
  readonly #pulse: Pulse;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#pulse = createPulse({ environment: options.environment, connection: () => this.#connection });
  }

  /** Reactive. */
  get state(): LinkState {
    return this.#state;
  }

  /** Lost for more than `bannerAfterMs`; goes `bannerStaysMs` after recovery. Reactive. */
  get isBannerDue(): boolean {
    return this.#isBannerDue;
  }

  /** Undefined while there is none. */
  get connection(): Connection | undefined {
    return this.#connection;
  }

  start(): void {
    this.#lostAtMs = this.#options.environment.monotonicMs();
    this.#setBanner(true, bannerAfterMs);
    this.#stopWake = this.#options.environment.onWake(() => this.retryNow());
    this.#pulse.start();
    this.#connect();
  }

  /** Connects at once; a link that seems alive has to prove it. */
  retryNow(): void {
    if (this.#isDisposed) return;
    if (this.#connection) return this.#pulse.check();
    // An attempt from before the sleep may hang: begin anew.
    this.#attempt?.close();
    this.#connect();
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const stop of [this.#stopWake, this.#stopRetry, this.#stopBanner]) stop();
    this.#pulse.dispose();
    this.#attempt?.close();
  }

  #connect(): void {
    this.#stopRetry();
    this.#attempt = this.#options.open({
      onUp: (connection) => void this.#rise(connection),
      onDown: (end) => this.#fall(end),
    });
  }

  async #rise(connection: Connection): Promise<void> {
    this.#connection = connection;
    const isReady = await this.#options.onUp(connection);
    if (this.#connection !== connection) return;
    if (!isReady) return connection.close();
    this.#state = 'live';
    this.#setBanner(false, bannerStaysMs);
  }

  #fall(end: { readonly isRefused: boolean }): void {
    const wasLive = this.#state === 'live';
    this.#connection = undefined;
    this.#attempt = undefined;
    if (this.#isDisposed) return;
    if (wasLive) this.#lose();
    else this.#options.onAttemptFailed(end);
    this.#stopRetry();
    // The first attempt after a loss comes at once: most losses are short.
    this.#stopRetry = this.#options.environment.after(wasLive ? 0 : this.#retryDelayMs(), () => this.#connect());
  }

  #lose(): void {
    this.#state = 'offline';
    this.#lostAtMs = this.#options.environment.monotonicMs();
    this.#setBanner(true, bannerAfterMs);
    this.#options.onLost();
  }

  #retryDelayMs(): number {
    const { environment } = this.#options;
    return retryDelayMs(environment.monotonicMs() - this.#lostAtMs, environment.isVisible());
  }

  #setBanner(isDue: boolean, afterMs: number): void {
    this.#stopBanner();
    this.#stopBanner = this.#options.environment.after(afterMs, () => {
      this.#isBannerDue = isDue;
    });
  }
}
