import type { TopicValue } from '../../shared/api/contract.ts';
import { houseChangedTopic } from '../../shared/api/names.ts';
import type { House, Tile } from '../../shared/house/house.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { CommandState } from '../../shared/tile/state.ts';
import type { LinkState } from '../app/context.ts';
import { Backstage } from './backstage.ts';
import type { Clock } from './clock.svelte.ts';
import { Commands, type CommandOptions, type Order, type OutgoingMessage } from './commands.ts';
import type { Connection, ConnectionEvents } from './connection.ts';
import type { Environment } from './environment.ts';
import { Link } from './link.svelte.ts';
import { createSubscriptions, type Change } from './subscriptions.ts';
import type { Topics } from './topics.ts';

export interface WireOptions {
  readonly environment: Environment;
  readonly clock: Clock;
  /** Where messages go. */
  readonly topics: Topics;
  readonly house: House;
  /** Ids of tiles that are drawn, but out of view. */
  readonly unseenTiles: () => ReadonlySet<string>;
  /** Nothing is ever sent: the page looks with the eyes of somebody else. */
  readonly isLooking?: boolean;
  /** Begins one connection attempt. */
  readonly open: (events: ConnectionEvents) => { close(): void };
  /** Fetches the snapshot anew and hands it to the page. */
  readonly refresh: () => Promise<void>;
  /** Fetches last values of single topics. */
  readonly fetchValues: (topics: readonly string[]) => Promise<readonly TopicValue[]>;
  readonly onFailed: (tile: Tile, command: CommandState) => void;
  readonly askPin: CommandOptions['askPin'];
  readonly onLost: () => void;
  readonly onDispose?: () => void;
}

/** While attempts fail, HTTP is asked this often at most: it tells "login ended" and "broker down" from "no network". */
const probeEveryMs = 5_000;

/** Everything between this page and the broker: the link, what is subscribed, what is sent. Loaded after the first picture. */
export class Wire {
  readonly #options: WireOptions;
  readonly #link: Link;
  readonly #commands: Commands;
  readonly #subscriptions = createSubscriptions();
  readonly #backstage: Backstage;
  /** Counts connections, so that a message knows which one brought it. */
  #connectionNumber = 0;
  #probedAtMs = -Infinity;
  #isFrameDue = false;

  constructor(options: WireOptions) {
    this.#options = options;
    this.#commands = new Commands({
      environment: options.environment,
      serverNowMs: () => options.clock.read(),
      isUp: () => this.#link.state === 'live',
      publish: (message) => this.#send(message),
      onFailed: options.onFailed,
      askPin: options.askPin,
    });
    this.#link = new Link({
      environment: options.environment,
      open: (events) => options.open({ ...events, onMessage: (message) => this.#receive(message) }),
      onUp: (connection) => this.#subscribe(connection),
      onLost: options.onLost,
      onAttemptFailed: () => this.#probe(),
    });
    this.#backstage = new Backstage(options.unseenTiles);
    this.#backstage.setTiles(options.house.tiles);
    this.#subscriptions.setHouse(options.house);
    this.#link.start();
  }

  /** Reactive. */
  get link(): LinkState {
    return this.#link.state;
  }

  /** Reactive. */
  get isBannerDue(): boolean {
    return this.#link.isBannerDue;
  }

  get connectionNumber(): number {
    return this.#connectionNumber;
  }

  /** Reactive in this tile's command only. */
  commandOf(tileId: string): CommandState | undefined {
    return this.#commands.of(tileId);
  }

  send(tile: Tile, order: Order): void {
    this.#commands.send(tile, order);
  }

  publish(message: OutgoingMessage): Promise<Result<void, 'offline' | 'refused'>> {
    if (this.#options.isLooking) return Promise.resolve(fail('refused'));
    return publishPlain(this.#link.connection, message);
  }

  retryNow(): void {
    this.#link.retryNow();
  }

  follow(topics: readonly string[]): () => void {
    void this.#follow(topics);
    return () => void this.#change(this.#subscriptions.remove(topics), false);
  }

  /** The arrangement changed: follows its topics. */
  setHouse(house: House): void {
    this.#backstage.setTiles(house.tiles);
    const change = this.#subscriptions.setHouse(house);
    if (!this.#link.connection) return;
    // Between the snapshot that brought the house and this subscription something may have been reported.
    void this.#change(change, false).then(() => (change.added.length > 0 ? this.#options.refresh() : undefined));
  }

  dispose(): void {
    this.#options.onDispose?.();
    this.#link.dispose();
  }

  #send(message: OutgoingMessage): ReturnType<CommandOptions['publish']> {
    if (this.#options.isLooking) return Promise.resolve(fail({ reason: 'view-only' }));
    return this.#link.connection?.publish(message) ?? Promise.resolve(fail({ reason: 'offline' }));
  }

  #receive(message: Parameters<ConnectionEvents['onMessage']>[0]): void {
    const { clock, environment, topics } = this.#options;
    if (message.topic === houseChangedTopic) void this.#options.refresh();
    const incoming = { ...message, atMs: Math.floor(clock.read()) };
    if (!this.#backstage.keeps(incoming, this.#connectionNumber, environment.monotonicMs()))
      topics.receive(incoming, this.#connectionNumber);
    if (!message.isReplay) this.#commands.onReport(message.topic, message.payload);
    this.#askFrame();
  }

  #askFrame(): void {
    if (this.#isFrameDue) return;
    this.#isFrameDue = true;
    this.#options.environment.nextFrame(() => this.#flush());
  }

  #flush(): void {
    this.#isFrameDue = false;
    const { environment, topics } = this.#options;
    const isWaiting = this.#backstage.pass(environment.monotonicMs(), (message, connection) =>
      topics.receive(message, connection),
    );
    topics.flush();
    this.#commands.flush();
    if (isWaiting) this.#askFrame();
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
    this.#options.topics.lay(await this.#options.fetchValues(topics), this.#connectionNumber);
  }
}

async function publishPlain(
  connection: Connection | undefined,
  message: OutgoingMessage,
): Promise<Result<void, 'offline' | 'refused'>> {
  if (!connection) return fail('offline');
  const result = await connection.publish(message);
  if (result.ok) return ok(undefined);
  return fail(result.error.reason === 'offline' ? 'offline' : 'refused');
}
