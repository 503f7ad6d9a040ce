import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Snapshot } from '../../../shared/api/contract.ts';
import { houseChangedTopic } from '../../../shared/api/names.ts';
import { pinRefusal } from '../../../shared/api/pin.ts';
import type { Tile } from '../../../shared/house/house.ts';
import type { Delivery, Engine } from '../../../server/broker/engine/engine.ts';
import { createEngine } from '../../../server/broker/engine/create-engine.ts';
import { createMemoryStore } from '../../../server/broker/engine/memory-store.ts';
import { createClock, type Clock } from '../../../web/live/clock.svelte.ts';
import { openConnection } from '../../../web/live/connection.ts';
import type { Environment } from '../../../web/live/environment.ts';
import { LiveHub, type LiveOptions } from '../../../web/live/live.svelte.ts';
import { Wire, type WireOptions } from '../../../web/live/wire.ts';
import { bytes, lamp } from '../../support/house.ts';
import { MemorySocket } from '../../support/memory-socket.ts';

const person = { kind: 'person', id: 'p', name: 'Owner' } as const;

/** Real time; frames are drawn at once, because nobody looks. */
const environment: Environment = {
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
    const timer = setImmediate(run);
    return () => clearImmediate(timer);
  },
  isVisible: () => true,
  onWake: () => () => undefined,
  onHide: () => () => undefined,
};

