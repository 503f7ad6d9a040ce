import { createContext } from 'svelte';
import type { Snapshot } from '../../shared/api/contract.ts';
import type { House, Tile } from '../../shared/house/house.ts';
import type { Value } from '../../shared/payload/decoded.ts';
import type { Conflict, Choice } from '../../shared/house/merge.ts';
import type { Result } from '../../shared/result.ts';
import type { TileState } from '../../shared/tile/state.ts';
import type { TopicValue } from '../../shared/api/contract.ts';
import type { Language, Translate, Words } from '../text/define.ts';
import type { Api } from './api.ts';
import type { Failure } from './failure.ts';

/** State of the link between this page and the broker. */
export type LinkState = 'connecting' | 'live' | 'offline';

/** Live data: the page's one view on topics, tiles and commands. Implemented in web/live/, made once in main.ts. Getters are reactive. */
export interface Live {
  readonly link: LinkState;
  /** True once the link has been lost for more than 3 s: banner, disabled controls. */
  readonly isBannerDue: boolean;
  /** Server time until which the shown values are known to be true (for "Showing values from 21:47"). */
  readonly valuesFromMs: number | undefined;
  /** Server's clock, ms; ticks once a second while the page is visible. */
  readonly nowMs: number;
  /** Reads state of one tile; reactive in exactly the topics the tile is bound to. */
  tile(tile: Tile): TileState;
  /** Last message of any topic known to this page. */
  topic(topic: string): TopicValue | undefined;
  /** Sends a command for a tile's role; the outcome shows in `tile(tile).command`. */
  send(tile: Tile, role: string, value: Value, phase?: 'live' | 'final'): void;
  /** Sends a literal payload outside any tile (editor's *Test*). */
  publish(
    topic: string,
    payload: string,
    options: { qos: 0 | 1 | 2; retain: boolean },
  ): Promise<Result<void, 'offline' | 'refused'>>;
  /** Connects at once (*Try now*). */
  retryNow(): void;
  /** Follows further topics while a page needs them (editor, details); returns dispose. */
  follow(topics: readonly string[]): () => void;
}

/** The arrangement and its saving. Implemented in web/app/house.svelte.ts. */
export interface HouseStore {
  readonly house: House;
  readonly revision: number;
  readonly icons: Readonly<Record<string, string>>;
  /** Applies a change to the newest document and saves it; merges with what others saved meanwhile (shared/house/merge.ts). */
  save(change: (house: House) => House): Promise<Result<{ readonly merged: boolean }, Failure>>;
  /** Makes icons known that an editor just chose. */
  addIcons(icons: Readonly<Record<string, string>>): void;
  /** Set while a save waits because two people changed the same field: the shell asks. */
  readonly question: ConflictQuestion | undefined;
}

/** Two people changed the same fields; the save waits for an answer. */
export interface ConflictQuestion {
  readonly conflicts: readonly Conflict[];
  /** One choice per `Conflict.path`; `undefined` gives the save up (`stale-revision`). */
  answer(choices: Readonly<Record<string, Choice>> | undefined): void;
}

/** Installing, updating, and why the browser may refuse. Getters are reactive. */
export interface Pwa {
  /** A newer version waits; `update()` switches to it and reloads. Never by itself. */
  readonly isUpdateReady: boolean;
  update(): void;
  /**
   * How this browser installs: `prompt` = `install()` asks; `ios` = three steps by hand; `installed` = it runs as an app;
   * `plain-http` = this browser installs no page without HTTPS; `unsupported` = this browser does not offer it (now).
   */
  readonly install: 'prompt' | 'ios' | 'installed' | 'plain-http' | 'unsupported';
  /** Shows the browser's own question; true when it was accepted. */
  askInstall(): Promise<boolean>;
}

/** A short message at the lower edge; failures and undo only, never success alone. */
export interface Toasts {
  show(toast: {
    readonly text: string;
    readonly action?: { readonly label: string; readonly run: () => void };
    readonly isUrgent?: boolean;
    readonly timeoutMs?: number;
  }): void;
}

/** Who is logged in, how the app looks and speaks; navigation. */
export interface App {
  readonly snapshot: Snapshot;
  readonly language: Language;
  /** BCP 47 tag for numbers and dates. */
  readonly locale: string;
  setLanguage(language: Language | 'auto'): void;
  readonly theme: 'auto' | 'light' | 'dark';
  setTheme(theme: 'auto' | 'light' | 'dark'): void;
  /** Path without origin: `/`, `/room/living`, `/more`, `/devices`, `/settings`, `/room/living/arrange`, `/room/living/add`, `/tile/abc/edit`. */
  readonly path: string;
  navigate(path: string, options?: { readonly replace?: boolean }): void;
  /** Goes back inside the app, or to `fallback` when this page was opened directly. */
  back(fallback: string): void;
  logout(): Promise<void>;
  /** A reactive translator for one part of the catalogue. */
  text<Key extends string>(part: Words<Key>): Translate<Key>;
}

export const [getLive, setLive] = createContext<Live>();
export const [getHouse, setHouse] = createContext<HouseStore>();
export const [getApp, setApp] = createContext<App>();
export const [getToasts, setToasts] = createContext<Toasts>();
export const [getApi, setApi] = createContext<Api>();
export const [getPwa, setPwa] = createContext<Pwa>();
