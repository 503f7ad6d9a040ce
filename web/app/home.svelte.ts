import { tick } from 'svelte';
import type { Snapshot } from '../../shared/api/contract.ts';
import { createClock } from '../live/clock.svelte.ts';
import { browserEnvironment as environment } from '../live/environment.ts';
import { LiveHub } from '../live/live.svelte.ts';
import { limitsOf } from '../tiles/limits-of.ts';
import type { Api } from './api.ts';
import { focusPage } from './arrive.ts';
import type { App } from './context.ts';
import { HouseKeeper } from './house.svelte.ts';
import type { LanguageStore } from './language.svelte.ts';
import { createRouter, type Router } from './router.svelte.ts';
import type { Session } from './session.svelte.ts';
import type { FirstSnapshot } from './snapshot.ts';
import type { ThemeStore } from './theme.svelte.ts';
import { createToasts } from './toasts.svelte.ts';

export interface HomeOptions {
  readonly first: FirstSnapshot;
  readonly session: Session;
  readonly api: Api;
  readonly theme: ThemeStore;
  readonly language: LanguageStore;
}

/** Everything that pages get by context, composed once behind the gate. */
export class Home {
  readonly #options: HomeOptions;
  readonly toasts = createToasts();
  readonly house: HouseKeeper;
  readonly live: LiveHub;
  readonly app: App;
  readonly #router = createRouter({ window, afterDraw: tick, onArrive: focusPage });
  readonly #clock = createClock(environment);
  #snapshot: Snapshot;

  constructor(options: HomeOptions) {
    this.#options = options;
    const { first, api } = options;
    this.#snapshot = $state.raw(first.snapshot);
    this.house = new HouseKeeper({ api, first: first.snapshot, onChange: (house) => this.live.setHouse(house) });
    this.live = this.#createLive();
    this.app = createApp(options, this.#router, () => this.#snapshot);
    this.live.setHouse(this.house.house);
    this.live.take(first.snapshot, first.ageMs, first.isStored);
  }

  /** Begins live data; called after the first paint. */
  start(): void {
    this.live.start();
  }

  dispose(): void {
    this.#router.dispose();
    this.live.dispose();
  }

  #createLive(): LiveHub {
    const { api, session, language } = this.#options;
    return new LiveHub({
      environment,
      clock: this.#clock,
      limitsOf,
      connect: async (parts) => {
        const { goLive } = await import('./go-live.ts');
        return goLive({
          ...parts,
          api,
          language,
          clock: this.#clock,
          live: this.live,
          toasts: this.toasts,
          navigate: (path) => this.#router.navigate(path),
          current: () => this.#current(),
          onSnapshot: (fresh, ageMs) => this.#adopt(fresh, ageMs),
          onLoginEnded: () => session.onLoginEnded(),
        });
      },
    });
  }

  #adopt(fresh: Snapshot, ageMs: number): void {
    this.#snapshot = fresh;
    this.house.adopt(fresh);
    this.live.take(fresh, ageMs);
  }

  /** What the offline shell will show: the arrangement with the newest values of this page. */
  #current(): Snapshot {
    const { revision, house, icons } = this.house;
    const serverNowMs = Math.floor(this.#clock.read());
    return { ...this.#snapshot, revision, house, icons, values: this.live.values(), serverNowMs };
  }
}

function createApp({ session, theme, language }: HomeOptions, router: Router, snapshot: () => Snapshot): App {
  return {
    get snapshot() {
      return snapshot();
    },
    get language() {
      return language.language;
    },
    get locale() {
      return language.locale;
    },
    setLanguage: (next) => language.set(next),
    get theme() {
      return theme.theme;
    },
    setTheme: (next) => theme.set(next),
    get path() {
      return router.path;
    },
    navigate: (path, options) => router.navigate(path, options),
    back: (fallback) => router.back(fallback),
    logout: () => session.logout(),
    text: (part) => language.text(part),
  };
}