describe('live data over the real engine', () => {
  let engine: Engine;
  let live: LiveHub;
  let sockets: MemorySocket[];
  let failed: string[];
  let asked: string[];
  /** Why the broker takes no message. */
  let objection: string | undefined;
  let refreshes: number;
  let delivered: Delivery[];
  let mayWrite: boolean;
  let isDown: boolean;
  let lost: number;
  let tile: Tile;

  const snapshot = (): Snapshot => ({
    version: '0',
    serverNowMs: Date.now(),
    revision: 1,
    house: { version: 1, name: 'Home', rooms: [], tiles: [tile] },
    values: [],
    icons: {},
    account: { id: 'p', name: 'Owner', role: 'owner' },
    access: { mayArrange: true, mayManage: true, viewOnly: [], hold: [] },
    isBrokerUp: true,
    isDemoRunning: false,
    allowAnonymous: false,
  });
  const report = (topic: string, text: string, retain = false): Promise<void> =>
    engine.publish({ topic, payload: bytes(text), qos: 0, retain });
  const power = (): unknown => live.tile(tile).roles['power']?.value;
  const wire: Pick<WireOptions, 'open' | 'refresh' | 'fetchValues' | 'onFailed' | 'askPin'> = {
    askPin: ({ value }, isAgain) => {
      asked.push(`${JSON.stringify(value)}${isAgain ? ' again' : ''}`);
      return true;
    },
    open: (events) =>
      openConnection({
        openSocket: () => {
          const socket = new MemorySocket(engine, { remoteAddress: '127.0.0.1', via: 'memory', principal: person });
          if (isDown) socket.close();
          sockets.push(socket);
          return socket as unknown as WebSocket;
        },
        clientId: 'page',
        monotonicMs: () => performance.now(),
        events,
      }),
    refresh: () => {
      refreshes++;
      return Promise.resolve();
    },
    fetchValues: () => Promise.resolve([]),
    onFailed: (_tile, command) => failed.push(`${command.status} ${command.reason ?? ''}`.trim()),
  };
  const impatient: Environment = { ...environment, after: (_ms, run) => environment.nextFrame(run) };
  let clock: Clock;
  type Connect = LiveOptions['connect'];
  const wireOf = (parts: Parameters<Connect>[0]): Wire => {
    const onLost = (): void => {
      lost++;
      parts.onLost();
    };
    return new Wire({ ...parts, ...wire, unseenTiles: () => new Set(), environment, clock, onLost });
  };
  /** A page that has its house and is not live yet. */
  const hubOf = (its: Environment, connect: Connect): LiveHub => {
    const hub = new LiveHub({ environment: its, clock, limitsOf: () => [], connect });
    hub.setHouse(snapshot().house);
    hub.take(snapshot());
    return hub;
  };
  const isLive = (): Promise<void> => vi.waitFor(() => expect(live.link).toBe('live'));

  beforeEach(() => {
    mayWrite = true;
    isDown = false;
    lost = 0;
    failed = [];
    asked = [];
    objection = undefined;
    sockets = [];
    delivered = [];
    refreshes = 0;
    tile = lamp({ timeoutMs: 500 });
    engine = createEngine({
      store: createMemoryStore(),
      authenticate: () => Promise.resolve({ ok: true, principal: person }),
      inspectorFor: () => () => objection,
      authorize: (_principal, action) => action !== 'publish' || mayWrite,
    });
    engine.observe('home/lamp/set', (delivery) => delivered.push(delivery));
    clock = createClock(environment);
    live = hubOf(environment, (parts) => Promise.resolve(wireOf(parts)));
    live.start();
  });

  afterEach(async () => {
    live.dispose();
    await engine.close();
  });

  it('says that it is cut off when its wire cannot be loaded, and loads it again', async () => {
    live.dispose();
    let isReachable = false;
    let tries = 0;
    const late = hubOf(impatient, (parts) => {
      tries++;
      return isReachable ? Promise.resolve(wireOf(parts)) : Promise.reject(new Error('no network'));
    });
    const stop = late.follow(['home/other']);
    late.start();
    await vi.waitFor(() => expect(tries).toBeGreaterThan(2));
    expect([late.link, late.isBannerDue]).toEqual(['connecting', true]);
    isReachable = true;
    await vi.waitFor(() => expect([late.link, late.isBannerDue]).toEqual(['live', false]));
    await report('home/other', 'here');
    await vi.waitFor(() => expect(late.topic('home/other')?.text).toBe('here'));
    stop();
    late.dispose();
  });

  it('is overdue when its wire hangs, loads it only once, and drops it when the page has gone meanwhile', async () => {
    live.dispose();
    let join = (): void => undefined;
    let tries = 0;
    const hanging = hubOf(impatient, (parts) => {
      tries++;
      return new Promise((resolve) => (join = () => resolve(wireOf(parts))));
    });
    hanging.start();
    expect(hanging.isBannerDue).toBe(false);
    await vi.waitFor(() => expect(hanging.isBannerDue).toBe(true));
    hanging.retryNow();
    expect(tries).toBe(1);
    hanging.dispose();
    join();
    await vi.waitFor(() => expect(sockets.length).toBeGreaterThan(0));
    expect(hanging.link).toBe('connecting');
    await vi.waitFor(() => expect(engine.stats().clientsConnected).toBe(0));
  });

  it('knows from the broker that a command needs the PIN', async () => {
    await isLive();
    objection = pinRefusal;
    live.send(tile, 'power', true);
    await vi.waitFor(() => expect(asked).toEqual(['true again']));
    expect([live.tile(tile).command, failed]).toEqual([undefined, []]);
  });

  it('asks by what the snapshot says, and sends nothing', async () => {
    await isLive();
    const fresh = snapshot();
    live.take({ ...fresh, access: { ...fresh.access, pin: { [tile.id]: 'on' } } });
    expect(live.tile(tile).pin).toBe('on');
    live.send(tile, 'power', true);
    expect([asked, delivered]).toEqual([['true'], []]);
  });

  it('shows what a device reports', async () => {
    await isLive();
    expect(refreshes).toBe(1);
    await report('home/lamp', 'ON');
    await vi.waitFor(() => expect(power()).toBe(true));
  });

  it('sends as MQTT 5 with expiry and is confirmed by the device', async () => {
    await isLive();
    live.send(tile, 'power', true);
    expect(live.tile(tile).command?.status).toBe('sent');
    await vi.waitFor(() => expect(delivered).toHaveLength(1));
    expect(new TextDecoder().decode(delivered[0]!.message.payload)).toBe('ON');
    expect(delivered[0]!.message.properties?.messageExpiryIntervalSeconds).toBe(1);
    await report('home/lamp', 'ON');
    await vi.waitFor(() => expect(live.tile(tile).command?.status).toBe('confirmed'));
    expect(power()).toBe(true);
  });

  it('says so when nobody answers', async () => {
    await isLive();
    live.send(tile, 'power', true);
    await vi.waitFor(() => expect(failed).toEqual(['not-confirmed']));
    expect(power()).toBeUndefined();
  });

  it('is refused by the broker', async () => {
    await isLive();
    mayWrite = false;
    live.send(tile, 'power', true);
    await vi.waitFor(() => expect(failed).toEqual(['refused not-allowed']));
    expect(delivered).toEqual([]);
  });

  it('sends nothing that was tapped while offline', async () => {
    await isLive();
    isDown = true;
    engine.disconnect(() => true, 'administrative');
    await vi.waitFor(() => expect(live.link).toBe('offline'));
    live.send(tile, 'power', true);
    expect(failed).toEqual(['not-sent offline']);
    isDown = false;
    live.retryNow();
    await isLive();
    await report('home/lamp', 'OFF');
    await vi.waitFor(() => expect(power()).toBe(false));
    expect(delivered).toEqual([]);
    expect(refreshes).toBeGreaterThan(1);
  });

  it('uses a new session each time and follows the house', async () => {
    await isLive();
    const other = lamp({ id: 'other', bindings: { power: { type: 'boolean', stateTopic: 'home/other' } } });
    live.setHouse({ ...snapshot().house, tiles: [tile, other] });
    await vi.waitFor(() => expect(refreshes).toBe(2));
    await report('home/other', 'ON');
    await vi.waitFor(() => expect(live.tile(other).roles['power']?.value).toBe(true));
    expect(engine.stats().sessions).toBe(1);
  });

  it('hears of a saved arrangement at once', async () => {
    await isLive();
    await report(houseChangedTopic, '{"revision":2}');
    await vi.waitFor(() => expect(refreshes).toBe(2));
  });

  it('follows further topics, with what was retained', async () => {
    await report('loose/topic', 'hello', true);
    await isLive();
    const stop = live.follow(['loose/topic']);
    await vi.waitFor(() => expect(live.topic('loose/topic')).toMatchObject({ text: 'hello', retained: true }));
    stop();
    await vi.waitFor(() => expect(engine.stats().subscriptions).toBe(2));
  });

  it('notices a half-open line and gets live again', async () => {
    await isLive();
    sockets[0]!.isHalfOpen = true;
    await vi.waitFor(() => expect(lost).toBe(1), 6_000);
    await isLive();
    expect(sockets.length).toBe(2);
  });
});
