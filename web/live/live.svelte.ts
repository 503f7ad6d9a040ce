import type { Snapshot, TopicValue } from '../../shared/api/contract.ts';
import { houseChangedTopic } from '../../shared/api/names.ts';
import type { House, Tile } from '../../shared/house/house.ts';
import type { Value } from '../../shared/payload/decoded.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { CommandState, TileState } from '../../shared/tile/state.ts';
import type { LinkState, Live } from '../app/context.ts';
import type { Clock } from './clock.svelte.ts';
import { Commands, type OutgoingMessage } from './commands.ts';
import type { Connection, ConnectionEvents } from './connection.ts';
import type { Environment } from './environment.ts';
import { Link } from './link.svelte.ts';
import { createSubscriptions, type Change } from './subscriptions.ts';
import { tileRights } from './tile-rights.ts';
import { createTileStates } from './tile-states.ts';
import { createTopics } from './topics.ts';
import type { LimitsOf } from './zone-holder.ts';

export interface LiveOptions {
  readonly environment: Environment;
  readonly clock: Clock;
  /** Begins one connection attempt. */
  readonly open: (events: ConnectionEvents) => { close(): void };
  /** Fetches the snapshot anew and hands it to `take`. */
  readonly refresh: () => Promise<void>;
  /** Fetches last values of single topics. */
  readonly fetchValues: (topics: readonly string[]) => Promise<readonly TopicValue[]>;
  readonly limitsOf: LimitsOf;
  readonly onFailed: (tile: Tile, command: CommandState) => void;
  readonly onLost: () => void;
}

/** While attempts fail, HTTP is asked this often at most: it tells "login ended" and "broker down" from "no network". */
const probeEveryMs = 5_000;

