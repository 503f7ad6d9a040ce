import { untrack } from 'svelte';
import type { Snapshot, TopicValue } from '../../shared/api/contract.ts';
import type { House, Tile } from '../../shared/house/house.ts';
import type { Value } from '../../shared/payload/decoded.ts';
import { fail, type Result } from '../../shared/result.ts';
import type { TileState } from '../../shared/tile/state.ts';
import type { LinkState, Live } from '../app/context.ts';
import { bannerAfterMs } from './banner-times.ts';
import type { Clock } from './clock.svelte.ts';
import type { OutgoingMessage } from './commands.ts';
import type { Environment } from './environment.ts';
import { tileRights } from './tile-rights.ts';
import { createTileStates } from './tile-states.ts';
import { createTopics, type Topics } from './topics.ts';
import type { Wire } from './wire.ts';
import type { LimitsOf } from './zone-holder.ts';

export interface LiveOptions {
  readonly environment: Pick<Environment, 'after'>;
  readonly clock: Clock;
  readonly limitsOf: LimitsOf;
  /** Loads and makes what talks to the broker; it connects at once. Rejects when it could not be loaded. */
  readonly connect: (parts: {
    readonly topics: Topics;
    readonly house: House;
    readonly onLost: () => void;
  }) => Promise<Wire>;
}

/** Loading the wire failed: no network. It is tried again this often. */
const reloadEveryMs = 3_000;

/** The page's one view on topics, tiles and commands. Draws the first picture alone; the wire to the broker comes afterwards. */
export class LiveHub implements Live {
  readonly #options: LiveOptions;
  readonly #topics = createTopics();
  readonly #stateOf = createTileStates(
    (topic) => this.#topics.get(topic),
    (tile, role) => this.#options.limitsOf(tile, role),
  );
  #wire: Wire | undefined = $state.raw();
  /** The first link should be there by now; whether the wire hangs, fails or finds nobody. */
  #isOverdue = $state(false);
  #isLoading = false;
  /** Who wanted to follow topics before there was a wire. */
  #waiting: readonly ((wire: Wire) => void)[] = [];
  #house: House | undefined;
  #isDisposed = false;
  #stopReload = (): void => undefined;
  #stopOverdue: (() => void) | undefined;
  #valuesFromMs = $state<number>();
  #rights = $state.raw(tileRights({ viewOnly: [], hold: [] }));
  /** The values are those of an earlier visit: nobody knows whether they still hold. */
  #isStored = $state(false);

  constructor(options: LiveOptions) {
    this.#options = options;
  }

  get link(): LinkState {
    return this.#wire?.link ?? 'connecting';
  }

  get isBannerDue(): boolean {
    return this.#wire?.isBannerDue === true || (this.#isOverdue && this.link === 'connecting');
  }

  get valuesFromMs(): number | undefined {
    return this.#valuesFromMs;
  }

  get nowMs(): number {
    return this.#options.clock.nowMs;
  }

  tile(tile: Tile): TileState {
    return this.#stateOf(tile, {
      command: this.#wire?.commandOf(tile.id),
      nowMs: this.#options.clock.coarseNowMs,
      isLive: this.#isOperable(),
      isConnecting: this.#isConnecting(),
      rights: this.#rights.of(tile.id),
    });
  }

  topic(topic: string): TopicValue | undefined {
    return this.#topics.newest(topic);
  }

  /** Before there is a wire nothing can be operated: taps open the details. */
  send(tile: Tile, role: string, value: Value, phase: 'live' | 'final' = 'final'): void {
    const { pin, ranges } = this.#rights.of(tile.id) ?? {};
    this.#wire?.send(tile, { role, value, phase, range: ranges?.[role], pin });
  }

  publish(
    topic: string,
    payload: string,
    { qos, retain }: Pick<OutgoingMessage, 'qos' | 'retain'>,
  ): Promise<Result<void, 'offline' | 'refused'>> {
    return this.#wire?.publish({ topic, payload, qos, retain }) ?? Promise.resolve(fail('offline'));
  }

  retryNow(): void {
    if (this.#wire) this.#wire.retryNow();
    else this.start();
  }

  follow(topics: readonly string[]): () => void {
    // Whoever follows in an effect is not to begin anew when the wire has come.
    const wire = untrack(() => this.#wire);
    if (wire) return wire.follow(topics);
    let stop = (): void => {
      this.#waiting = this.#waiting.filter((one) => one !== begin);
    };
    const begin = (joined: Wire): void => {
      stop = joined.follow(topics);
    };
    this.#waiting = [...this.#waiting, begin];
    return () => stop();
  }

  /** Connects; called once, after the first paint. */
  start(): void {
    this.#stopReload();
    const house = this.#house;
    if (!house || this.#wire || this.#isLoading || this.#isDisposed) return;
    this.#isLoading = true;
    this.#stopOverdue ??= this.#options.environment.after(bannerAfterMs, () => {
      this.#isOverdue = true;
    });
    const onLost = (): void => {
      this.#valuesFromMs = this.#options.clock.nowMs;
    };
    this.#options.connect({ topics: this.#topics, house, onLost }).then(
      (wire) => this.#join(wire, house),
      () => {
        this.#isLoading = false;
        this.#stopReload = this.#options.environment.after(reloadEveryMs, () => this.start());
      },
    );
  }

  /** The arrangement changed: follows its topics. */
  setHouse(house: House): void {
    this.#house = house;
    this.#wire?.setHouse(house);
  }

  /** Takes a snapshot's values and clock, `ageMs` after the server made it; what came live since is newer and stays. */
  take(snapshot: Snapshot, ageMs = 0, isStored = false): void {
    this.#isStored = isStored;
    if (!this.#rights.isSame(snapshot.access)) this.#rights = tileRights(snapshot.access);
    this.#options.clock.sync(snapshot.serverNowMs, ageMs);
    this.#topics.lay(snapshot.values, this.#wire?.connectionNumber ?? 0);
    if (this.link !== 'live') this.#valuesFromMs = snapshot.serverNowMs;
  }

  /** Everything known, for the offline shell. */
  values(): TopicValue[] {
    return this.#topics.all();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#stopReload();
    this.#stopOverdue?.();
    this.#wire?.dispose();
    this.#options.clock.dispose();
  }

  #join(wire: Wire, house: House): void {
    if (this.#isDisposed) return wire.dispose();
    this.#wire = wire;
    if (this.#house && this.#house !== house) wire.setHouse(this.#house);
    for (const begin of this.#waiting) begin(wire);
    this.#waiting = [];
  }

  /** What came fresh with the page stands until the first link is overdue. */
  #isConnecting(): boolean {
    return this.link === 'connecting' && !this.isBannerDue && !this.#isStored;
  }

  /** Taps before the banner are answered with "Not sent"; afterwards controls are disabled. */
  #isOperable(): boolean {
    return this.link === 'live' || (this.link === 'offline' && !this.isBannerDue);
  }
}
