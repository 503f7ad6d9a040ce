import { beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../../web/live/connection.ts';
import { bannerAfterMs, bannerStaysMs } from '../../../web/live/banner-times.ts';
import { Link, type LinkOptions } from '../../../web/live/link.svelte.ts';
import { deadAfterMs, graceMs } from '../../../web/live/pulse.ts';
import { retryDelayMs } from '../../../web/live/retry.ts';
import { FakeEnvironment } from '../../support/fake-environment.ts';

type Events = Parameters<LinkOptions['open']>[0];

/** A broker of one line, driven by the test. */
class FakeLine implements Connection {
  lastHeardMs: number;
  pings = 0;
  isClosed = false;
  readonly #events: Events;
  readonly #nowMs: () => number;

  constructor(events: Events, nowMs: () => number) {
    this.#events = events;
    this.#nowMs = nowMs;
    this.lastHeardMs = nowMs();
  }

  subscribe = (): Promise<boolean> => Promise.resolve(true);
  unsubscribe = (): void => undefined;
  publish = (): ReturnType<Connection['publish']> => Promise.resolve({ ok: true, value: undefined });
  ping = (): void => void this.pings++;
  close = (): void => {
    if (this.isClosed) return;
    this.isClosed = true;
    this.#events.onDown({ isRefused: false });
  };

  async accept(): Promise<void> {
    this.lastHeardMs = this.#nowMs();
    this.#events.onUp(this);
    await Promise.resolve();
    await Promise.resolve();
  }
}

describe('link', () => {
  let environment: FakeEnvironment;
  let lines: FakeLine[];
  let lost: number;
  let link: Link;
  const last = (): FakeLine => lines.at(-1)!;

  beforeEach(() => {
    environment = new FakeEnvironment();
    lines = [];
    lost = 0;
    link = new Link({
      environment,
      open: (events) => {
        const line = new FakeLine(events, environment.monotonicMs);
        lines.push(line);
        return line;
      },
      onUp: (connection) => connection.subscribe([], { sendRetained: false }),
      onLost: () => void lost++,
      onAttemptFailed: () => undefined,
    });
    link.start();
  });

  const heardFor = (ms: number): void => {
    for (let passed = 0; passed < ms; passed += 500) {
      environment.pass(500);
      last().lastHeardMs = environment.monotonicMs();
    }
  };

  it('is live once subscribed', async () => {
    expect(link.state).toBe('connecting');
    await last().accept();
    expect(link.state).toBe('live');
  });

  it('tries again at once after a loss, then every second for two minutes, then every five', async () => {
    await last().accept();
    last().close();
    expect(link.state).toBe('offline');
    environment.pass(0);
    expect(lines).toHaveLength(2);
    for (let second = 1; second <= 119; second++) {
      last().close();
      environment.pass(1_000);
      expect(lines).toHaveLength(2 + second);
    }
    environment.pass(1_000);
    last().close();
    environment.pass(4_999);
    expect(lines).toHaveLength(121);
    environment.pass(1);
    expect(lines).toHaveLength(122);
  });

  it.each([
    [0, true, 1_000],
    [119_999, true, 1_000],
    [120_000, true, 5_000],
    [0, false, 5_000],
  ])('lost for %d ms, visible %s: waits %d ms', (lostForMs, isVisible, expected) => {
    expect(retryDelayMs(lostForMs, isVisible)).toBe(expected);
  });

  it('tries at once when the page wakes, even beside a hanging attempt', () => {
    expect(lines).toHaveLength(1);
    environment.wake();
    expect(lines).toHaveLength(2);
    expect(lines[0]!.isClosed).toBe(true);
  });

  it('shows the banner after three seconds and keeps it one second after recovery', async () => {
    await last().accept();
    heardFor(5_000);
    expect(link.isBannerDue).toBe(false);
    last().close();
    environment.pass(bannerAfterMs - 1);
    expect(link.isBannerDue).toBe(false);
    environment.pass(1);
    expect(link.isBannerDue).toBe(true);
    await last().accept();
    expect(link.isBannerDue).toBe(true);
    environment.pass(bannerStaysMs);
    expect(link.isBannerDue).toBe(false);
  });

  it('shows no banner for a short gap', async () => {
    await last().accept();
    last().close();
    environment.pass(1_000);
    await last().accept();
    heardFor(10_000);
    expect(link.isBannerDue).toBe(false);
    expect(lost).toBe(1);
  });

  it('notices a half-open socket within five seconds', async () => {
    await last().accept();
    heardFor(10_000);
    const dead = last();
    environment.pass(5_000);
    expect(dead.pings).toBeGreaterThan(0);
    expect(dead.isClosed).toBe(true);
    expect(lines).toHaveLength(2);
  });

  it('keeps a quiet but answering socket', async () => {
    await last().accept();
    const quiet = last();
    quiet.ping = () => void (quiet.lastHeardMs = environment.monotonicMs());
    environment.pass(60_000);
    expect(quiet.isClosed).toBe(false);
    expect(lines).toHaveLength(1);
  });

  it('gives a socket that slept a moment to prove itself', async () => {
    await last().accept();
    heardFor(1_000);
    const slept = last();
    environment.sleep(60_000);
    environment.show(true);
    expect(slept.pings).toBe(1);
    environment.pass(graceMs - 500);
    expect(slept.isClosed).toBe(false);
    environment.pass(deadAfterMs);
    expect(slept.isClosed).toBe(true);
  });

  it('leaves nothing behind', async () => {
    await last().accept();
    link.dispose();
    expect(environment.timers).toBe(0);
    expect(last().isClosed).toBe(true);
    environment.pass(60_000);
    expect(lines).toHaveLength(1);
  });
});