/** The page's one view on topics, tiles and commands. */
export class LiveHub implements Live {
  readonly #options: LiveOptions;
  readonly #link: Link;
  readonly #commands: Commands;
  readonly #topics = createTopics();
  readonly #subscriptions = createSubscriptions();
  readonly #stateOf = createTileStates(
    (topic) => this.#topics.get(topic),
    (tile, role) => this.#options.limitsOf(tile, role),
  );
  /** Counts connections, so that a message knows which one brought it. */
  #connectionNumber = 0;
  #probedAtMs = -Infinity;
  #isFrameDue = false;
  #valuesFromMs = $state<number>();
  #rights = $state.raw(tileRights({ viewOnly: [], hold: [] }));
  /** The values are those of an earlier visit: nobody knows whether they still hold. */
  #isStored = $state(false);

  constructor(options: LiveOptions) {
    this.#options = options;
    this.#commands = new Commands({
      environment: options.environment,
      serverNowMs: () => options.clock.read(),
      isUp: () => this.#link.state === 'live',
      publish: (message) => this.#link.connection?.publish(message) ?? Promise.resolve(fail('offline' as const)),
      onFailed: options.onFailed,
    });
    this.#link = new Link({
      environment: options.environment,
      open: (events) => options.open({ ...events, onMessage: (message) => this.#receive(message) }),
      onUp: (connection) => this.#subscribe(connection),
      onLost: () => {
        this.#valuesFromMs = options.clock.nowMs;
        options.onLost();
      },
      onAttemptFailed: () => this.#probe(),
    });
  }

  get link(): LinkState {
    return this.#link.state;
  }

  get isBannerDue(): boolean {
    return this.#link.isBannerDue;
  }

  get valuesFromMs(): number | undefined {
    return this.#valuesFromMs;
  }

  get nowMs(): number {
    return this.#options.clock.nowMs;
  }

  tile(tile: Tile): TileState {
    return this.#stateOf(tile, {
      command: this.#commands.of(tile.id),
      nowMs: this.#options.clock.coarseNowMs,
      isLive: this.#isOperable(),
      isConnecting: this.#isConnecting(),
      rights: this.#rights.of(tile.id),
    });
  }

  topic(topic: string): TopicValue | undefined {
    return this.#topics.newest(topic);
  }

  send(tile: Tile, role: string, value: Value, phase: 'live' | 'final' = 'final'): void {
    this.#commands.send(tile, { role, value, phase });
  }

  publish(
    topic: string,
    payload: string,
    options: Pick<OutgoingMessage, 'qos' | 'retain'>,
  ): Promise<Result<void, 'offline' | 'refused'>> {
    return publishPlain(this.#link.connection, { topic, payload, qos: options.qos, retain: options.retain });
  }

  retryNow(): void {
    this.#link.retryNow();
  }

  follow(topics: readonly string[]): () => void {
    void this.#follow(topics);
    return () => void this.#change(this.#subscriptions.remove(topics), false);
  }

  /** Connects; called once, after the first paint. */
  start(): void {
    this.#link.start();
  }

  /** The arrangement changed: follows its topics. */
  setHouse(house: House): void {
    const change = this.#subscriptions.setHouse(house);
    if (!this.#link.connection) return;
    // Between the snapshot that brought the house and this subscription something may have been reported.
    void this.#change(change, false).then(() => (change.added.length > 0 ? this.#options.refresh() : undefined));
  }

  /** Takes a snapshot's values and clock, `ageMs` after the server made it; what came live since is newer and stays. */
  take(snapshot: Snapshot, ageMs = 0, isStored = false): void {
    this.#isStored = isStored;
    if (!this.#rights.isSame(snapshot.access)) this.#rights = tileRights(snapshot.access);
    this.#options.clock.sync(snapshot.serverNowMs, ageMs);
    this.#topics.lay(snapshot.values, this.#connectionNumber);
    if (this.#link.state !== 'live') this.#valuesFromMs = snapshot.serverNowMs;
  }

  /** Everything known, for the offline shell. */
  values(): TopicValue[] {
    return this.#topics.all();
  }

  dispose(): void {
    this.#link.dispose();
    this.#options.clock.dispose();
  }

  /** What came fresh with the page stands until the first link is overdue. */
  #isConnecting(): boolean {
    return this.#link.state === 'connecting' && !this.#link.isBannerDue && !this.#isStored;
  }

  /** Taps before the banner are answered with "Not sent"; afterwards controls are disabled. */
  #isOperable(): boolean {
    return this.#link.state === 'live' || (this.#link.state === 'offline' && !this.#link.isBannerDue);
  }

  #receive(message: Parameters<ConnectionEvents['onMessage']>[0]): void {
    const { clock, environment } = this.#options;
    if (message.topic === houseChangedTopic) void this.#options.refresh();
    this.#topics.receive({ ...message, atMs: Math.floor(clock.read()) }, this.#connectionNumber);
    if (!message.isReplay) this.#commands.onReport(message.topic, message.payload);
    if (this.#isFrameDue) return;
    this.#isFrameDue = true;
    environment.nextFrame(() => this.#flush());
  }

  #flush(): void {
    this.#isFrameDue = false;
    this.#topics.flush();
    this.#commands.flush();
  }

  async #subscribe(connection: Connection): Promise<boolean> {
    this.#connectionNumber += 1;
    const isReady = await connection.subscribe(this.#subscriptions.all(), { sendRetained: false });
    if (isReady) void this.#options.refresh();
    return isReady;
  }

  #probe(): void {
    const nowMs = this.#options.environment.monotonicMs();
    if (nowMs - this.#probedAtMs < probeEveryMs) return;
    this.#probedAtMs = nowMs;
    void this.#options.refresh();
  }

  async #change({ added, removed }: Change, sendRetained: boolean): Promise<void> {
    const { connection } = this.#link;
    if (!connection) return;
    connection.unsubscribe(removed);
    if (added.length > 0) await connection.subscribe(added, { sendRetained });
  }

  async #follow(topics: readonly string[]): Promise<void> {
    await this.#change(this.#subscriptions.add(topics), true);
    this.#topics.lay(await this.#options.fetchValues(topics), this.#connectionNumber);
  }
}

async function publishPlain(
  connection: Connection | undefined,
  message: OutgoingMessage,
): Promise<Result<void, 'offline' | 'refused'>> {
  if (!connection) return fail('offline');
  const result = await connection.publish(message);
  if (result.ok) return ok(undefined);
  return fail(result.error === 'offline' ? 'offline' : 'refused');
}
